"""Restricting a record to named people, opening it in an emergency, and lifting the restriction."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from core import audit, clock, post
from core.dated import number, numbers
from core.models import User
from core.references import tidy
from core.roles import Role
from core.rules import refuse_if
from referrals.choices import Basis
from referrals.models import Access, Child, Restriction
from referrals.rules import restriction as rules
from referrals.rules.readings import GLASS, RESTRICTION


@transaction.atomic
def restrict_child(child: Child, *, ground: str, because: str, people: Collection[User], by: User) -> Restriction:
    """Keep a child's record to named people: it leaves every search, list and count of anybody else."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    kept = Access.objects.current().filter(child=child, person__in=people).exclude(withheld_because="")

    refuse_if(rules.why_not_restrict(
        is_restricted=child.is_restricted, because=because, named=len(people),
        kept_from=list(kept.values_list("person__full_name", flat=True).distinct()),
    ))  # fmt: skip

    child.is_restricted, child.restricted_because = True, because[:200]
    child.save()
    restriction = Restriction.objects.create(
        child=child, ground=ground, because=because[:200], from_at=clock.now(), set_by=by,
        review_on=_look_again_on(child),
    )  # fmt: skip
    for person in people:
        _name(child, person, because)
    _tell_governance(child, by, f"restricted:{child.reference}:{restriction.pk}", "was restricted", restriction.get_absolute_url())

    audit.record(
        "child.restricted", on=child, by=by,
        sentence=f"Restricted {child.reference} to {len(people)} named people.",
    )  # fmt: skip
    return restriction


def _look_again_on(child: Child) -> date:
    """The day on which a restriction is looked at next, by the number in force today."""
    return clock.today() + timedelta(days=number(RESTRICTION, authority=child.authority_id))


def _name(child: Child, person: User, because: str) -> Access:
    """One named person, once."""
    named, _ = Access.objects.current().get_or_create(
        child=child, referral=None, person=person, basis=Basis.NAMED, withheld_because="",
        defaults={"because": because[:500], "from_at": clock.now()},
    )  # fmt: skip
    return named


def _tell_governance(child: Child, by: User, key: str, what: str, link: str) -> None:
    """The governance officers of the authority, at once, by reference alone."""
    people = User.objects.holding(Role.GOVERNANCE, authority=child.authority_id)
    for person in people.exclude(pk=by.pk).distinct().order_by("pk")[:20]:
        post.send(
            "record.restricted", key=f"{key}:{person.pk}", to=person, about=child, link=link,
            subject=f"Record {child.reference} {what}",
            body=f"Record {child.reference} {what}. Its page says by whom and why.",
        )  # fmt: skip


@transaction.atomic
def name_person(restriction: Restriction, *, person: User, because: str, by: User) -> Access:
    """Let one more named person see a restricted record."""
    kept = Access.objects.current().filter(child=restriction.child, person=person).exclude(withheld_because="").exists()
    refuse_if(rules.why_not_restrict(
        is_restricted=False, because=because, named=1, kept_from=[person.full_name] if kept else [],
    ))  # fmt: skip

    named = _name(restriction.child, person, because)

    audit.record(
        "child.person_named", on=restriction.child, by=by,
        sentence=f"Named {person.full_name} on restricted record {restriction.child.reference}.",
    )  # fmt: skip
    return named


@transaction.atomic
def unname_person(restriction: Restriction, *, person: User, by: User) -> None:
    """End a named person's sight of a restricted record, from this moment."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    left = restriction.named().exclude(person=person).count()

    refuse_if(rules.why_not_unname(left=left))

    restriction.named().filter(person=person).update(until_at=clock.now())

    audit.record(
        "child.person_unnamed", on=restriction.child, by=by,
        sentence=f"{person.full_name} is no longer named on {restriction.child.reference}.",
    )  # fmt: skip


@transaction.atomic
def review_restriction(restriction: Restriction, *, by: User) -> Restriction:
    """Say that a restriction is still needed; it is looked at again after the days in force."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)

    restriction.review_on = _look_again_on(restriction.child)
    restriction.lift_asked_at = restriction.lift_asked_by = None
    restriction.lift_because = ""
    restriction.save()

    audit.record(
        "restriction.reviewed", on=restriction.child, by=by,
        sentence=f"The restriction of {restriction.child.reference} is still needed.",
    )  # fmt: skip
    return restriction


