"""A referral's history in words: who has had it and when, and what was changed in which answer, why."""

from dataclasses import dataclass, replace

from core import clock
from referrals.choices import ReferralStatus, TaskName
from referrals.models.referral import Referral, ReferralTask

MOST_CHANGES = 200


@dataclass(frozen=True)
class Change:
    """One answer changed after a referral was sent: before, after, when, by whom and why."""

    task: str
    field: str
    before: str
    after: str
    at: object
    by: str
    why: str


def changes_since_sent(referral: Referral) -> list[Change]:
    """Every answer changed since the first sending, the newest first."""
    first = referral.snapshots.order_by("number").first()
    if first is None:
        return []
    events = ReferralTask.pgh_event_model.objects.filter(
        pgh_obj__referral=referral, saved_at__gte=first.sent_at
    ).select_related("saved_by")
    found: list[Change] = []
    stood = {name: (first.answers.get(name, {}), "") for name in TaskName.values}
    for event in events.order_by("pgh_id")[:MOST_CHANGES]:
        before, why = stood[event.name]
        found = [_because(change, event) for change in found]
        found += _changes(event, before, event.changed_because or why)
        stood[event.name] = (event.answers, event.to_mend)
    return found[::-1]


def _because(change: Change, event) -> Change:
    """A change whose reason was typed a moment later has it too."""
    late = change.task == event.name and not change.why and event.changed_because
    return replace(change, why=event.changed_because) if late else change


def _changes(event, before: dict, why: str) -> list[Change]:
    """The answers that differ between two versions of a task."""
    return [
        Change(event.name, name, str(before.get(name, "")), str(event.answers.get(name, "")),
               event.saved_at, str(event.saved_by or ""), why)
        for name in dict.fromkeys([*before, *event.answers])
        if str(before.get(name, "")) != str(event.answers.get(name, ""))
    ]  # fmt: skip


def way_so_far(referral: Referral, user, moves) -> list[dict]:
    """Take a referral and its moves, oldest first; give who has had it and when, as the path draws it, as far as this person may know."""
    steps = [_step("Started", referral.started_at, str(referral.author))]
    for move in moves:
        if referral.knows_of(user, move):
            steps.append(_step(ReferralStatus(move.now).label, move.at, str(move.by or "")))
    steps[-1]["done"] = referral.status in {ReferralStatus.ENDED, ReferralStatus.WITHDRAWN}
    return steps


def _step(label: str, at, by: str) -> dict:
    day = at.astimezone(clock.LONDON).date()
    return {"label": label, "detail": f"{day.day} {day:%B %Y}" + (f", by {by}" if by else ""), "done": True}
