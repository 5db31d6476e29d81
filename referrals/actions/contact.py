"""How to reach whoever referred: amended after the sending, without asking anybody to sign again."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from referrals.choices import TaskName
from referrals.models import Referral, ReferralTask
from referrals.rules.contact import why_not_change_contact

BECAUSE = "Contact details changed after it was sent."


@transaction.atomic
def change_contact(referral: Referral, *, name: str, contact: str, version: int, by: User) -> ReferralTask:
    """Keep who refers and how to reach them right; the history shows what they were, and no signature is voided.

    `version` is that of the request's answers when the page was opened; an older one is refused.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    task = ReferralTask.objects.select_for_update(of=("self",)).get(referral=referral, name=TaskName.REQUEST)
    wanted = {"referrer_name": name.strip(), "referrer_contact": contact.strip()}
    if task.answers | wanted == task.answers:
        return task

    refuse_if(why_not_change_contact(
        status=referral.status, was_sent=referral.first_sent_at is not None, name=name, contact=contact,
        is_current=version == task.version,
    ))  # fmt: skip

    task.answers, task.changed_because = task.answers | wanted, BECAUSE
    task.version, task.saved_at, task.saved_by = task.version + 1, clock.now(), by
    task.save()

    audit.record(
        "referral.contact_changed", on=referral, by=by, sentence=f"Changed how to reach the referrer of {referral.reference}."
    )
    return task
