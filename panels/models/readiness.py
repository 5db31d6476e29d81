"""What the papers of an agenda still need: read once for all its referrals."""

from core import clock
from panels.choices import STILL_TO_COME
from panels.models.clocks import papers_due_on
from panels.rules.papers import Circulating
from referrals.choices import ReferralStatus, TaskName
from referrals.models import SignOff
from referrals.rules.sign_off import STATUS_OF_STEP, first_missing


def missing_by_item(items) -> dict[int, list[str]]:
    """By item about a referral, what its paper still needs: tasks by name, then a signature; never an answer.

    The items come with their referrals' tasks prefetched, or one question is asked for each.
    """
    items = [item for item in items if item.referral_id]
    unsigned = unsigned_by_item(items)
    return {item.pk: _tasks(item.referral) + _signature(unsigned.get(item.pk)) for item in items}


def _tasks(referral) -> list[str]:
    """The tasks in which something is missing, the child's view among them."""
    found = list(dict.fromkeys(TaskName(gap.task).label for gap in referral.gaps()))
    views = referral.answers().get(TaskName.VIEWS, {})
    given = views.get("child_view") or views.get("child_view_later")
    return found if given or TaskName.VIEWS.label in found else [*found, TaskName.VIEWS.label]


def _signature(status: str | None) -> list[str]:
    return [f"a signature ({ReferralStatus(status).label.lower()})"] if status else []


def unsigned_by_item(items) -> dict[int, str]:
    """By item, the step whose signature is missing, as a status; items that are signed are left out."""
    items = [item for item in items if item.referral_id]
    rows = SignOff.objects.standing().filter(referral__in=[item.referral_id for item in items])
    signed: dict[int, set[str]] = {}
    for referral, step in rows.values_list("referral_id", "step"):
        signed.setdefault(referral, set()).add(step)
    chains: dict[tuple, tuple[str, ...]] = {}
    found = {}
    for item in items:
        wants = (item.referral.authority_id, item.referral.wants)
        if wants not in chains:
            chains[wants] = item.referral.chain()
        step = first_missing(chains[wants], signed.get(item.referral_id, set()))
        if step:
            found[item.pk] = STATUS_OF_STEP[step]
    return found


def circulating(meeting, items, short_because: str = "") -> Circulating:
    """What the rule asks about an agenda that is to go out."""
    went_out = meeting.circulated_at
    return Circulating(
        is_open=meeting.status in STILL_TO_COME, today=clock.today(), due_on=papers_due_on(meeting),
        went_out_on=went_out.astimezone(clock.LONDON).date() if went_out else None, short_because=short_because,
        unsigned=tuple(
            f"Item {i.number}: {i.referral.reference} is no longer signed off."
            for i in items
            if i.referral and i.referral.next_signing_status() != "SENT"
        ),
    )  # fmt: skip
