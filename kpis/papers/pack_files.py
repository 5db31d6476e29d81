"""A pack in Word and in Excel: made of one frozen version and nothing else, so that they say what the PDF says."""

from decimal import Decimal, InvalidOperation

from core import word
from core.sheets import Sheet, workbook
from kpis.choices import Rating

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOVES = {"worse": "Getting worse", "better": "Improving", "same": "No real change", "unsaid": "A real change"}
MEASURE_HEADS = ("Measure", "Value", "Counted from", "Longest", "Change", "How it is counted")
ACTION_HEADS = ("Action", "Who", "By", "State")
RISK_HEADS = ("Heading", "Risk", "Owner", "Rating", "Trend", "Reviewed")
CHILD_HEADS = ("List", "What", "When", "Children")
PRINTED_HEADS = ("Recommendation", "Measure", "Latest", "Target", "Rating")
LEFT_OUT = "Left out of this copy: you are out of this item, or it is kept from you. What stands below is empty for that reason."
KINDS = (("Cashable", "cashable"), ("Non-cashable", "non_cashable"), ("Contract savings", "contract"))


def _rating(letter: str) -> str:
    """A rating as a word."""
    return str(Rating(letter).label) if letter in Rating.values else "Not rated"


def _measures(facts: dict) -> list[tuple]:
    return [(m["name"], m["value"], m["count"], m["longest"], MOVES.get(m["variation"], "Too few figures"), m["how"]) for m in facts["measures"]]


def _actions(facts: dict) -> list[tuple]:
    return [(a["what"], a["who"], a["by"], a["state"]) for a in facts["actions"]]


def _risks(facts: dict) -> list[tuple]:
    return [
        (group["heading"], row["text"], row["owner"], _rating(row["rating"]), MOVES.get(row["trend"], ""), row["reviewed"])
        for group in facts["risks"] for row in group["rows"]
    ]  # fmt: skip


def _children(facts: dict) -> list[tuple]:
    return [(r["group"], r["what"], r["when"], r["children"]) for r in facts["referrals"]]


def _printed(facts: dict) -> list[tuple]:
    return [
        (f"{r['number']}. {r['text']}", m["name"], m["latest"], m["target"], _rating(m["rating"]))
        for r in facts["recommendations"] for m in r["measures"]
    ]  # fmt: skip


def _benefits(facts: dict) -> list[tuple]:
    return [(name, what, pounds) for name, key in KINDS for what, pounds in facts["benefits"].get(key) or [("None yet", "")]]


def _costs(facts: dict) -> list[tuple]:
    return [(c["name"], str(c["used"]), c["rate"], c["cost"]) for c in facts["capacity"]["costs"]]


def pack_document(facts: dict) -> bytes:
    """The pack as a Word document, in the order of its agenda."""
    parts = [
        ("heading", 0, f"{facts['title']}: {facts['group']}"),
        ("words", f"{facts['on']}, {facts['times']}, {facts['venue']}. Figures frozen {facts['frozen_on']}. {facts['note']}"),
        *_correction(facts), *_summary(facts), *_business(facts), *_figures(facts), *_money(facts),
    ]  # fmt: skip
    return word.document(title=f"{facts['title']}, {facts['on']}", parts=parts)


def _correction(facts: dict) -> list[tuple]:
    """That it is a correction, and why."""
    said = facts.get("correction")
    return [("strong", f"Replaces version {said['replaces']}, corrected by {said['by']} on {said['on']}: {said['why']}")] if said else []


def _summary(facts: dict) -> list[tuple]:
    """The first page's words."""
    asks = [("words", f"Item {ask['number']}. {ask['title']}") for ask in facts["asks"]] or [("words", "Nothing beyond the standing items.")]
    return [
        ("heading", 1, "Summary"), ("strong", f"{facts['finding']} {facts['finding_rest']}".strip() or LEFT_OUT),
        *(("words", f"{figure['figure']} {figure['words']}") for figure in facts["figures"]),
        ("heading", 2, "What we ask you to decide"), *asks,
    ]  # fmt: skip


def _head(facts: dict, part: str, title: str) -> list[tuple]:
    """A part's heading with its item's number, and what was written of it."""
    number, said = facts.get("numbers", {}).get(part), facts.get("commentary", {}).get(part)
    is_kept = number in facts.get("kept_items", [])
    return [("heading", 1, f"{number}. {title}" if number else title), *([("strong", LEFT_OUT)] if is_kept else _said(said))]


def _said(said: dict | None) -> list[tuple]:
    """Commentary, or of whom it was asked."""
    if not said:
        return []
    return [("words", said["words"]), ("words", f"{said['by']}, {said['on']}")] if said["words"] else [("words", f"No commentary. {said['asked']} was asked for it by {said['due']}.")]


