"""Referrals: started, filled in as typed, sent, withdrawn."""

import hashlib
import json
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from core import audit, clock, post
from core.gathering import write_over
from core.models import User
from core.rules import refuse_if
from referrals.actions.child import take_people_from
from referrals.actions.offer import withdraw_offers
from referrals.actions.sharing import take_facts_from
from referrals.actions.signing import tell_signers, void_signatures
from referrals.choices import ReferralStatus, TaskName
from referrals.models import Child, Referral, ReferralSnapshot, ReferralTask
from referrals.models.eligibility import allowed_for, findings_for, judged
from referrals.models.people_round import rows_for
from referrals.rules.eligibility import why_not_eligible
from referrals.rules.progress import why_not_move
from referrals.rules.submission import why_not_finish, why_not_send

SITTING = timedelta(minutes=30)
# What typing changes of a task.
TYPED = ["changed_because", "answers", "says_complete", "to_mend", "version", "saved_at", "saved_by"]


class StaleVersion(Exception):
    """Somebody saved this task since the page was opened; `task` is as it stands now."""

    def __init__(self, task: ReferralTask):
        self.task = task
        super().__init__("This task was saved by somebody else since you opened it.")


@transaction.atomic
def start_referral(child: Child, *, by: User) -> Referral:
    """Start a draft with its eight tasks, filled in with what is known of the child."""
    team = child.team or by.acting.teams.first()

    refuse_if([] if team else ["You belong to no team, so nobody could sign this referral off."])

    now = clock.now()
    referral = Referral.objects.create(
        authority_id=child.authority_id, child=child, author=by, team=team,
        started_at=now, edited_at=now, status_since=now,
    )  # fmt: skip
    known = _known_answers(child, by)
    ReferralTask.objects.bulk_create(
        ReferralTask(referral=referral, name=name, answers=known.get(name, {}))
        for name in TaskName.values
    )

    audit.record("referral.started", on=referral, by=by, sentence=f"Started {referral.reference}.")
    return referral


def _known_answers(child: Child, author: User) -> dict:
    """What need not be asked again: the child's facts, carers, and who is referring."""
    born = f"{child.born_on.day} {child.born_on:%B %Y}" if child.born_on else ""
    return {
        TaskName.CHILD: {
            "full_name": child.full_name,
            "preferred_name": child.preferred_name,
            "address": child.address,
            "born_on": born,
            "gender": child.gender,
            "ethnicity": child.ethnicity,
            "language": child.language,
            "legal_status": child.legal_status,
            **rows_for(person.as_named() for person in child.people.order_by("pk")),
        },
        TaskName.REQUEST: {
            "referrer_name": author.full_name,
            "referrer_contact": author.telephone or author.email,
        },
        TaskName.SUPPORT: {"lives_now": child.lives_now},
    }


@transaction.atomic
def save_task(task: ReferralTask, *, answers: dict, version: int, says_complete: bool = False,
              because: str = "", by: User) -> ReferralTask:  # fmt: skip
    """Keep a task's answers exactly as typed, valid or not.

    A save from an older version raises StaleVersion and changes nothing. Saving after a
    signature voids it; `because` says why, for the history. One audit row a sitting: further saves leave only row history.
    """
    task = ReferralTask.objects.select_for_update(of=("self", "referral")).select_related("referral").get(pk=task.pk)
    referral = task.referral

    if version != task.version and answers != task.answers:
        raise StaleVersion(task)
    refuse_if(referral.why_not_edit())
    same = answers == task.answers and says_complete == task.says_complete
    if same and because.strip() in {"", task.changed_because}:
        return task

    task.says_complete = says_complete
    _as_typed(task, answers=answers, because=because, by=by).save(update_fields=TYPED)
    _remember_editing(referral, [task], by)
    return task