@transaction.atomic
def ask_to_lift(restriction: Restriction, *, because: str, by: User) -> Restriction:
    """Ask that a restriction be lifted; nothing changes until somebody else agrees."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)

    refuse_if(rules.why_not_lift(asked_by=None, agreeing=by.pk, because=because))

    restriction.lift_asked_at, restriction.lift_asked_by = clock.now(), by
    restriction.lift_because = because[:500]
    restriction.save()
    _tell_governance(
        restriction.child, by, f"lift:{restriction.pk}:{restriction.lift_asked_at.isoformat()}",
        "may be opened again, if you agree", f"{restriction.get_absolute_url()}/lift",
    )  # fmt: skip

    audit.record(
        "restriction.lift_asked", on=restriction.child, by=by,
        sentence=f"Asked to lift the restriction of {restriction.child.reference}.",
    )  # fmt: skip
    return restriction


@transaction.atomic
def agree_to_lift(restriction: Restriction, *, by: User) -> Restriction:
    """The second person agrees: the record is as any other, and nobody is named on it any more."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=restriction.child_id)
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    not_asked = restriction.lift_asked_by_id is None or restriction.lifted_at is not None

    refuse_if(["Nobody has asked for this restriction to be lifted."] if not_asked else rules.why_not_lift(
        asked_by=restriction.lift_asked_by_id, agreeing=by.pk, because=""
    ))  # fmt: skip

    restriction.named().update(until_at=clock.now())
    restriction.lifted_at, restriction.lifted_by = clock.now(), by
    restriction.save()
    child.is_restricted, child.restricted_because = False, ""
    child.save()

    audit.record(
        "restriction.lifted", on=child, by=by,
        sentence=f"Lifted the restriction of {child.reference}, as {restriction.lift_asked_by.full_name} asked.",
    )  # fmt: skip
    return restriction


@transaction.atomic
def break_glass(number: str, *, because: str, by: User) -> Access:
    """Open a restricted record for the minutes in force by its reference or council number; governance is told at once."""
    typed = number.replace("\x00", "").strip()[:40]
    known = Q(reference=tidy(typed)) | Q(case_number__iexact=typed) if typed else Q(pk=None)
    rows = Child.objects.filter(known, authority=by.acting.authority_id, is_restricted=True)
    child = rows.order_by("pk").first()
    kept = child is not None and Access.objects.withheld(by).filter(child=child, referral=None).exists()

    refuse_if(rules.why_not_break_glass(found=child is not None, is_kept=kept, because=because))

    now, minutes = clock.now(), numbers(GLASS, authority=child.authority_id)[GLASS]
    opened = Access.objects.create(
        child=child, person=by, basis=Basis.BREAK_GLASS, because=because[:500], from_at=now,
        until_at=now + timedelta(minutes=minutes.number), told_by="break glass",
    )  # fmt: skip
    _tell_governance(
        child, by, f"glass:{opened.pk}", "was opened in an emergency", f"/children/{child.reference}/access"
    )
    _tell_manager(child, by, opened)

    audit.record(
        "child.opened_in_an_emergency", on=child, by=by,
        sentence=f"Opened restricted record {child.reference} in an emergency, for {minutes.words}.",
    )  # fmt: skip
    return opened


def _tell_manager(child: Child, by: User, opened: Access) -> None:
    """The team managers of whoever opened it, who may not see the record themselves."""
    teams = by.acting.team_ids
    people = User.objects.holding(Role.TEAM_MANAGER, teams__in=teams)
    for person in people.exclude(pk=by.pk).distinct().order_by("pk")[:20]:
        post.send(
            "record.opened", key=f"glass:{opened.pk}:manager:{person.pk}", to=person, link="/",
            subject="Somebody in your team opened a restricted record in an emergency",
            body=f"{by.full_name} opened a restricted record in an emergency. Ask them why; governance has been told.",
        )  # fmt: skip


@transaction.atomic
def note_glass_tried(*, by: User) -> None:
    """Write that somebody tried to open a restricted record and nothing was opened; looking for numbers shows."""
    audit.record(
        "child.glass_tried", on=by, by=by, sentence="Tried to open a restricted record in an emergency; nothing was opened."
    )
