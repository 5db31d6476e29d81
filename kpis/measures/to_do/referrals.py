"""Referrals that wait: to finish, to sign, to look at, to book."""

from datetime import timedelta

from django.db.models import Q

from core import clock
from core.dates import day_in_words
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after
from referrals.choices import ReferralStatus, TaskName
from referrals.models import EligibilityException, Referral
from referrals.models.answers import ask_sentence
from referrals.models.draft_days import draft_days
from referrals.models.known import since_known_to
from referrals.models.referral_facts import UNTIL_RELEASE

SIGNERS = {"WITH_TM": "Team manager", "WITH_SM": "Service manager", "WITH_STRATEGIC": "Strategic manager"}
ELSEWHERE = (*SIGNERS, "SENT", "READY", "BOOKED", "WAITING")
TURNS = {
    "SENT": "It is being looked at.", "READY": "It is ready for a panel.", "BOOKED": "It is booked for a panel.",
    "WAITING": "It waits for a place.", "DEFERRED": "The panel put it off, and takes it again.",
    "REDIRECTED": "It goes to another panel.",
}  # fmt: skip
NEXT = {**SIGNERS, "SENT": "Panel administrator", "READY": "Panel administrator", "BOOKED": "The panel",
        "WAITING": "ART manager", "DEFERRED": "Panel administrator", "REDIRECTED": "Panel administrator"}  # fmt: skip
NONE = Q(pk__in=[])
# What was decided, released, and is nobody's turn: read on its own page.
OVER = Q(status__in=UNTIL_RELEASE - set(NEXT), released_at__isnull=False)


def _seen(user, *statuses, besides=NONE):
    """Referrals in these states that the person may see, the longest first, besides those that wait for nobody."""
    rows = Referral.objects.visible_to(user).filter(status__in=statuses).exclude(besides)
    return rows.annotate(since=since_known_to(user)).order_by("since", "pk")[:MOST_OF_A_KIND]


def _day(moment):
    return moment.astimezone(clock.LONDON).date()


def mine_to_finish(user) -> list[Thing]:
    """A social worker's drafts, what came back, and what was asked."""
    rows = Referral.objects.visible_to(user).filter(author=user, status__in=["DRAFT", "RETURNED", "MORE_INFO"])
    found = []
    for row in rows.order_by("status_since", "pk").prefetch_related("tasks")[:MOST_OF_A_KIND]:
        url = f"{row.get_absolute_url()}/tasks"
        asked = ", ".join(TaskName(t.name).label.lower() for t in row.tasks.all() if t.to_mend)
        if row.status == ReferralStatus.DRAFT:
            saved = day_in_words(_day(row.edited_at))
            found.append(Thing(f"Finish {row.reference}", url, f"A draft, last saved {saved}.", _day(row.edited_at) + timedelta(days=7)))
        elif row.status == ReferralStatus.RETURNED:
            found.append(Thing(f"Mend {row.reference} and send it again", url, f"Returned to you. To mend: {asked or 'see its tasks'}.", working_days_after(row.status_since, 2)))
        else:
            found.append(Thing(f"Answer a question about {row.reference}", url, f"The panel administrator asked about {asked or 'it'}.", working_days_after(row.status_since, 3)))
    return found


def mine_elsewhere(user) -> list[Thing]:
    """A social worker's referrals that wait for somebody else."""
    found = []
    for row in _seen(user, *ELSEWHERE, *UNTIL_RELEASE, besides=OVER):
        status = row.status_seen_by(user)
        label = f"{row.reference} {'needs a ' + SIGNERS[status].lower() + '’s sign-off' if status in SIGNERS else status.label.lower()}"
        why = TURNS.get(status.value, f"Since {day_in_words(_day(row.since))}.")
        due = working_days_after(row.status_since, 2) if status in SIGNERS else None
        found.append(Thing(label, row.get_absolute_url(), why, due, waits_for=NEXT[status.value]))
    return found


def to_sign(user) -> list[Thing]:
    """Referrals that wait for this person's signature, two Working Days from when they came."""
    rows = Referral.objects.to_sign(user)
    return [
        Thing(
            f"Sign off {row.reference}", f"{row.get_absolute_url()}/sign-off", f"{_ask(row)}.",
            working_days_after(row.status_since, 2), f"Came {day_in_words(_day(row.status_since))}",
        )
        for row in rows.select_related("author").prefetch_related("tasks")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def _ask(row) -> str:
    """What is asked, from the task as it stands."""
    request = next((task.answers for task in row.tasks.all() if task.name == TaskName.REQUEST), {})
    return f"{ask_sentence(request)}, from {row.author.full_name}"


def drafts_to_read(user) -> list[Thing]:
    """Old drafts of a manager's teams, to be read before they are let go."""
    days = draft_days(user.acting.authority_id)
    rows = Referral.objects.visible_to(user).old_drafts(clock.now() - days.show).order_by("edited_at", "pk")
    return [
        Thing(
            f"Read the old draft {row.reference}", "/drafts", f"Last changed {day_in_words(_day(row.edited_at))}.",
            _day(row.edited_at + days.let_go),
        )
        for row in rows[:MOST_OF_A_KIND]
        if not row.draft_is_seen
    ]  # fmt: skip


def exceptions_to_decide(user) -> list[Thing]:
    """Exceptions to a contract's criteria that wait for this strategic manager, within two Working Days."""
    rows = EligibilityException.objects.to_decide(user).select_related("referral")
    return [
        Thing(
            f"Decide on an exception for {row.referral.reference}", row.get_absolute_url(),
            f"{row.get_criterion_display()}: {row.fact}.", working_days_after(row.asked_at, 2),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip


def _waiting(user, status, within: int, say, waits_for: str = "") -> list[Thing]:
    """A thing for each referral in a state, due so many Working Days after it came there; `say` gives its title, address and words."""
    return [Thing(*say(row), working_days_after(row.status_since, within), waits_for=waits_for) for row in _seen(user, status)]


def to_triage(user) -> list[Thing]:
    """Signed-off referrals to look at, within two Working Days."""
    return _waiting(user, ReferralStatus.SENT, 2, lambda row: (
        f"Look at {row.reference}", f"/triage/{row.reference}", f"Sent for {row.get_wants_display().lower()}, signed off.",
    ))  # fmt: skip


def to_book(user) -> list[Thing]:
    """Referrals that are ready and on no agenda."""
    return _waiting(user, ReferralStatus.READY, 5, lambda row: (
        f"Book {row.reference} onto a panel", f"{row.get_absolute_url()}/book", f"{row.get_band_display()}. {row.get_wants_display()}.",
    ))  # fmt: skip


def asked_for_more(user) -> list[Thing]:
    """Questions that social workers have still to answer."""
    return _waiting(user, ReferralStatus.MORE_INFO, 3, lambda row: (
        f"{row.reference} needs more information", row.get_absolute_url(), f"You asked on {day_in_words(_day(row.status_since))}.",
    ), waits_for="Social worker")  # fmt: skip
