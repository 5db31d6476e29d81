"""Cover: somebody signs for whoever is away, between two days; ended when they are back."""

from datetime import date

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, RuleBroken, refuse_if
from referrals.choices import Step
from referrals.models import Cover
from referrals.rules.cover import Asked, Away, why_not_cover, why_not_overlap


def _signing_role(person: User):
    """The first signing role that somebody holds today, or None."""
    return next((held for held in person.current_roles if held.role in Step.values), None)


@transaction.atomic
def add_cover(*, acts: User, from_on: date, last_on: date, knowingly: bool = False, by: User) -> Cover:
    """Name who signs for oneself while away; they and the one away are told.

    Locks the person away, so that two covers are judged one after the other.
    """
    away = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    held, theirs = _signing_role(away), _signing_role(acts)
    same = theirs is not None and held is not None and theirs.authority_id == held.authority_id

    if held is None:
        raise RuleBroken([FieldReason("acts", "You sign nothing off, so nobody need do it for you.")])
    reasons = why_not_cover(Asked(away.pk, acts.pk, same, from_on, last_on, clock.today()))
    refuse_if(reasons + why_not_overlap(Away(acts.full_name, from_on, last_on), _others(away, acts), knowingly=knowingly))

    cover = Cover.objects.create(
        authority_id=held.authority_id, away=away, acts=acts, step=held.role, from_on=from_on,
        last_on=last_on, made_at=clock.now(),
    )  # fmt: skip
    _tell(cover)

    audit.record(
        "cover.added", on=cover, by=by,
        sentence=f"{acts} signs for {away} from {from_on:%-d %B %Y} to {last_on:%-d %B %Y}.",
    )  # fmt: skip
    return cover


def _others(away: User, acts: User) -> list[Away]:
    """Other cover in the way: for the same person, and for the one who is to act."""
    today = clock.today()
    rows = Cover.objects.standing().filter(away__in=[away, acts], last_on__gte=today)
    return [
        Away(row.acts.full_name if row.away_id == away.pk else f"{row.acts.full_name}, for {acts.full_name},", row.from_on, row.last_on)
        for row in rows.select_related("acts").order_by("from_on", "pk")
    ]  # fmt: skip


def _tell(cover: Cover) -> None:
    """Write to whoever acts."""
    days = f"{day_in_words(cover.from_on)} to {day_in_words(cover.last_on)}"
    post.send(
        "cover.added", key=f"cover:{cover.reference}", to=cover.acts, subject="You cover sign-off for a colleague",
        body=f"You sign off referrals for {cover.away.full_name} from {days}.", link="/sign-off", about=cover,
    )  # fmt: skip


@transaction.atomic
def end_cover(cover: Cover, *, by: User) -> Cover:
    """End cover early, or before it begins; what was signed under it stands."""
    cover = Cover.objects.select_for_update(of=("self",)).get(pk=cover.pk)

    refuse_if([] if cover.ended_at is None else ["This cover has been ended already."])
    refuse_if([] if by.pk == cover.away_id else ["Only the person who was away ends it."])

    cover.ended_at, cover.ended_by = clock.now(), by
    cover.save()

    audit.record("cover.ended", on=cover, by=by, sentence=f"{cover.acts} no longer signs for {cover.away}.")
    return cover
