"""Endings: written task by task, support ended, stepped down and up, and asked after later."""

from datetime import date, timedelta

from django.db import transaction

from core import audit, clock
from core.dated import number
from core.models import User
from core.rules import refuse_if
from referrals.choices import ReferralStatus, StayState
from referrals.models import Access, Ending, Referral, Stay, SustainedCheck
from referrals.rules.ending import check_days, why_not_check, why_not_end_as_planned, why_not_step
from referrals.rules.readings import READS_ON

SITTING = timedelta(minutes=30)
SUPPORTED = {ReferralStatus.SUPPORTED, ReferralStatus.STEP_DOWN}
FIELDS = {
    "reason": ("why", "why_words", "outcome", "goal_achieved", "works_with_changed", "works_with_words"),
    "exit": ("exit_plan", "relapse_plan", "child_agrees", "carer_agrees", "agencies"),
    "next": ("lives_next", "supports_next"),
    "feedback": (
        "child_helped", "child_feedback", "child_not_asked", "carer_helped", "carer_feedback", "carer_not_asked",
    ),
}  # fmt: skip
WRITTEN = "This ending is finished: what was written is kept as it is."


class StaleEnding(Exception):
    """Somebody else wrote this task since the page was opened; `ending` is as it stands."""

    def __init__(self, ending: Ending):
        self.ending = ending
        super().__init__("This task was changed by somebody else.")


@transaction.atomic
def write_ending(stay: Stay, *, task: str, answers: dict, version: int | None = None, by: User) -> Ending:
    """Save one of an ending's four tasks as typed; two people on two tasks lose nothing of each other's.

    Of one task, what began from an older version raises StaleEnding and changes nothing. One audit row a sitting.
    """
    rows = Stay.objects.select_for_update(of=("self",)).select_related("place__provision__authority", "child", "referral")
    stay = rows.get(pk=stay.pk)
    ending, _ = Ending.objects.get_or_create(stay=stay)
    ending.stay = stay
    ending.name_whom_it_worked_with()
    now, fields = clock.now(), FIELDS[task]
    new = {field: answers.get(field) or "" for field in fields}
    is_same = new == {field: getattr(ending, field) for field in fields}
    if version not in {None, ending.version_of(task)} and not is_same:
        raise StaleEnding(ending)
    reasons = [WRITTEN] if ending.finished_at else []
    if stay.state not in {StayState.BEGUN, StayState.ENDED}:
        reasons.append("This stay has not begun.")

    refuse_if(reasons)

    if is_same and ending.version_of(task):
        return ending
    for field, value in new.items():
        setattr(ending, field, value)
    ending.changed_at = now
    ending.saves[task] = {"version": ending.version_of(task) + 1, "by": by.full_name if by else "", "at": now.isoformat()}
    ending.save(update_fields=[*fields, "works_with", "changed_at", "saves"])

    if not _in_this_sitting(ending, task, by):
        audit.record(
            "ending.written", on=ending, by=by, child=stay.child, authority=stay.place.provision.authority,
            sentence=_written(task, stay),
        )  # fmt: skip
    return ending


def _written(task: str, stay: Stay) -> str:
    return f"Wrote the {task} task of the ending of {stay.reference}."


def _in_this_sitting(ending: Ending, task: str, by: User) -> bool:
    """Whether this person's last audit row of this task is less than 30 minutes old."""
    rows = audit.about(ending).filter(verb="ending.written", person_id=getattr(by, "pk", None))
    return rows.filter(at__gt=clock.now() - SITTING, sentence=_written(task, ending.stay)).exists()