@transaction.atomic
def save_tasks(referral: Referral, *, answers: dict[str, dict], finished: Collection[str] = (), by: User) -> Referral:
    """Keep what was told of several tasks at once, by a form filled elsewhere or a deed that knows; what it does not tell of stays.

    `answers` by the task's name and then the field's; tasks in `finished` say that they are complete. A task of which nothing new
    is told is left as it is. One audit row a sitting.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    refuse_if(referral.why_not_edit())

    kept = []
    for task in referral.tasks.select_for_update(of=("self",)).filter(name__in=answers).order_by("pk"):
        said = {**task.answers, **answers[task.name]}
        if said != task.answers or task.says_complete != (task.name in finished):
            task.says_complete = task.name in finished
            kept.append(_as_typed(task, answers=said, by=by))
    if kept:
        # All in one statement: each is there, so that what it would insert is its next version.
        write_over(kept, *TYPED)
        _remember_editing(referral, kept, by)
    return referral


def _as_typed(task: ReferralTask, *, answers: dict, because: str = "", by: User) -> ReferralTask:
    """One task as it was typed, in its next version, to be kept."""
    task.changed_because = because.strip() or task.to_mend
    task.answers, task.to_mend = answers, ""
    task.version, task.saved_at, task.saved_by = task.version + 1, clock.now(), by
    return task


def _remember_editing(referral: Referral, tasks: list[ReferralTask], by: User) -> None:
    """A referral was edited: what it wants, signatures that no longer stand, and one row of the trail a sitting."""
    referral.edited_at = clock.now()
    for task in tasks:
        if task.name == TaskName.REQUEST:
            referral.wants = referral.wants_from(task.answers)
    referral.save(update_fields=["edited_at", "wants"])
    for task in tasks:
        void_signatures(referral, because=f"{task.get_name_display()} was changed.", task=task.name, by=by)

    if not _in_this_sitting(referral, by):
        audit.record("referral.edited", on=referral, by=by, sentence=f"Edited {referral.reference}.")


def _in_this_sitting(referral: Referral, by: User) -> bool:
    """Whether this person's last edit of this referral was less than 30 minutes ago."""
    since = clock.now() - SITTING
    return (
        audit.about(referral)
        .filter(verb="referral.edited", person_id=by.pk, at__gt=since)
        .exists()
    )


@transaction.atomic
def send_referral(referral: Referral, *, by: User) -> Referral:
    """Send a referral to the first step whose signature is missing, frozen as it stands."""
    referral = _whole(referral)

    reasons = why_not_send(referral.facts(), status=referral.status, today=clock.today())
    found = findings_for(referral)
    refuse_if(referral.why_not_edit() + reasons + why_not_eligible(found, allowed_for(referral)))

    now = clock.now()
    _freeze(referral, by)
    take_people_from(referral, by=by)
    take_facts_from(referral, by=by)
    referral.first_sent_at = referral.first_sent_at or now
    referral.sent_at = now
    referral.wants = referral.wants_from(referral.answers().get(TaskName.REQUEST, {}))
    referral.move_to(referral.next_signing_status(), by=by)
    tell_signers(referral)

    audit.record("referral.sent", on=referral, by=by, sentence=f"Sent {referral.reference} to be signed off.")
    return referral


@transaction.atomic
def finish_referral(referral: Referral, *, by: User) -> Referral:
    """Finish what was owed of a referral begun before it was written, frozen as it stands.

    Its place is not asked for again: an emergency start is signed second apart, and a caseload came
    over by the strategic manager. When it was first sent stays empty, so that no wait is counted.
    """
    referral = _whole(referral)

    refuse_if(why_not_finish(referral.facts(), is_owed=referral.is_owed, today=clock.today()))

    _freeze(referral, by)
    take_people_from(referral, by=by)
    take_facts_from(referral, by=by)
    referral.sent_at = clock.now()
    referral.save()

    audit.record("referral.finished", on=referral, by=by, sentence=f"Finished {referral.reference}, begun before it was written.")
    return referral


def _whole(referral: Referral) -> Referral:
    """The referral with its tasks, its child and its authority, its row held until the deed is done."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("child", "authority")
    return rows.prefetch_related("tasks").get(pk=referral.pk)


def _freeze(referral: Referral, by: User) -> ReferralSnapshot:
    """Keep the whole referral as it is at this sending."""
    answers = referral.answers()
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False)
    return ReferralSnapshot.objects.create(
        referral=referral,
        number=referral.snapshots.count() + 1,
        answers=answers,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        judged=judged(referral),
        sent_at=clock.now(),
        sent_by=by,
    )


@transaction.atomic
def withdraw_referral(referral: Referral, *, reason: str, by: User) -> Referral:
    """Take a referral back, with a reason, before the child is supported."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    reasons = why_not_move(referral.status, ReferralStatus.WITHDRAWN)
    refuse_if(reasons + ([] if reason.strip() else ["Say why it is being withdrawn."]))

    referral.ended_at = clock.now()
    referral.move_to(ReferralStatus.WITHDRAWN, by=by, reason=reason)
    withdraw_offers(referral, reason=reason, by=by)
    if referral.author != by:
        post.send(
            "referral.withdrawn", key=f"withdrawn:{referral.reference}", to=referral.author,
            subject=f"{referral.reference} was withdrawn", link=referral.get_absolute_url(),
            body=f"Referral {referral.reference} was withdrawn. Its page says why.", about=referral,
        )  # fmt: skip

    audit.record("referral.withdrawn", on=referral, by=by, sentence=f"Withdrew {referral.reference}.")
    return referral
