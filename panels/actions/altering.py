"""Altering the terms: proposed in writing, considered at a meeting, adopted as a new version, signed by each party."""

from datetime import date

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import Message, User
from core.rules import FieldReason, refuse_if
from panels.actions.agenda import add_item, take_off_item
from panels.actions.new_terms import write_version
from panels.actions.seats import retire_seats
from panels.choices import AlterationState, ItemKind, Outcome, TakesEffect, TermsState
from panels.models import (
    Alteration,
    AlteredClause,
    AlteredPart,
    Decision,
    Meeting,
    Panel,
    Signature,
    TermsOfReference,
)
from panels.models.alterable import meetings_ahead, next_that_qualifies, which_change
from panels.models.composition import (
    composition_after,
    composition_of,
    composition_with,
    must_say,
    parts_of,
)
from panels.models.signing import signing_by
from panels.models.terms_numbers import numbers_with
from panels.rules.alteration import (
    Proposal,
    is_in_time,
    why_not_fit,
    why_not_propose,
    why_not_sign,
)
from panels.rules.composition import Part, why_not_compose, why_not_take_out

MOST_WAITING = 20


@transaction.atomic
def propose_alteration(panel: Panel, *, changes: list[dict], reason: str, parts: list[Part] = (), meeting: Meeting | None = None,
                       takes_effect: str = TakesEffect.SIGNED, effective_on: date | None = None,
                       by: User) -> Alteration:  # fmt: skip
    """Send the chair a proposal in writing, and put it on the agenda of the meeting that first considers it.

    `changes` are clauses as they are to read: number, heading, text and the numbers they set;
    those that change nothing are left out, and one with `is_removed` is taken out. `parts` add and take
    away seats, limbs of the quorum and standing items. With no meeting it waits for one to be called.
    """
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=panel.pk)
    terms = panel.terms_on(clock.today())
    refuse_if([] if terms else [f"{panel} has no terms in force to alter."])
    altered = which_change(terms, changes)

    refuse_if(
        _why_not_propose(panel, terms, len(altered) + len(parts), reason, meeting, takes_effect, effective_on)
        + _why_not_read(terms, altered, list(parts))
    )

    chair = _chair_of(panel, terms, meeting)
    alteration = Alteration.objects.create(
        panel=panel, based_on=terms, reason=reason.strip(), proposed_by=by, sent_at=clock.now(), sent_to=chair,
        meeting=meeting, takes_effect=takes_effect, effective_on=effective_on,
    )  # fmt: skip
    AlteredClause.objects.bulk_create(
        AlteredClause(alteration=alteration, order=order, **change) for order, change in enumerate(altered)
    )
    AlteredPart.objects.bulk_create(
        AlteredPart(alteration=alteration, order=order, kind=part.kind, deed=part.deed, key=part.key, facts=part.facts)
        for order, part in enumerate(parts)
    )
    if meeting is not None:
        _put_on_agenda(alteration, meeting, by)
    _send_to_chair(alteration, chair)

    audit.record(
        "terms.proposed", on=alteration, by=by, authority=panel.authority,
        sentence=f"Proposed changes to the terms of {panel}.",
    )  # fmt: skip
    return alteration


def _why_not_read(terms, changes: list[dict], parts: list[Part]) -> list[str]:
    """Whether the version would agree with itself: its numbers, its clauses, its seats, quorum and agenda."""
    numbers = {name: value for change in changes for name, value in change["numbers"].items()}
    clauses = {clause.number: clause for clause in terms.clauses.all()}
    out = [clauses[change["number"]] for change in changes if change.get("is_removed")]
    before = composition_with(composition_of(terms), numbers)
    found = [FieldReason(f"remove_{c.order}", said) for c in out for said in why_not_take_out(c.number, must_say(c))]
    return found + why_not_fit(numbers_with(terms, numbers)) + why_not_compose(before, parts, composition_after(before, parts))


