"""Bodies, their terms, and who holds which seat."""

from datetime import date

from django.db import transaction

from core import audit
from core.models import Authority, User
from core.rules import FieldReason, refuse_if
from panels.actions.chairs import pass_the_chair
from panels.actions.joining import let_in_newcomer
from panels.choices import TermsState
from panels.models import (
    Clause,
    CompositionSeat,
    Panel,
    QuorumLimb,
    Risk,
    SeatHolder,
    Signature,
    StandingDelegate,
    StandingItem,
    TermsOfReference,
    TermsRole,
)
from panels.rules.seats import Span, why_not_seat


@transaction.atomic
def add_panel(*, authority: Authority, slug: str, name: str, kind: str, slots: int = 8, aliases: str = "", by) -> Panel:
    """Make a body; it may not meet until it has terms."""
    panel = Panel.objects.create(authority=authority, slug=slug, name=name, kind=kind, slots=slots, aliases=aliases)

    audit.record("panel.added", on=panel, by=by, sentence=f"Added {name}.")
    return panel


@transaction.atomic
def adopt_terms(panel: Panel, *, numbers: dict, clauses: list[dict], seats: list[dict],
                limbs: list[dict], standing_items: list[dict], in_force_from: date,
                is_example: bool = False, source: str = "", parties=(), roles=(), by) -> TermsOfReference:  # fmt: skip
    """Put the next version of a body's terms in force from a day; the one before is replaced.

    Each of `parties` is asked to sign it; `roles` say what each seat or officer does.
    """
    last = panel.terms.order_by("-version").first()

    panel.terms.filter(state=TermsState.IN_FORCE).update(state=TermsState.REPLACED)
    terms = TermsOfReference.objects.create(
        panel=panel, version=last.version + 1 if last else 1, state=TermsState.IN_FORCE,
        in_force_from=in_force_from, is_example=is_example, source=source, **numbers,
    )  # fmt: skip
    Clause.objects.bulk_create(
        Clause(terms=terms, order=order, **clause) for order, clause in enumerate(clauses)
    )
    StandingItem.objects.bulk_create(
        StandingItem(terms=terms, order=order, **item) for order, item in enumerate(standing_items)
    )
    by_role = {
        limb["role"]: QuorumLimb.objects.create(terms=terms, order=order, **limb)
        for order, limb in enumerate(limbs)
    }
    CompositionSeat.objects.bulk_create(
        CompositionSeat(terms=terms, **{**seat, "limb": by_role.get(seat.get("limb"))})
        for seat in seats
    )
    TermsRole.objects.bulk_create(TermsRole(terms=terms, order=order, **role) for order, role in enumerate(roles))
    Signature.objects.bulk_create(Signature(terms=terms, party=party) for party in parties)

    audit.record(
        "terms.adopted", on=terms, by=by, authority=panel.authority,
        sentence=f"Terms of {panel}, version {terms.version}, are in force.",
    )  # fmt: skip
    return terms


@transaction.atomic
def seat_person(panel: Panel, *, letter: str, person: User, from_on: date, until_on=None,
                may_decide_because: str = "", by) -> SeatHolder:  # fmt: skip
    """Give a lettered seat to somebody from a day; they are told of meetings already called."""
    panel = Panel.objects.select_for_update(of=("self",)).select_related("authority").get(pk=panel.pk)
    refuse_if(_why_not_seat(panel, letter, Span(person.full_name, from_on, until_on)))

    held = SeatHolder.objects.create(
        panel=panel, letter=letter, person=person, from_on=from_on, until_on=until_on,
        may_decide_because=may_decide_because,
    )  # fmt: skip

    audit.record(
        "seat.taken", on=held, by=by, authority=panel.authority,
        sentence=f"{person.full_name} holds seat {letter} of {panel}.",
    )  # fmt: skip
    let_in_newcomer(panel, person, by=by)
    pass_the_chair(panel)
    return held


def _why_not_seat(panel: Panel, letter: str, span: Span) -> list[str]:
    """What the rule asks: the seat in the terms that day, or the newest there are, and who else holds it."""
    terms = panel.terms_on(span.from_on) or panel.terms.order_by("-version").first()
    seat = terms.seats.filter(letter=letter).first() if terms else None
    rows = panel.seat_holders.filter(letter=letter).select_related("person")
    others = [Span(row.person.full_name, row.from_on, row.until_on) for row in rows]
    return why_not_seat(span, others, is_invitee=bool(seat and seat.is_invitee), seat_exists=seat is not None)


@transaction.atomic
def name_standing_delegate(panel: Panel, *, letter: str, person: User, from_on: date, by):
    """Let somebody stand for a seat at any meeting, from a day."""
    holds = panel.seat_holders.on(from_on).filter(letter=letter, person=person).exists()
    already = panel.standing_delegates.on(from_on).filter(letter=letter, person=person).exists()
    reasons = [FieldReason("person", "Nobody stands for a seat that is their own.")] if holds else []
    reasons += [FieldReason("person", f"{person.full_name} stands for this seat already.")] if already else []
    refuse_if(reasons)

    row = StandingDelegate.objects.create(panel=panel, letter=letter, person=person, from_on=from_on)

    audit.record(
        "delegate.standing", on=row, by=by, authority=panel.authority,
        sentence=f"{person.full_name} may stand for seat {letter} of {panel}.",
    )  # fmt: skip
    return row


@transaction.atomic
def raise_risk(panel: Panel, *, heading: str, text: str, owner: str, rating: str, trend: str,
               raised_on: date, reviewed_on: date, by) -> Risk:  # fmt: skip
    """Write a risk or interdependency under one of the seven headings."""
    risk = Risk.objects.create(
        panel=panel, heading=heading, text=text, owner=owner, rating=rating, trend=trend,
        raised_on=raised_on, reviewed_on=reviewed_on,
    )  # fmt: skip

    audit.record(
        "risk.raised", on=risk, by=by, authority=panel.authority, sentence=f"Raised a risk for {panel}."
    )
    return risk
