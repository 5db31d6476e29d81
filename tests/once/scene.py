"""`python -m tests.once.scene make 6 2026-04-08 2026-11-03` calls meetings; `tell` says as JSON what was made of them."""

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402

from core import clock, files  # noqa: E402
from core.models import AuditEvent, Message, OutboxJob, StoredFile  # noqa: E402
from kpis.models import Pack  # noqa: E402
from panels.models import Meeting  # noqa: E402
from tests.panels.builders import a_called_meeting, a_steering_group  # noqa: E402
from tests.people import a_borough  # noqa: E402

CALLED_ON = date(2026, 1, 12)


def make(groups: int, days: list[str]) -> None:
    """So many steering groups, each with a meeting called for each of these days."""
    with clock.held_at(CALLED_ON):
        for n in range(groups):
            borough = a_borough(f"b{n}")
            panel = a_steering_group(borough)
            for day in days:
                a_called_meeting(borough, panel, on=date.fromisoformat(day))


def tell() -> dict:
    """What is in the database and on the disk: committed rows and whole files, and no lines of a log."""
    packs = list(Pack.objects.select_related("meeting", "document"))
    issued = dict(OutboxJob.objects.filter(kind="pack.issue", state="done").values_list("subject", "result_hash"))
    kept = {row.sha256 for row in StoredFile.objects.all()}
    on_disk = list(Path(settings.FILES).glob("*/*"))
    return {
        "meetings": Meeting.objects.count(),
        "states": Counter(pack.state for pack in packs),
        "late": sorted(str(pack.meeting.on) for pack in packs if pack.is_late),
        "versions": Counter(pack.document.versions.count() for pack in packs if pack.document_id),
        "files": StoredFile.objects.filter(name__startswith="pack-").count(),
        "true": sum(_is_true(pack, issued) for pack in packs),
        "issued twice": _repeated("pack.issued"), "frozen twice": _repeated("pack.frozen"), "drafted twice": _repeated("pack.drafted"),
        "jobs": Counter(OutboxJob.objects.values_list("state", flat=True)),
        "messages": Counter(Message.objects.values_list("state", flat=True)),
        "links": Message.objects.filter(kind="pack.issued").count(),
        "references": sorted(Message.objects.values_list("reference", flat=True)),
        "unsure": sorted(Message.objects.filter(state="unsure").values_list("reference", flat=True)),
        "orphans": len([path for path in on_disk if path.name not in kept and not path.name.startswith(".")]),
        "torn": len([path for path in on_disk if path.name.startswith(".")]),
    }  # fmt: skip


def _is_true(pack, issued) -> bool:
    """The file is whole, is what the row says, and is what the job wrote down."""
    stored = pack.version.file if pack.version else None
    return bool(stored and files.read(stored).startswith(b"%PDF") and issued.get(pack.meeting.reference) == stored.sha256)


def _repeated(verb: str) -> int:
    """How many packs have this in the trail more than once."""
    rows = Counter(AuditEvent.objects.filter(verb=verb).values_list("subject_id", flat=True))
    return sum(count > 1 for count in rows.values())


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), sys.argv[3:])
    else:
        sys.stdout.write(json.dumps(tell()))
