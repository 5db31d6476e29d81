"""An evidence pack: a contract's registers as frozen facts, and as Excel files in one zip."""

import io
import zipfile

from contracts.models.assurance import AssuranceEntry, ContractDay
from contracts.models.complaint import Complaint
from contracts.models.feedback import FeedbackRound
from contracts.models.workforce import StaffGap, StaffMember
from core import clock
from core.dates import day_in_words
from core.sheets import sheet

MOST = 500
BEGAN = (1980, 1, 1, 0, 0, 0)


def _day(day) -> str:
    return day_in_words(day) if day else ""


def evidence_facts(contract, pack) -> dict:
    """What the pack says, as JSON: no child, no worker's name, no word of a complaint."""
    return {
        "title": f"Evidence pack {pack.reference}: {contract}", "for": pack.for_what, "drawn": _day(clock.today()),
        "by": pack.drawn_by.full_name,
        "tables": [_register(contract), _workforce(contract), _gaps(contract), _complaints(contract), _feedback(contract), _days(contract)],
    }  # fmt: skip


def _register(contract) -> dict:
    rows = AssuranceEntry.objects.filter(contract=contract).order_by("kind", "title", "-on", "-pk")[:MOST]
    return {
        "name": "assurance-register", "title": "Policies, plans, commitments and inspections",
        "heads": ["What", "Title", "Who answers for it", "On", "Again by", "What shows it", "Where it is kept"],
        "rows": [
            [row.get_kind_display(), row.title, row.owner, _day(row.on), _day(row.due_on), row.evidence, row.kept_at] for row in rows
        ],
    }  # fmt: skip


def _workforce(contract) -> dict:
    people = StaffMember.objects.filter(contract=contract).working(clock.today()).prefetch_related("checks")
    rows = []
    for member in people.order_by("role", "pk")[:MOST]:
        stands = member.standing
        rows.append([
            member.reference, member.get_role_display(), member.qualification,
            *(stands[name].words for name in ("qualified", "supervision", "safeguarding", "dbs")),
        ])  # fmt: skip
    heads = ["Reference", "Post", "Qualified in", "Qualified", "Supervision", "Safeguarding training", "Enhanced DBS check"]
    return {"name": "workforce", "title": "Workforce register, without names", "heads": heads, "rows": rows}


def _gaps(contract) -> dict:
    rows = StaffGap.objects.filter(contract=contract).order_by("-from_on", "-pk")[:MOST]
    return {
        "name": "cover", "title": "Vacancies and absence, and who covers them", "heads": ["Post", "Why", "From", "Last day", "Covered by"],
        "rows": [[g.get_role_display(), g.get_why_display(), _day(g.from_on), _day(g.last_on), g.covered_by or "Nobody yet"] for g in rows],
    }  # fmt: skip


def _complaints(contract) -> dict:
    rows = Complaint.objects.filter(contract=contract).order_by("-received_on", "-pk")[:MOST]
    return {
        "name": "complaints", "title": "Complaints and incidents, without words about anybody",
        "heads": ["Reference", "Kind", "Received", "Answer due", "Looked into by somebody neutral", "Outcome", "Answered"],
        "rows": [
            [
                row.reference, row.get_kind_display(), _day(row.received_on), _day(row.due_on), "Yes" if row.investigator else "Not yet",
                row.get_outcome_display() or "Open", _day(row.answered_on),
            ]
            for row in rows
        ],
    }  # fmt: skip


def _feedback(contract) -> dict:
    rows = FeedbackRound.objects.filter(contract=contract).order_by("-due_on", "-pk")[:MOST]
    return {
        "name": "feedback", "title": "Feedback every six months, and what changed",
        "heads": ["Reference", "Who was asked", "By", "Closed", "What staff talked about", "What changes"],
        "rows": [[r.reference, r.get_asked_display(), _day(r.due_on), _day(r.closed_on), r.discussed, r.changes] for r in rows],
    }  # fmt: skip


def _days(contract) -> dict:
    rows = ContractDay.objects.filter(contract=contract).order_by("-held_on", "-pk")[:MOST]
    return {
        "name": "days", "title": "Development days, contact days and training, apart from reviews",
        "heads": ["What", "On", "About", "Who came", "Hours", "What came of it"],
        "rows": [[d.get_kind_display(), _day(d.held_on), d.about, d.who, "" if d.hours is None else str(d.hours), d.came_of_it] for d in rows],
    }  # fmt: skip


def evidence_zip(facts: dict) -> bytes:
    """The files of a pack from its frozen facts: a contents list, then one Excel file a register, no formula from anybody's words."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(zipfile.ZipInfo("contents.txt", BEGAN), contents(facts))
        for number, table in enumerate(facts["tables"], 1):
            says = f"{facts['title']}. {table['title']}, {facts['drawn']}."
            content = sheet(title=table["name"], says=says, heads=table["heads"], rows=table["rows"])
            pack.writestr(zipfile.ZipInfo(file_name(number, table), BEGAN), content)
    return kept.getvalue()


def file_name(number: int, table: dict) -> str:
    """What a register's file is called in the pack."""
    return f"{number}-{table['name']}.xlsx"


def contents(facts: dict) -> str:
    """The list of the pack's files, and of the documents the register names with where each is kept."""
    lines = [facts["title"], f"For: {facts['for']}", f"Made {facts['drawn']} by {facts['by']}", "", "Files"]
    lines += [f"{file_name(n, table)}: {table['title']} ({len(table['rows'])} rows)" for n, table in enumerate(facts["tables"], 1)]
    kept = [(row[1], row[6]) for row in facts["tables"][0]["rows"] if row[6]]
    lines += ["", "Documents named in the register", *(f"{title}: {where}" for title, where in kept)]
    return "\n".join(lines) + "\n"