@transaction.atomic
def end_support(referral: Referral, *, on: date, reason: str, by: User) -> Referral:
    """Support is over from a day: the provider reads on for the days that are set, and three checks are set for later."""
    referral = Referral.objects.select_for_update(of=("self",)).select_related("child").get(pk=referral.pk)
    reasons = [] if referral.status in SUPPORTED else ["This child is not being supported."]

    refuse_if(reasons)

    referral.ended_at = clock.now()
    referral.move_to(ReferralStatus.ENDED, by=by, reason=reason)
    rights = Access.objects.current().filter(referral=referral, basis="placed")
    rights.update(until_at=clock.now() + timedelta(days=number(READS_ON, authority=referral.authority_id)))
    SustainedCheck.objects.bulk_create(
        SustainedCheck(child=referral.child, referral=referral, months=months, due_on=due_on)
        for months, due_on in check_days(on).items()
    )

    audit.record("referral.ended", on=referral, by=by, sentence=f"Support under {referral.reference} ended.")
    return referral


@transaction.atomic
def finish_ending(stay: Stay, *, by: User) -> Ending:
    """The exit plan of a stay that ended unplanned is written now: support ends with it."""
    stay = Stay.objects.select_for_update(of=("self",)).select_related("place__provision", "referral", "child").get(pk=stay.pk)
    ending, _ = Ending.objects.get_or_create(stay=stay)
    ending.name_whom_it_worked_with()
    reasons = [WRITTEN] if ending.finished_at else why_not_end_as_planned(ending.facts(), support_goes_on=goes_on(stay))
    if stay.state != StayState.ENDED:
        reasons.append("This stay has not ended.")

    refuse_if(reasons)

    ending.finished_at, ending.finished_by, ending.exit_due_on = clock.now(), by, None
    ending.save()
    if stay.referral and stay.referral.status in SUPPORTED and not goes_on(stay):
        end_support(stay.referral, on=stay.ended_on, reason=stay.ending_reason, by=by)

    audit.record(
        "ending.finished", on=ending, by=by, child=stay.child, authority=stay.place.provision.authority,
        sentence=f"The exit plan of {stay.reference} is written.",
    )  # fmt: skip
    return ending


def goes_on(stay: Stay) -> bool:
    """Whether support goes on under the same referral after this stay: another begun, or held afterwards."""
    if stay.referral_id is None:
        return False
    others = Stay.objects.filter(referral=stay.referral_id, state__in=[StayState.BEGUN, StayState.PLANNED])
    return others.exclude(pk=stay.pk).exists()


@transaction.atomic
def step_down(referral: Referral, *, reason: str = "", by: User) -> Referral:
    """Support is being stepped down towards its end."""
    return _step(referral, ReferralStatus.STEP_DOWN, "is stepping down", reason, by)


@transaction.atomic
def step_up(referral: Referral, *, reason: str, by: User) -> Referral:
    """More support is needed again than in step-down, with a reason."""
    return _step(referral, ReferralStatus.SUPPORTED, "is supported again in full", reason, by)


def _step(referral: Referral, status: str, words: str, reason: str, by: User) -> Referral:
    """Move between supported and step-down."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    refuse_if(why_not_step(referral.status, status, reason))

    referral.move_to(status, by=by, reason=reason)

    audit.record("referral.stepped", on=referral, by=by, sentence=f"{referral.reference} {words}.")
    return referral


@transaction.atomic
def record_check(check: SustainedCheck, *, lives: str, is_sustained: str, came_back: str, notes: str = "",
                 by: User) -> SustainedCheck:  # fmt: skip
    """Say how things are three, six or twelve months after the end; not known is an answer."""
    check = SustainedCheck.objects.select_for_update(of=("self",)).select_related("referral").get(pk=check.pk)

    refuse_if(
        why_not_check(
            due_on=check.due_on, today=clock.today(), is_done=check.checked_at is not None,
            is_stopped=bool(check.stopped_because), is_sustained=is_sustained, came_back=came_back,
        )
    )  # fmt: skip

    check.lives, check.is_sustained, check.came_back, check.notes = lives, is_sustained, came_back, notes
    check.checked_at, check.checked_by = clock.now(), by
    check.save()

    audit.record(
        "check.recorded", on=check, by=by, authority=check.referral.authority,
        sentence=f"Recorded how things are {check.months} months after the end of {check.referral.reference}.",
    )  # fmt: skip
    return check
