"""The records behind a figure, for those who may see them; by reference alone for those who watch the service."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from contracts.models import Budget, Complaint, FeedbackAnswer, Payment
from kpis.measures.facts import Fact
from panels.models import Action, Decision, Meeting
from referrals.models import Access, Child, Place, Referral, Stay

KINDS = {
    "referral": Referral, "stay": Stay, "child": Child, "place": Place, "meeting": Meeting, "decision": Decision, "action": Action,
    "complaint": Complaint, "payment": Payment, "budget": Budget, "answer": FeedbackAnswer,
}  # fmt: skip
OF_A_CHILD = {"referral": "child__", "stay": "child__", "child": ""}
# With their meeting or contract, of which their address or their words are made.
JOINED = {"decision": ["item__meeting__panel"], "action": ["item__meeting__panel"], "payment": ["contract"], "budget": ["contract"],
          "meeting": ["panel"], "stay": ["child", "place__provision"], "referral": ["child"]}  # fmt: skip
MOST = 500


@dataclass(frozen=True)
class Behind:
    """One record behind a figure: its words, where it opens (nowhere for those who have its reference alone), and what it counted as."""

    name: str
    url: str
    fact: Fact
    record: object


def behind(facts: Sequence[Fact], user, *, by_reference: bool) -> list[Behind]:
    """The records of some facts that this person may have, in order of their days."""
    found: dict[tuple[str, str], object] = {}
    for kind in {fact.record for fact in facts}:
        references = [fact.reference for fact in facts if fact.record == kind][:MOST]
        rows = _rows(kind, user, by_reference=by_reference).filter(reference__in=references)
        found |= {(kind, row.reference): row for row in rows.select_related(*JOINED.get(kind, []))}
    listed = [(fact, found[fact.record, fact.reference]) for fact in facts[:MOST] if (fact.record, fact.reference) in found]
    shut = {kind for kind in OF_A_CHILD if by_reference}
    return [
        Behind(_name(fact, row), "" if fact.record in shut else _url(row), fact, row)
        for fact, row in sorted(listed, key=lambda pair: (pair[0].reference if by_reference else pair[0].on.isoformat(), pair[0].reference))
    ]


def _rows(kind: str, user, *, by_reference: bool):
    """Records of one kind that may be listed: seen by this person, or behind a figure by reference, none that is restricted or kept back."""
    model = KINDS[kind]
    if not (by_reference and kind in OF_A_CHILD):
        return model.objects.visible_to(user)
    where = OF_A_CHILD[kind]
    kept = Access.objects.withheld(user).filter(child=OuterRef("pk" if kind == "child" else "child"))
    rows = model.objects.filter(**{f"{where}is_restricted": False, f"{where}authority": user.acting.authority_id})
    return rows.exclude(Exists(kept))


def _name(fact: Fact, row) -> str:
    """How a record is named: a child's things by reference, the rest by what they are."""
    if fact.record in {"meeting", "payment", "place"}:
        return str(row)
    if fact.record == "decision":
        return f"{row.item.meeting}, item {row.item.number}"
    return fact.reference


def _url(row) -> str:
    """Where a record opens, if it has a page."""
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
