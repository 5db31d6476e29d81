"""What the referrals' due work is done by."""

from celery import shared_task

from core import clock, outbox
from core.models import OutboxJob
from referrals.actions.document import scan_document
from referrals.actions.draft import let_draft_go, plan_draft, remind_of_draft, show_old_draft
from referrals.actions.offer import lapse_offer
from referrals.actions.reminders import remind_of_demand_review
from referrals.models import ChildDocument, DemandReview, Referral, ReferralDocument, Stay
from referrals.models.draft_days import draft_days, drafts_left_lying
from referrals.rules.drafts import why_not_let_go


@outbox.doer("stay.lapse", is_brief=True)
def do_lapse_offer(job: OutboxJob) -> str:
    """Lapse one offer that was not started by its date."""
    lapse_offer(Stay.objects.get(reference=job.subject))
    return ""


@outbox.doer("document.scan")
def do_scan_document(job: OutboxJob) -> str:
    """Ask the virus scanner about one file; a scanner that is away is asked again later."""
    joined = "file__added_by", "file__authority"
    of_referral = ReferralDocument.objects.select_related("referral", *joined).filter(file__reference=job.subject)
    of_child = ChildDocument.objects.select_related("child", *joined).filter(file__reference=job.subject)
    scan_document(of_referral.first() or of_child.get(), by=None)
    return ""


@outbox.doer("demand.review", is_brief=True)
def do_remind_of_demand_review(job: OutboxJob) -> str:
    """Tell those concerned that a home's demand is to be reviewed."""
    remind_of_demand_review(DemandReview.objects.get(pk=job.subject))
    return ""


@shared_task(name="referrals.tend_drafts", ignore_result=True)
def tend_drafts():
    """Plan what has come due for drafts nobody touches; missed or doubled, it changes nothing."""
    for referral in drafts_left_lying():
        plan_draft(referral, by=None)


def _draft_still_there(job: OutboxJob) -> Referral | None:
    """The draft a job is about, or None where it was sent, touched or ended meanwhile."""
    referral = Referral.objects.filter(reference=job.subject).first()
    before = clock.now() - draft_days(referral.authority_id).remind if referral else None
    return Referral.objects.old_drafts(before).filter(pk=referral.pk).first() if referral else None


@outbox.doer("draft.remind", is_brief=True)
def do_remind_of_draft(job: OutboxJob) -> str:
    """Remind the writer of one draft."""
    if referral := _draft_still_there(job):
        remind_of_draft(referral, by=None)
    return ""


@outbox.doer("draft.show", is_brief=True)
def do_show_old_draft(job: OutboxJob) -> str:
    """Tell a team's manager of one old draft."""
    if referral := _draft_still_there(job):
        show_old_draft(referral, by=None)
    return ""


@outbox.doer("draft.let_go")
def do_let_draft_go(job: OutboxJob) -> str:
    """Let one old draft go, unless it was touched or kept meanwhile."""
    referral = Referral.objects.get(reference=job.subject)
    reasons = why_not_let_go(
        status=referral.status, was_sent=referral.sent_at is not None, edited_at=referral.edited_at,
        seen_at=referral.draft_seen_at, now=clock.now(), days=draft_days(referral.authority_id),
    )  # fmt: skip
    if not reasons:
        let_draft_go(referral, by=None)
    return ""