def _why_not_propose(panel, terms, altered: int, reason, meeting, takes_effect, effective_on) -> list[str]:
    """Gather what the rules ask; reasons that belong to a field say which."""
    today = clock.today()
    proposal = Proposal(
        changes=altered, reason=reason, delivered_on=today, meeting_on=meeting.on if meeting else None,
        days=terms.alteration_days, next_that_qualifies=next_that_qualifies(panel, terms, after=meeting),
    )  # fmt: skip
    fields = {"Say why": "reason", "The meeting on": "meeting"}
    found = [
        next((FieldReason(f, said) for start, f in fields.items() if said.startswith(start)), said)
        for said in why_not_propose(proposal)
    ]
    if meeting is not None and meeting.pk not in {ahead.pk for ahead in meetings_ahead(panel)}:
        found.append(FieldReason("meeting", "That meeting is not one that this body is still to hold."))
    if takes_effect == TakesEffect.ON_A_DAY and (effective_on is None or effective_on < (meeting.on if meeting else today)):
        found.append(FieldReason("effective_on", "Enter a day on or after the meeting that decides."))
    return found


def _chair_of(panel: Panel, terms, meeting: Meeting | None) -> User | None:
    """The chair of the meeting, or whoever holds the chair's seat today."""
    if meeting is not None and meeting.chair_id:
        return meeting.chair
    letters = [seat.letter for seat in terms.seats.all() if seat.is_chair]
    row = panel.seat_holders.on(clock.today()).filter(letter__in=letters).select_related("person").first()
    return row.person if row else None


def _send_to_chair(alteration: Alteration, chair: User | None) -> None:
    """In writing, with a link to the whole of it; when it is delivered is proved by the mail server."""
    if chair is not None:
        post.send(
            "terms.proposed", to=chair, about=alteration, key=f"proposal:{alteration.reference}",
            subject=f"A proposal to change the terms of {alteration.panel}", link=alteration.get_absolute_url(),
            body=f"{alteration.proposed_by.full_name} proposes changes to the terms of reference. The proposal can be read in full.",
        )  # fmt: skip


def _put_on_agenda(alteration: Alteration, meeting: Meeting, by: User) -> None:
    """One more item, before other business; the proposal keeps which."""
    title = f"Proposal {alteration.reference} to change the terms"
    alteration.item = add_item(meeting, kind=ItemKind.REPORT, title=title, presenter=alteration.proposed_by, by=by)
    alteration.meeting = meeting
    alteration.save()


@post.on_accepted("terms.proposed")
@transaction.atomic
def prove_delivery(messages: list[Message], *, by: User | None = None) -> int:
    """The mail server accepted a proposal: that is when it was delivered to the chair."""
    rows = Alteration.objects.filter(pk__in=[int(message.about_id) for message in messages], delivered_at=None)
    proved = list(rows.select_related("panel"))
    sent = {int(message.about_id): message.sent_at for message in messages}
    for row in proved:
        row.delivered_at = sent[row.pk]

    Alteration.objects.bulk_update(proved, ["delivered_at"])
    audit.record_for_each(
        "terms.delivered", proved, by=by, at=lambda row: row.delivered_at,
        sentence=lambda row: f"{row} reached the chair of {row.panel}.",
    )  # fmt: skip
    return len(proved)


@transaction.atomic
def consider_waiting(meeting: Meeting, *, by: User) -> int:
    """A meeting has been called: proposals that wait for one far enough off are on its agenda."""
    rows = Alteration.objects.filter(panel=meeting.panel, state=AlterationState.SENT, meeting=None).order_by("sent_at")
    fit = [row for row in rows[:MOST_WAITING] if is_in_time(meeting.on, _sent_on(row), meeting.terms.alteration_days)]
    for alteration in fit:
        _put_on_agenda(alteration, meeting, by)

    audit.record_for_each("terms.listed", fit, by=by, sentence=lambda row: f"{row} is on the agenda of {meeting}.")
    return len(fit)


def _sent_on(alteration: Alteration) -> date:
    """The day a proposal was sent, in England."""
    return alteration.sent_at.astimezone(clock.LONDON).date()


@transaction.atomic
def move_on(meeting: Meeting, *, by: User) -> int:
    """A meeting is not to be: what it was to consider of the terms goes on the next one called, or waits for it."""
    moved = list(Alteration.objects.filter(meeting=meeting, state=AlterationState.SENT).select_related("panel"))
    _go_on(meeting, moved, by)

    audit.record_for_each("terms.moved_on", moved, by=by, sentence=lambda row: f"{row} goes on to the next meeting.")
    return len(moved)


