"""Drafts nobody touches: their writer reminded, their team's manager shown, their words let go."""

from datetime import timedelta

from django.db import transaction

from core import audit, clock, outbox, post
from core.models import OutboxJob, User
from core.roles import Role
from core.rules import refuse_if
from referrals.choices import ReferralStatus, TaskName
from referrals.models import FormImport, Referral
from referrals.models.draft_days import draft_days
from referrals.models.hold import is_held
from referrals.rules.drafts import is_due, why_not_let_go, why_not_tend

KEPT = {TaskName.RISK: ("safeguarding",)}
WEEK = timedelta(weeks=1)


@transaction.atomic
def plan_draft(referral: Referral, *, by: User | None) -> list[str]:
    """Write what has come due for one old draft; the same thing is written once."""
    planned = [
        kind
        for kind, moment in _come_due(referral, clock.now())
        if not OutboxJob.objects.filter(kind=kind, subject=referral.reference, due_at=moment).exists()
        and outbox.enqueue(kind, subject=referral.reference, due_at=moment)
    ]

    if planned:
        audit.record("draft.planned", on=referral, by=by, sentence=f"Looked at the old draft {referral.reference}.")
    return planned


def _come_due(referral: Referral, now) -> list:
    """What has come due for a draft, each with the moment; a manager is told again each week until they read it."""
    since, due, days = referral.edited_at, [], draft_days(referral.authority_id)
    if is_due(since, days.remind, now):
        due.append(("draft.remind", since + days.remind))
    if is_due(since, days.show, now) and not referral.draft_is_seen:
        due.append(("draft.show", since + days.show + (now - since - days.show) // WEEK * WEEK))
    if is_due(since, days.let_go, now) and referral.draft_is_seen and not is_held(referral.child):
        due.append(("draft.let_go", since + days.let_go))
    return due


@transaction.atomic
def remind_of_draft(referral: Referral, *, by: User | None) -> Referral:
    """Write to whoever left a draft lying."""
    days = draft_days(referral.authority_id)
    post.send(
        "draft.remind", key=f"draft:{referral.reference}:{referral.edited_at.isoformat()}", to=referral.author,
        subject=f"{referral.reference} is still a draft", link=f"{referral.get_absolute_url()}/tasks", about=referral,
        body=f"Nobody has changed it for {days.remind_days} days. Drafts are let go {days.let_go_days} days after the last change.",
    )  # fmt: skip

    audit.record("draft.reminded", on=referral, by=by, sentence=f"Reminded the writer of {referral.reference}.")
    return referral


@transaction.atomic
def show_old_draft(referral: Referral, *, by: User | None) -> Referral:
    """Tell the managers of a draft's team that it will be let go unless they keep it."""
    untouched = draft_days(referral.authority_id).show.days
    managers = User.objects.holding(Role.TEAM_MANAGER, teams=referral.team_id)
    for person in managers.order_by("pk")[:10]:
        post.send(
            "draft.shown", key=f"draft:{referral.reference}:{person.pk}:{clock.today()}", to=person,
            subject=f"{referral.reference} will be let go", link="/drafts", about=referral,
            body=f"This draft was never sent and has not been changed for {untouched} days. Read it, and keep it or let it go.",
        )  # fmt: skip

    audit.record("draft.shown", on=referral, by=by, sentence=f"Told the team’s manager of the old draft {referral.reference}.")
    return referral


@transaction.atomic
def keep_draft(referral: Referral, *, by: User) -> Referral:
    """Give a draft all its days again."""
    referral = _tended(referral, by)

    referral.edited_at = clock.now()
    referral.draft_seen_at = referral.draft_seen_by = None
    referral.save()

    audit.record("draft.kept", on=referral, by=by, sentence=f"Kept the draft {referral.reference}: its days begin again.")
    return referral


@transaction.atomic
def see_draft(referral: Referral, *, by: User) -> Referral:
    """A manager has read an old draft: it may be let go when its time is up."""
    referral = _tended(referral, by)

    referral.draft_seen_at, referral.draft_seen_by = clock.now(), by
    referral.save()

    audit.record("draft.seen", on=referral, by=by, sentence=f"Read the old draft {referral.reference}: it may be let go.")
    return referral


def _tended(referral: Referral, by: User) -> Referral:
    """The draft, locked, where this person may decide about it."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    manages = any(held.role == Role.TEAM_MANAGER and referral.team_id in held.team_ids for held in by.current_roles)
    refuse_if(why_not_tend(status=referral.status, was_sent=referral.sent_at is not None, manages=manages))
    return referral


@transaction.atomic
def let_draft_go(referral: Referral, *, by: User | None) -> Referral:
    """Let an old draft's words go, its safeguarding text kept, and its files closed."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    days = draft_days(referral.authority_id)

    refuse_if(why_not_let_go(
        status=referral.status, was_sent=referral.sent_at is not None, edited_at=referral.edited_at,
        seen_at=referral.draft_seen_at, now=clock.now(), days=days, is_held=is_held(referral.child),
    ))  # fmt: skip

    for task in referral.tasks.all():
        task.answers = {name: task.answers[name] for name in KEPT.get(task.name, ()) if task.answers.get(name)}
        task.save()
    referral.documents.filter(removed_at=None).update(removed_at=clock.now())
    FormImport.objects.filter(referral=referral).update(read=[], unsure=[])
    referral.ended_at = clock.now()
    referral.move_to(ReferralStatus.WITHDRAWN, by=by, reason=f"A draft untouched for {days.let_go_days} days: its words were let go.")

    audit.record("draft.let_go", on=referral, by=by, sentence=f"Let the old draft {referral.reference} go.")
    return referral
