"""Moving on: support not taken up, handover at 18, onward referrals, section 20, links, and residents."""

from datetime import date

from django.db import transaction

from core import audit, clock, post
from core.dated import number
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import (
    Child,
    ChildLink,
    Disengagement,
    Handover,
    HomelessOffer,
    OnwardReferral,
    Referral,
    Stay,
    StayResident,
)
from referrals.rules.readings import BEFORE_18
from referrals.rules.transition import (
    Handing,
    why_not_link,
    why_not_phase,
    why_not_record_disengagement,
    why_not_record_offer,
    why_not_record_onward,
    why_not_support_after_18,
)


def _written(row, facts: dict, by: User):
    """Fill a row and save it; who recorded it first stays."""
    for name, value in facts.items():
        setattr(row, name, value)
    if row.pk is None:
        row.recorded_by, row.recorded_at = by, clock.now()
    row.save()
    return row


def _remember(verb: str, row, child: Child, sentence: str, by: User) -> None:
    audit.record(verb, on=row, by=by, child=child, authority=child.authority, sentence=f"{sentence} {child.reference}.")


@transaction.atomic
def record_disengagement(child: Child, *, referral: Referral, row: Disengagement | None = None, noticed_on: date,
                         noticed: str, tried: str, next_steps: str = "", agreed_with: str = "",
                         agreed_on: date | None = None, by: User) -> Disengagement:  # fmt: skip
    """Write down that support is not taken up, and what was tried; whoever referred is told at once."""
    facts = {
        "noticed_on": noticed_on, "noticed": noticed, "tried": tried, "next_steps": next_steps,
        "agreed_with": agreed_with, "agreed_on": agreed_on if next_steps.strip() else None,
    }  # fmt: skip

    refuse_if(why_not_record_disengagement(**{**facts, "agreed_on": agreed_on}, today=clock.today()))

    is_new = row is None
    row = _written(row or Disengagement(child=child, referral=referral, shared_at=clock.now()), facts, by)
    if is_new:
        post.send_each(
            "support.not_taken_up", [who for who in referral.referrers() if who.pk != by.pk],
            key=f"not-taken-up:{referral.reference}:{row.pk}",
            subject=f"Support under {referral.reference} is not being taken up", about=referral,
            body="What was noticed and tried is on the page. Agree what happens next with the team.",
            link=f"/children/{child.reference}/moving-on",
        )  # fmt: skip

    _remember("disengagement.recorded", row, child, "Recorded that support is not taken up by", by)
    return row


@transaction.atomic
def plan_handover(child: Child, *, identified_on: date, needs: str, by: User, **more) -> Handover:
    """Say early what a young person needs after 18, and hand over to adult services by phases.

    Support after 18 goes on by a decision with the young person's fresh agreement. `more` holds the
    adult service and contact, the days of the three phases, and the three after_18 fields.
    """
    handing = Handing(
        child.born_on, more.get("meets_on"), more.get("joint_from_on"), more.get("leads_from_on"),
        more.get("after_18_decided_on"), more.get("after_18_decision", ""), more.get("after_18_agreed_on"),
        number(BEFORE_18, authority=child.authority_id),
    )  # fmt: skip
    reasons = why_not_support_after_18(handing) + why_not_phase(handing)
    if identified_on > clock.today():
        reasons.append(FieldReason("identified_on", "The day must be today or before"))

    refuse_if(reasons)

    row = Handover.objects.select_for_update(of=("self",)).filter(child=child).first()
    row = _written(row or Handover(child=child), {"identified_on": identified_on, "needs": needs, **more}, by)

    _remember("handover.planned", row, child, "Planned the handover to adult services of", by)
    return row


@transaction.atomic
def record_onward(child: Child, *, row: OnwardReferral | None = None, to: str, why: str, referred_on: date,
                  package: str = "", outcome: str = "waiting", outcome_on: date | None = None,
                  by: User) -> OnwardReferral:  # fmt: skip
    """Refer a child on to another service, or say what came of it."""
    refuse_if(
        why_not_record_onward(referred_on=referred_on, outcome=outcome, outcome_on=outcome_on, today=clock.today())
    )

    facts = {
        "to": to, "why": why, "referred_on": referred_on, "package": package, "outcome": outcome,
        "outcome_on": outcome_on if outcome != "waiting" else None,
    }  # fmt: skip
    row = _written(row or OnwardReferral(child=child), facts, by)

    _remember("onward.recorded", row, child, "Recorded an onward referral of", by)
    return row


@transaction.atomic
def record_homeless_offer(child: Child, *, row: HomelessOffer | None = None, came_on: date, offered_on: date,
                          explained: str, advice_from: str = "", choice: str = "not yet",
                          chose_on: date | None = None, own_words: str = "", by: User) -> HomelessOffer:  # fmt: skip
    """Record that section 20 was offered to a homeless young person, and their informed choice."""
    refuse_if(
        why_not_record_offer(
            born_on=child.born_on, came_on=came_on, offered_on=offered_on, choice=choice, chose_on=chose_on,
            own_words=own_words, today=clock.today(),
        )
    )  # fmt: skip

    facts = {
        "came_on": came_on, "offered_on": offered_on, "explained": explained, "advice_from": advice_from,
        "choice": choice, "chose_on": chose_on if choice != "not yet" else None, "own_words": own_words,
    }  # fmt: skip
    row = _written(row or HomelessOffer(child=child), facts, by)

    _remember("homeless_offer.recorded", row, child, "Recorded an offer of section 20 to", by)
    return row


@transaction.atomic
def link_children(child: Child, *, other: Child, relation: str, by: User) -> ChildLink:
    """Say that two children belong together; each keeps a record of their own."""
    pair = {child.pk, other.pk}
    there = ChildLink.objects.filter(child__in=pair, other__in=pair).exists()
    is_sealed = any(getattr(each, "closing", None) and each.closing.kind == "adoption" for each in (child, other))

    refuse_if(why_not_link(is_same=len(pair) == 1, is_sealed=is_sealed, is_there=there))

    row = _written(ChildLink(child=child, other=other), {"relation": relation}, by)

    _remember("children.linked", row, child, f"Linked {other.reference} and", by)
    return row


@transaction.atomic
def record_resident(stay: Stay, *, row: StayResident | None = None, called: str, from_on: date,
                    until_on: date | None = None, born_on: date | None = None, by: User) -> StayResident:  # fmt: skip
    """Somebody lives with the child in the place: a young parent's baby. It takes no place of its own."""
    reasons = []
    if from_on < stay.starts_on or from_on > clock.today():
        reasons.append(FieldReason("from_on", "The first day must be in the stay, and today or before"))
    if until_on is not None and until_on <= from_on:
        reasons.append(FieldReason("until_on", "The day of leaving must be after the first"))

    refuse_if(reasons)

    facts = {"called": called, "from_on": from_on, "until_on": until_on, "born_on": born_on}
    row = _written(row or StayResident(stay=stay), facts, by)

    _remember("resident.recorded", row, stay.child, "Recorded a resident beside", by)
    return row