def _go_on(meeting: Meeting, moved: list[Alteration], by: User) -> None:
    """Proposals leave a meeting for the next that can consider them, or wait for one to be called."""
    following = next_that_qualifies(meeting.panel, meeting.terms, after=meeting, since=None)
    later = next((ahead for ahead in meetings_ahead(meeting.panel) if ahead.on == following), None)
    for alteration in moved:
        alteration.item, alteration.meeting = None, None
        alteration.save()
        if later is not None:
            _put_on_agenda(alteration, later, by)


@transaction.atomic
def keep_to_time(meeting: Meeting, *, by: User) -> int:
    """A meeting was moved: proposals that reached the chair too late for its new day go on to the next, or wait."""
    rows = Alteration.objects.filter(meeting=meeting, state=AlterationState.SENT).select_related("panel", "item")
    late = [row for row in rows if not is_in_time(meeting.on, _sent_on(row), meeting.terms.alteration_days)]
    for alteration in late:
        take_off_item(alteration.item, reason="Too late for the day the meeting was moved to.", by=by)
    _go_on(meeting, late, by)

    audit.record_for_each("terms.moved_on", late, by=by, sentence=lambda row: f"{row} is too late for {meeting}.")
    return len(late)


@transaction.atomic
def follow_decision(decision: Decision, *, by: User) -> Alteration | None:
    """The chair agreed what the group decided on a proposal: agreed, it is a new version of the terms.

    Deferred, it goes on to the next meeting; with any other decision it is not adopted.
    """
    rows = Alteration.objects.select_for_update(of=("self",)).filter(item=decision.item_id, state=AlterationState.SENT)
    alteration = rows.select_related("panel__authority").first()
    if alteration is None or decision.state not in {"agreed", "released"}:
        return None
    if decision.outcome == Outcome.DEFER:
        move_on(decision.item.meeting, by=by)
        return alteration
    alteration.decided_on = clock.today()
    if decision.outcome == Outcome.AGREE:
        alteration.new_terms = _adopt(alteration, by)
        alteration.state = AlterationState.ADOPTED
    else:
        alteration.state = AlterationState.NOT_ADOPTED
    alteration.save()

    audit.record(
        "terms.decided", on=alteration, by=by, authority=alteration.panel.authority,
        sentence=f"{alteration} for {alteration.panel}: {alteration.get_state_display().lower()}.",
    )  # fmt: skip
    return alteration


def _adopt(alteration: Alteration, by: User) -> TermsOfReference:
    """Write the new version; it governs at once where nobody is to sign, or from the day the decision names."""
    before = alteration.panel.terms_on(clock.today())
    parties = [signature.party for signature in before.signatures.select_related("party")]
    waits = bool(parties) and alteration.takes_effect == TakesEffect.SIGNED
    terms = write_version(before, list(alteration.changes.order_by("order")), parts_of(alteration))
    Signature.objects.bulk_create(Signature(terms=terms, party=party) for party in parties)
    if waits:
        return terms
    _begin(terms, alteration.effective_on or clock.today(), by)
    return terms


def _begin(terms: TermsOfReference, from_on: date, by: User) -> None:
    """A version governs from a day; the one before it is replaced, and seats it no longer has are left."""
    terms.panel.terms.filter(state=TermsState.IN_FORCE).exclude(pk=terms.pk).update(state=TermsState.REPLACED)
    terms.state, terms.in_force_from = TermsState.IN_FORCE, from_on
    terms.save()
    retire_seats(terms, by=by)


@transaction.atomic
def sign_terms(terms: TermsOfReference, *, position: str, by: User) -> Signature:
    """Sign a version for the party one acts for, at one's own sign-in; with the last signature it governs."""
    terms = TermsOfReference.objects.select_for_update(of=("self",)).select_related("panel__authority").get(pk=terms.pk)
    reasons = why_not_sign(signing_by(terms, by, position))
    refuse_if(FieldReason("position", r) if r.startswith("Enter the position") else r for r in reasons)

    acts_for = by.acting.organisation
    row = terms.signatures.get(party=acts_for)
    row.representative, row.position, row.signed_on = by, position.strip(), clock.today()
    row.save()
    if terms.state == TermsState.ADOPTED and not terms.signatures.filter(signed_on=None).exists():
        _begin(terms, clock.today(), by)

    audit.record(
        "terms.signed", on=terms, by=by, authority=terms.panel.authority,
        sentence=f"{by.full_name} signed version {terms.version} of the terms of {terms.panel} for {acts_for}, "
        f"on {day_in_words(clock.today())}.",
    )  # fmt: skip
    return row

