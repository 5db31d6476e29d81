"""Children: added, and joined by the people round them."""

from dataclasses import replace

from django.db import transaction

from core import audit, clock
from core.rules import FieldReason, refuse_if
from referrals.choices import TaskName
from referrals.models import Child, ChildPerson, Referral, WorkedWith
from referrals.models.people_round import WORKS_WITH, people_in, same_name


@transaction.atomic
def add_child(*, authority, full_name: str, born_on=None, case_number: str = "",
              social_worker=None, team=None, knowingly: bool = True, by, **facts) -> Child:  # fmt: skip
    """Add a child by hand; a case number that is known already is refused without a name.

    So is the same name and birth date, unless it is added `knowingly`.
    """
    number = case_number.strip()
    known = bool(number) and Child.objects.filter(authority=authority, case_number=number).exists()
    reasons = []
    if known:
        reasons.append(
            FieldReason("case_number", "There is a record with that number already. Find it, or ask your manager.")
        )
    if born_on and born_on > clock.today():
        reasons.append(FieldReason("born_on", "The date of birth is in the future."))

    refuse_if(reasons + ([] if knowingly else _why_not_twice(authority, full_name, born_on)))

    child = Child.objects.create(
        authority=authority,
        full_name=full_name,
        born_on=born_on,
        case_number=number,
        social_worker=social_worker,
        team=team,
        added_at=clock.now(),
        **facts,
    )

    audit.record("child.added", on=child, by=by, sentence=f"Added child {child.reference}.")
    return child


def _why_not_twice(authority, full_name: str, born_on) -> list[str]:
    """What is said of a possible second record: nothing of the first, so that a kept one is not told."""
    same_day = Child.objects.filter(authority=authority, born_on=born_on).values_list("full_name", flat=True)[:500]
    wanted = " ".join(full_name.casefold().split())
    if not any(" ".join(name.casefold().split()) == wanted for name in same_day):
        return []
    return [FieldReason("knowingly", "There may be a record of this child already. Find it, or ask your manager, before you add another.")]


@transaction.atomic
def add_person_round_child(child: Child, *, full_name: str, relationship: str,
                           is_carer: bool = False, has_parental_responsibility: bool = False,
                           contact: str = "", by) -> ChildPerson:  # fmt: skip
    """Write down one person round a child, and whether they hold parental responsibility."""
    person = ChildPerson.objects.create(
        child=child,
        full_name=full_name,
        relationship=relationship,
        is_carer=is_carer,
        has_parental_responsibility=has_parental_responsibility,
        contact=contact,
    )

    audit.record(
        "child.person_added", on=child, by=by, sentence=f"Added a {relationship.lower()} to {child.reference}."
    )
    return person


@transaction.atomic
def take_people_from(referral: Referral, *, by) -> list[ChildPerson]:
    """Keep on the child's record whom a sent referral names; nobody already there is taken off."""
    known = list(referral.child.people.order_by("pk"))
    named = people_in(referral.answers().get(TaskName.CHILD, {}))
    kept = [person for one in named if (person := _kept(referral.child, one, known))]

    _link_worked_with(referral, [*known, *kept])

    if kept:
        audit.record("child.people_taken", on=referral, by=by, sentence=f"Kept whom {referral.reference} names round the child.")
    return kept


def _kept(child: Child, named, known) -> ChildPerson | None:
    """The person added or changed as a referral names them; None where the record says the same."""
    person = next((one for one in known if same_name(one.full_name, named.name)), None)
    if person is not None and person.as_named() == replace(named, name=person.full_name):
        return None
    person = person or ChildPerson(child=child, full_name=named.name)
    person.relationship, person.is_carer = named.relationship, named.is_carer
    person.has_parental_responsibility = {"yes": True, "no": False}.get(named.responsibility)
    person.save()
    return person


def _link_worked_with(referral: Referral, people: list[ChildPerson]) -> None:
    """Link whom the team works with to the referral, and to the person round the child who has that name."""
    said = referral.answers().get(TaskName.SUPPORT, {})
    kind, name = said.get("prime_user", ""), str(said.get("prime_user_name", "") or "").strip()[:300]
    person = next((one for one in people if same_name(one.full_name, name)), None)
    if kind in WORKS_WITH:
        WorkedWith.objects.update_or_create(referral=referral, defaults={"kind": kind, "name": name, "person": person})
    else:
        WorkedWith.objects.filter(referral=referral).delete()
