"""Rights given, withheld and ended: what upper apps tell, kept with who told it."""

from django.db import transaction
from django.db.models import Q

from core import audit, clock
from referrals.models import Access, Referral


@transaction.atomic(savepoint=False)
def give_access(referral: Referral, *, person=None, organisation=None, roles=(), basis: str,
                until_at=None, told_by: str = "", by) -> Access:  # fmt: skip
    """Let a person, or people acting in `roles` for an organisation, see a referral; once each."""
    whose = {"child": referral.child, "referral": referral, "person": person, "organisation": organisation, "basis": basis, "withheld_because": ""}
    has = Access.objects.current().filter(**whose).first()
    if has is not None:
        return has

    given = Access.objects.create(**whose, roles=list(roles), until_at=until_at, told_by=told_by, from_at=clock.now())

    to = "somebody" if person else "an organisation"
    audit.record(
        "access.given", on=given, by=by, child=referral.child,
        sentence=_given_words(given, to),
    )  # fmt: skip
    return given


@transaction.atomic
def give_access_each(referral: Referral, people, *, basis: str, told_by: str = "", by) -> list[Access]:
    """Let each of many people see a referral; once each. Gives the rights that are new."""
    has = Access.objects.current().filter(referral=referral, basis=basis, withheld_because="")
    has = set(has.values_list("person_id", flat=True))
    now = clock.now()

    given = Access.objects.bulk_create(
        Access(child=referral.child, referral=referral, person=person, basis=basis, told_by=told_by, from_at=now)
        for person in people
        if person.pk not in has
    )

    audit.record_for_each("access.given", given, by=by, sentence=lambda right: _given_words(right, "somebody"))
    return given


def _given_words(given: Access, to: str) -> str:
    """Who may see which referral, and why."""
    return f"Let {to} see {given.referral.reference}: {given.get_basis_display().lower()}."


@transaction.atomic
def withhold_access(referral: Referral, *, person, because: str, depth: str, told_by: str = "",
                    by) -> Access:  # fmt: skip
    """Keep a referral from a person, whatever else lets them see it; withheld wins everywhere."""
    withheld = Access.objects.create(
        child=referral.child,
        referral=referral,
        person=person,
        basis="paper",
        depth=depth,
        withheld_because=because,
        told_by=told_by,
        from_at=clock.now(),
    )

    audit.record(
        "access.withheld", on=withheld, by=by, child=referral.child,
        sentence=f"Kept {referral.reference} from one person.",
    )  # fmt: skip
    return withheld


@transaction.atomic
def end_access(referral: Referral, *, person=None, organisation=None, basis: str | None = None,
               withheld: bool = False, by) -> int:  # fmt: skip
    """End what was given to (or withheld from) somebody; returns how many rights ended."""
    rows = Access.objects.current().filter(referral=referral)
    rows = rows.filter(person=person) if person else rows.filter(organisation=organisation)
    rows = rows.exclude(withheld_because="") if withheld else rows.filter(withheld_because="")
    rows = rows.filter(basis=basis) if basis and not withheld else rows

    ended = rows.update(until_at=clock.now())

    audit.record(
        "access.ended", on=referral, by=by, sentence=f"Ended {ended} rights to {referral.reference}."
    )
    return ended


@transaction.atomic
def end_access_told_by(told_by: str, *, person, until_at, by) -> int:
    """Whatever one meeting let somebody see ends at a moment, now or to come; returns how many rights end."""
    rows = Access.objects.filter(told_by=told_by, person=person, withheld_because="")
    rows = rows.filter(Q(until_at=None) | Q(until_at__gt=until_at)).select_related("child", "referral")
    ended = list(rows)

    rows.update(until_at=until_at)

    audit.record_for_each("access.ended", ended, by=by, sentence=lambda right: f"A right to {right.referral.reference} ends.")
    return len(ended)
