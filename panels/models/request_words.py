"""A request for money as its readers have it: label and words, only what its kind asks."""

from core.dates import day_in_words
from panels.choices import RequestKind
from panels.models.commitment import ask_of, child_before, family_before, rate_for, rates_on_file
from panels.rules.commitment import pounds
from panels.rules.remit import WAYS

# Which fields each kind of request asks (003:23-33); the rest are not shown.
BY_WEEK = ("weekly_cost", "one_off_cost", "starts_on", "until_on")
EXPLORED = ("universal", "family_support", "family_group", "explored_words")
FIELDS = {
    RequestKind.PLACEMENT: (*BY_WEEK, *EXPLORED, "note"),
    RequestKind.EXTRA_COST: (*BY_WEEK, "note"),
    RequestKind.ALLOWANCE: ("weekly_cost", "starts_on", "until_on", "note"),
    RequestKind.TRANSPORT: (*BY_WEEK, "note"),
    RequestKind.FAMILY_TIME: (*BY_WEEK, "note"),
    RequestKind.SECTION_17: (*BY_WEEK, "committed_elsewhere", "family_total", "note"),
    RequestKind.NO_RECOURSE: (*BY_WEEK, "note"),
    RequestKind.ACCOMMODATION: (*EXPLORED, *BY_WEEK, "note"),
    RequestKind.ASSESSMENT: ("assessment", "one_off_cost", "above_rate_because", "note"),
    RequestKind.JOINT: ("note",),
}


def request_facts(item) -> list[list[str]]:
    """Label and words of what an item asks for, to be frozen with its paper; nothing where it asks for no money."""
    request = getattr(item, "request", None)
    if request is None:
        return []
    rows = [("What is asked for", request.get_kind_display())]
    if request.commitment:
        rows.append(("The whole commitment", _commitment(request)))
    rows += _by_kind(request) + ([("Note", request.note)] if request.note else [])
    return [list(row) for row in rows]


def _commitment(request) -> str:
    """The whole forward commitment with how it comes about."""
    until = f", until {day_in_words(request.until_on)}" if request.weekly_cost and request.until_on else ""
    week = f" ({pounds(request.weekly_cost)} a week{until})" if request.weekly_cost else ""
    return f"{pounds(request.commitment)}{week}"


def _by_kind(request) -> list[tuple[str, str]]:
    """What only some kinds ask."""
    item = request.item
    if request.kind == RequestKind.SECTION_17:
        return section_17_rows(request)
    if request.kind == RequestKind.ASSESSMENT:
        return _assessment(request, item)
    asked = (request.universal, request.family_support, request.family_group)
    ways = [(way[:1].upper() + way[1:], said) for way, said in zip(WAYS, _explored(request), strict=True)] if any(asked) else []
    return ways + ([("What was explored", request.explored_words)] if request.explored_words else [])


def section_17_rows(request) -> list[tuple[str, str]]:
    """The sum against which the panel authorises, with what was committed before."""
    item, asked = request.item, ask_of(request).commitment
    rows = [("Already committed to the child by panels", pounds(child_before(item))), ("In all", pounds(asked.whole))]
    if request.committed_elsewhere:
        rows.insert(1, ("Already committed otherwise", pounds(request.committed_elsewhere)))
    if asked.limit is not None:
        rows.append(("The panel authorises more than", f"{pounds(asked.limit)} (terms version {item.meeting.terms.version})"))
    return rows + _family(request)


def _family(request) -> list[tuple[str, str]]:
    """The family's total beside the child's: what panels committed to linked children, and what was typed."""
    linked = family_before(request.item)
    rows = [("Committed by panels to brothers, sisters and others linked", pounds(linked))] if linked else []
    return rows + ([("The family’s total", pounds(request.family_total))] if request.family_total else [])


def _assessment(request, item) -> list[tuple[str, str]]:
    """What it costs beside the rate on file, and where that is written."""
    authority = item.meeting.panel.authority
    rate = rate_for(request.assessment, authority)
    source = next((row.get("source", "") for row in rates_on_file(authority) if row["what"] == request.assessment), "")
    rows = [("Assessment", request.assessment or "Not said")]
    rows.append(("National rate on file", f"{pounds(rate)}{f' ({source})' if source else ''}" if rate is not None else "None on file"))
    if ask_of(request).commitment.is_above_rate:
        rows.append(("Above the rate because", request.above_rate_because))
        rows.append(("Accepted by the chair", "Yes" if request.rate_is_agreed else "Not yet"))
    return rows


def _explored(request) -> list[str]:
    """What came of each other way of helping, in their order."""
    return [
        getattr(request, f"get_{name}_display")() or "Not said" for name in ("universal", "family_support", "family_group")
    ]