def _business(facts: dict) -> list[tuple]:
    """Items 1 to 4."""
    seats = [(f"{s['letter']}. {s['title']}", s["holder"], s["limb"] or "–", s["delegates"] or "–") for s in facts["attendance"]["seats"]]
    minutes = facts["last_minutes"]
    said = [("words", f"Minutes of {minutes['on']}: {minutes['state'].lower()}.")] if minutes else [("words", "This body has not met before.")]
    decisions = [("words", f"{d['title']}: {d['decision']}") for d in minutes.get("decisions", [])]
    return [
        *_head(facts, "minutes", "Attendance, last minutes and actions"), ("table", ("Seat", "Holder", "May fill", "Standing delegate"), seats),
        *said, *decisions, ("table", ACTION_HEADS, _actions(facts)),
        *_head(facts, "interests", "Interests"), ("words", "Declarations are the second item."),
        *_head(facts, "terms", "Terms and standing agenda"),
        ("table", ("Item", "Presented by", "Minutes"), [(f"{i['number']}. {i['title']}", i["presenter"] or "–", str(i["minutes"])) for i in facts["agenda"]]),
        *(("words", f"{c['number']} {c['heading']}. {c['text']}") for c in facts["terms"]["clauses"]),
        *_head(facts, "risks", "Risks and interdependencies"), ("table", RISK_HEADS, _risks(facts)),
    ]  # fmt: skip


def _figures(facts: dict) -> list[tuple]:
    """Items 5 and 6."""
    parts = [
        *_head(facts, "referrals", "Referrals"), ("table", CHILD_HEADS, _children(facts)),
        ("heading", 1, "Capacity"), *_said(facts.get("commentary", {}).get("capacity")), ("words", facts["capacity"]["finding"]),
        ("table", ("Service", "Places in use", "A week each", "Cost this week"), _costs(facts)),
        *_head(facts, "indicators", "Contract and KPIs"), ("table", MEASURE_HEADS, _measures(facts)),
    ]  # fmt: skip
    for chart in facts.get("charts", []):
        rows = [(row["period"], row["value"], row["count"] or "–", row["change"] or "–") for row in chart["rows"]]
        parts += [
            ("heading", 2, f"{chart['name']}: {chart['finding']}"), ("words", chart["shows"]),
            ("table", ("Period", f"Value ({chart['unit']})", "Count", "Change"), rows),
        ]  # fmt: skip
    return [*parts, ("heading", 2, "Improvement recommendations"), ("table", PRINTED_HEADS, _printed(facts))]


def _money(facts: dict) -> list[tuple]:
    """Items 7 and 8."""
    told = facts["benefits"]
    return [
        *_head(facts, "benefits", "Benefits"), ("words", "Cashable and non-cashable benefits are kept apart and never added together."),
        ("table", ("Kind", "What", "Pounds"), _benefits(facts)), *([("words", told["query"])] if told.get("query") else []),
        *_head(facts, "other", "Other business"), ("words", "No child’s decision is taken under other business."),
    ]  # fmt: skip


def pack_workbook(facts: dict) -> bytes:
    """The pack's tables as a workbook, a sheet each; numbers are numbers."""
    says = f"{facts['title']}, {facts['group']}, {facts['on']}. Figures frozen {facts['frozen_on']}. {facts['note']}"
    lines = [
        (chart["name"], chart["unit"], row["period"], _number(row["value"]), row["count"], row["change"] or "–")
        for chart in facts.get("charts", []) for row in chart["rows"]
    ]  # fmt: skip
    kinds = [(kind, what, _number(pounds)) for kind, what, pounds in _benefits(facts)]
    costs = [(name, _number(used), _number(rate), _number(cost)) for name, used, rate, cost in _costs(facts)]
    return workbook(f"{facts['title']}, {facts['on']}", [
        Sheet("Measures", f"Measures. {says}", MEASURE_HEADS, _measures(facts)),
        Sheet("Periods", f"The numbers of each chart. {says}", ("Measure", "Unit", "Period", "Value", "Count", "Change"), lines),
        Sheet("Referrals", f"Children. {says}", CHILD_HEADS, [(*row[:3], _number(row[3])) for row in _children(facts)]),
        Sheet("Capacity", f"Cost this week. {says}", ("Service", "Places in use", "Pounds a week each", "Pounds this week"), costs),
        Sheet("Benefits", f"Kinds of benefit are never added together. {says}", ("Kind", "What", "Pounds"), kinds),
        Sheet("Risks", f"Risks. {says}", RISK_HEADS, _risks(facts)),
        Sheet("Actions", f"Actions. {says}", ACTION_HEADS, _actions(facts)),
        Sheet("Recommendations", f"As printed. {says}", PRINTED_HEADS, _printed(facts)),
    ])  # fmt: skip


def _number(words: str) -> Decimal | str:
    """A number as a number, and words as words."""
    try:
        return Decimal(words.replace("£", "").replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return words
