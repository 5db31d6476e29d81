"""Letters whose link leads to papers: it opens for whom it was sent to, for so many days, and no more once it was recalled."""

from datetime import date, timedelta

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast

from core import clock
from core.dated import number
from core.models import AuditEvent, Message, Recall
from core.roles import Permission

LASTS = "letter-link"
# Kinds of letters, by how they begin, and whether what one leads to can be closed to a wrong person.
_kinds: dict[str, bool] = {}


def leads_to_papers(*kinds: str, may_recall: bool = False) -> None:
    """Make known that letters of these kinds (or that begin with them) lead to papers; `may_recall` where their pages heed a recall."""
    _kinds.update(dict.fromkeys(kinds, may_recall))


def is_of_papers(kind: str) -> bool:
    """Whether letters of a kind lead to papers."""
    return any(kind == one or kind.startswith(f"{one}.") for one in _kinds)


def address_in(message: Message) -> str:
    """The address that a letter's link has: its own, where it leads to papers."""
    return f"/letters/{message.reference}" if is_of_papers(message.kind) else message.link


def lasts_until(message: Message, authority) -> date:
    """The last day on which a letter's link opens, by the authority's own number of days."""
    sent = message.created_at.astimezone(clock.LONDON).date()
    return sent + timedelta(days=number(LASTS, authority=authority))


def why_not_open(*, is_recalled: bool, until: date, today: date) -> str:
    """The sentence that says why a letter's link opens no more; nothing where it does."""
    if is_recalled:
        return "This letter was sent to you by mistake, and what it led to was withdrawn. If you kept a copy, delete it and tell the information governance officer."
    if today > until:
        return "The link of this letter has run out. Sign in and open the papers from To do, or from the list they stand in."
    return ""


def why_not_recall(*, is_recalled: bool) -> list[str]:
    """A letter is recalled once."""
    return ["This letter was recalled already."] if is_recalled else []


def why_not_settle_recall(*, is_settled: bool, is_same: bool) -> list[str]:
    """A recall is looked into once, and not by whoever recorded it."""
    reasons = ["This was looked into already."] if is_settled else []
    return reasons + (["You recorded this. Somebody else looks into it."] if is_same else [])


def may_be_recalled(user):
    """Letters of the last year, to people of this person's authority, that lead to papers which a recall closes; each with `opened`."""
    begins = Q(pk=None)
    for kind, may in _kinds.items():
        begins |= Q(kind=kind) | Q(kind__startswith=f"{kind}.") if may else Q(pk=None)
    if user.acting is None or not user.can(Permission.RECALL_LETTERS):
        return Message.objects.none()
    since = clock.now() - timedelta(days=365)
    rows = Message.objects.filter(begins, person__roles_held__authority=user.acting.authority_id, created_at__gte=since)
    return rows.select_related("person", "recall").annotate(opened=_opened()).distinct()


def was_opened(message: Message) -> bool:
    """Whether the reader opened the letter's link, or took away the file of what it leads to."""
    return Message.objects.filter(_opened(), pk=message.pk).exists()


def _opened() -> Exists:
    """That a letter's reader opened its link, or took the file, asked of each letter in the one reading."""
    link = Q(verb="record.read", subject_type="core.message", subject_id=Cast(OuterRef("pk"), CharField()))
    file = Q(verb="file.taken", subject_type=OuterRef("about_type"), subject_id=OuterRef("about_id"), at__gte=OuterRef("created_at"))
    return Exists(AuditEvent.objects.filter(link | file, person_id=OuterRef("person_id")))


def withdrawn_from(user, label: str):
    """The keys of records of one table (its label in lower case) whose letter was sent to this person by mistake."""
    rows = Recall.objects.filter(message__person=user, message__about_type=label).exclude(message__about_id="")
    return rows.annotate(about=Cast("message__about_id", BigIntegerField())).values("about")
