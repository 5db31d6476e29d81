"""Documents that could not be printed: for whoever can have them tried again. Most days one question says that there is none."""

from core import clock
from core.models import DocumentVersion
from core.printing import Printing, set_aside
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing
from kpis.models import BoardReport, Pack
from panels.models import Meeting, Minutes

PACK, REPORT, MINUTES = "pack.issue", "board_report.print", "minutes.print"


def papers(user) -> list[Thing]:
    """Packs and copies of minutes set aside after three tries, for whoever builds the one and writes the other."""
    stuck = set_aside(PACK, MINUTES)
    return [*_packs(user, _of(stuck, PACK)), *_minutes(user, _of(stuck, MINUTES))]


def reports(user) -> list[Thing]:
    """Reports to boards set aside after three tries, for whoever draws them."""
    stuck = _of(set_aside(REPORT), REPORT)
    rows = BoardReport.objects.visible_to(user).filter(reference__in=stuck).order_by("-drawn_at")[:MOST_OF_A_KIND] if stuck else []
    return [_thing(f"the {str(row).lower()}", row.get_absolute_url(), stuck[row.reference]) for row in rows]


def _of(stuck: list[Printing], kind: str) -> dict[str, Printing]:
    return {one.subject: one for one in stuck if one.kind == kind}


def _thing(what: str, at: str, stuck: Printing) -> Thing:
    return Thing(f"Have {what} printed", at, stuck.problem, clock.today())


def _packs(user, stuck: dict[str, Printing]) -> list[Thing]:
    rows = Pack.objects.visible_to(user).filter(meeting__reference__in=stuck).select_related("meeting__panel") if stuck else []
    return [_thing(f"the pack for {row.meeting}", row.get_absolute_url(), stuck[row.meeting.reference]) for row in rows]


def _minutes(user, stuck: dict[str, Printing]) -> list[Thing]:
    """A job's subject is the version that waits for its file."""
    if not stuck:
        return []
    versions = dict(DocumentVersion.objects.filter(pk__in=stuck, file=None).values_list("document", "pk"))
    rows = Minutes.objects.filter(meeting__in=Meeting.objects.visible_to(user), document__in=versions)
    return [
        _thing(f"the minutes of {row.meeting}", f"{row.meeting.get_absolute_url()}/minutes", stuck[str(versions[row.document_id])])
        for row in rows.select_related("meeting__panel").order_by("-meeting__starts_at")[:MOST_OF_A_KIND]
    ]  # fmt: skip
