"""What changed on the records that somebody may see: moves, decisions released, meetings, contacts and messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from core import clock
from core.references import tidy
from core.roles import Permission, Role
from panels.models import Decision, Meeting, Recusal
from referrals.models import Contact, Referral, ReferralMessage, StatusChange
from referrals.models.referral_facts import SEES_DECISIONS, UNTIL_RELEASE

MOST = 100
LONGEST = timedelta(days=30)
KINDS = (
    ("referrals", "Referrals that moved"), ("decisions", "Decisions released"), ("meetings", "Meetings"),
    ("contacts", "Contacts while waiting"), ("messages", "Messages"),
)  # fmt: skip
DEEDS = (("called_at", "was called"), ("circulated_at", "has its papers out"), ("finished_at", "was held"), ("cancelled_at", "was cancelled"))


@dataclass(frozen=True)
class Change:
    """One thing that changed: in a sentence, when, by whom, and where it can be read."""

    sentence: str
    at: datetime
    url: str
    by: str = ""


def changes(user, *, kind: str = "", since: datetime | None = None, reference: str = "") -> tuple[list[Change], bool]:
    """What changed in 30 days (or since a moment), the newest first and at most 100; and whether there was more."""
    since = max(since or clock.now() - LONGEST, clock.now() - LONGEST)
    seen = Referral.objects.visible_to(user)
    if reference:
        seen = seen.filter(reference=tidy(reference))
    found: list[Change] = []
    for name, gather in GATHER.items():
        if kind in {"", name} and not (reference and name == "meetings"):
            found += gather(user, seen, since)
    found.sort(key=lambda change: (change.at, change.sentence), reverse=True)
    return found[:MOST], len(found) > MOST


def _moves(user, seen, since) -> Iterable[Change]:
    """Moves of referrals; none that tells of a decision before its release, or of an item one is out of."""
    rows = StatusChange.objects.filter(referral__in=seen, at__gte=since).select_related("referral", "by")
    if user.acting is None or user.acting.role not in SEES_DECISIONS:
        rows = rows.exclude(now__in=UNTIL_RELEASE)
    out = Recusal.objects.filter(item__referral=OuterRef("referral"), person=user, withdrawn_at=None)
    rows = rows.exclude(Exists(out), now__in=UNTIL_RELEASE)
    return [
        Change(f"{move.referral.reference}: {move.get_now_display()[0].lower()}{move.get_now_display()[1:]}", move.at,
               move.referral.get_absolute_url(), move.by.full_name if move.by else "")
        for move in rows.order_by("-at", "-pk")[: MOST + 1]
    ]  # fmt: skip


def _decisions(user, seen, since) -> Iterable[Change]:
    """Decisions on referrals, by the day they were released."""
    if not user.can(Permission.SEE_REFERRALS):
        return []
    rows = Decision.objects.visible_to(user).filter(item__referral__in=seen, released_at__gte=since)
    out = Recusal.objects.filter(item=OuterRef("item"), person=user, withdrawn_at=None)
    rows = rows.exclude(Exists(out)).select_related("item__referral")
    return [
        Change(f"The decision on {row.item.referral.reference} was released", row.released_at, row.get_absolute_url())
        for row in rows.order_by("-released_at", "-pk")[: MOST + 1]
    ]


def _meetings(user, seen, since) -> Iterable[Change]:
    """Meetings called, circulated, held and cancelled."""
    if not user.can(Permission.SEE_MEETINGS):
        return []
    found = []
    rows = Meeting.objects.visible_to(user).with_terms()
    for field, words in DEEDS:
        found += [
            Change(f"{meeting} {words}", getattr(meeting, field), meeting.get_absolute_url())
            for meeting in rows.filter(**{f"{field}__gte": since}).order_by(f"-{field}", "-pk")[: MOST + 1]
        ]
    return found


def _contacts(user, seen, since) -> Iterable[Change]:
    """Contacts with those round a waiting child, to whoever reads the waiting list or works with the child."""
    if not (user.can(Permission.SEE_WAITING_LIST) or (user.acting is not None and user.acting.role == Role.SOCIAL_WORKER)):
        return []
    rows = Contact.objects.filter(referral__in=seen, made_at__gte=since).select_related("referral", "made_by")
    return [
        Change(f"Somebody was in touch about {row.referral.reference}", row.made_at, row.referral.get_absolute_url(), row.made_by.full_name)
        for row in rows.order_by("-made_at", "-pk")[: MOST + 1]
    ]


def _messages(user, seen, since) -> Iterable[Change]:
    """Messages that this person may read; what they say stands on their own page."""
    if not user.can(Permission.WRITE_MESSAGES):
        return []
    rows = ReferralMessage.objects.visible_to(user).filter(referral__in=seen, written_at__gte=since)
    return [
        Change(f"A message about {row.referral.reference}", row.written_at, f"{row.referral.get_absolute_url()}/messages", row.written_by.full_name)
        for row in rows.select_related("referral", "written_by").order_by("-written_at", "-pk")[: MOST + 1]
    ]


GATHER = {"referrals": _moves, "decisions": _decisions, "meetings": _meetings, "contacts": _contacts, "messages": _messages}
