"""Telling the child what was decided: who, by when, in which words, and what the child said."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.closures import working_days_of
from core.dated import number
from core.models import User
from core.rules import refuse_if
from referrals.models import Referral, Telling
from referrals.rules.readings import TELL_WITHIN
from referrals.rules.telling import plain_words, why_not_tell


@transaction.atomic
def ask_to_tell(referral: Referral, *, status: str, by: User) -> Telling:
    """The decision is to be told to the child by their social worker, within the Working Days that are set."""
    child = referral.child
    telling = Telling.objects.create(
        child=child, referral=referral, teller=child.social_worker or referral.author,
        words=plain_words(status, referral.wants, referral.agreed_weeks, referral.review_on),
        due_on=working_days_of(referral.authority_id).add(clock.today(), number(TELL_WITHIN, authority=referral.authority_id)),
    )  # fmt: skip

    audit.record(
        "telling.asked", on=telling, by=by, authority=referral.authority,
        sentence=f"The child is to be told of the decision on {referral.reference} by {telling.due_on:%-d %B %Y}.",
    )  # fmt: skip
    return telling


@transaction.atomic
def tell_child(telling: Telling, *, words: str, teller: User, due_on: date, told_on: date | None = None,
               child_said: str = "", by: User) -> Telling:  # fmt: skip
    """Set who tells the child by when in which words; with `told_on` it has been done, and To do lets it go."""
    telling = Telling.objects.select_for_update(of=("self",)).select_related("referral__authority").get(pk=telling.pk)

    refuse_if(
        why_not_tell(
            told_on=told_on, words=words, today=clock.today(), is_told=telling.told_at is not None,
            is_stopped=bool(telling.stopped_because),
        )
    )  # fmt: skip

    telling.words, telling.teller, telling.due_on, telling.child_said = words, teller, due_on, child_said
    if told_on is not None:
        telling.told_on, telling.told_at, telling.told_by = told_on, clock.now(), by
    telling.save()

    done = "was told" if told_on else f"is to be told by {due_on:%-d %B %Y}"
    audit.record(
        "telling.told" if told_on else "telling.changed", on=telling, by=by, authority=telling.referral.authority,
        sentence=f"The child {done} of the decision on {telling.referral.reference}.",
    )  # fmt: skip
    return telling
