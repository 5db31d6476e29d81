"""One reader's copy of a pack: its facts less what the reader is out of, said in its place, on the pages of everybody else's."""

from dataclasses import dataclass
from functools import cached_property

from core import printing
from core.models import DocumentVersion
from core.models.document import Audience, read_at, taken_by
from core.once import once
from kpis.choices import PackState
from kpis.models import BoardReport, Pack, RegularReport
from kpis.papers.pack import ITEMS
from panels.models.interest import Recusal

COPIED_BY = "pack.copy"
KEPT_ITEM = "An item you are out of"
EMPTY_SEATS = {"seats": [], "quorum": []}
EMPTY_TERMS = {"version": "", "from": "", "is_example": False, "clauses": []}
EMPTY_PLACES = {"finding": "", "weeks": [], "now": None, "groups": [], "costs": [], "cost": "", "other_cost": ""}
# Of each part of the agenda: the sections it fills, and what its facts are without it.
SECTIONS = {
    "minutes": ("attendance",), "terms": ("terms",), "risks": ("risks",), "referrals": ("referrals", "capacity"),
    "indicators": ("indicators",), "benefits": ("benefits",),
}  # fmt: skip
WITHOUT = {
    "minutes": {"attendance": EMPTY_SEATS, "last_minutes": {}, "actions": [], "open_actions": []},
    "terms": {"terms": EMPTY_TERMS},
    "risks": {"risks": [], "none_is_red": False},
    "referrals": {"referrals": [], "capacity": EMPTY_PLACES, "figures": []},
    "indicators": {
        "measures": [], "charts": [], "headlines": [], "recommendations": [], "figures": [], "finding": "", "finding_rest": "",
    },
    "benefits": {"benefits": {"cashable": [], "non_cashable": [], "contract": [], "modelled": [], "asked": [], "query": "", "year": ""}},
}  # fmt: skip


def titles_kept_from(meeting, user) -> list[str]:
    """The titles of the items of a meeting that this person is out of, or may not see."""
    rows = meeting.items.standing()
    kept = rows.exclude(pk__in=rows.not_kept_from(user)).values_list("title", flat=True)
    return once(("titles kept", meeting.pk, user.pk), lambda: sorted(kept))


def parts_of(titles: list[str]) -> list[str]:
    """The parts of a pack that these items of its agenda are about, in its order."""
    return [part for part, word in ITEMS.items() if part in SECTIONS and any(word in title.lower() for title in titles)]


def for_reader(facts: dict, meeting, user) -> dict:
    """A pack's facts as one person may read them: what is kept from them is gone, and `kept` says which sections."""
    titles, past = titles_kept_from(meeting, user), _past_items_kept_from(facts, user)
    if not titles and not past:
        return facts
    parts = parts_of(titles)
    said = dict(facts)
    for part in parts:
        said |= WITHOUT[part]
    kept = [section for part in parts for section in SECTIONS[part]]
    said["commentary"] = {part: words for part, words in facts["commentary"].items() if part not in {*parts, *kept}}
    said["agenda"] = [_line(item, titles) for item in facts["agenda"]]
    said["asks"] = [_line(item, titles) for item in facts["asks"]]
    said["kept"], said["kept_items"] = kept, [item["number"] for item in facts["agenda"] if item["title"] in titles]
    if past and said["last_minutes"]:
        said["last_minutes"] = said["last_minutes"] | {"decisions": [_decision(row, past) for row in said["last_minutes"]["decisions"]]}
    return said


def _past_items_kept_from(facts: dict, user) -> set[int]:
    """The items of the last meeting, by key, that this person was out of."""
    keys = [row.get("key") for row in facts["last_minutes"].get("decisions", [])]
    return set(Recusal.objects.filter(item__in=[key for key in keys if key], person=user, withdrawn_at=None).values_list("item_id", flat=True))


def _line(item: dict, titles: list[str]) -> dict:
    """One line of the agenda: its number alone, where it is kept from the reader."""
    return item | {"title": KEPT_ITEM, "presenter": ""} if item["title"] in titles else item


def _decision(row: dict, kept: set[int]) -> dict:
    """One decision of the last meeting, without its words where the reader was out of it."""
    return {"key": row["key"], "title": KEPT_ITEM, "decision": "", "quorum": ""} if row.get("key") in kept else row


@taken_by("pack")
def takes_whole(version: DocumentVersion, user) -> bool:
    """Whoever is out of none of a version's pack is handed the file that everybody shares."""
    return for_reader(version.frozen, _pack_of(version).meeting, user) == version.frozen


def _pack_of(version: DocumentVersion) -> Pack:
    return _record_of(version, Pack.objects.select_related("meeting").filter(document=version.document_id))


def _record_of(version: DocumentVersion, records):
    """The one of these records whose document a version is: a page of many versions asks once."""
    return once((records.model, version.document_id), records.get)


@taken_by("board_report")
@taken_by("regular_report")
def takes_report(version: DocumentVersion, user) -> bool:
    """A report says the same to everybody who reads it at all."""
    return True


@read_at("pack")
def pack_read_at(version: DocumentVersion) -> str:
    """Where one version of a pack is read, also one that was replaced."""
    if version.issued_at is None:
        return ""
    return f"{_pack_of(version).get_absolute_url()}/versions/{version.number}"


@read_at("regular_report")
def regular_read_at(version: DocumentVersion) -> str:
    """Where a regular report is read."""
    return _record_of(version, RegularReport.objects.filter(document=version.document_id)).get_absolute_url()


@read_at("board_report")
def board_read_at(version: DocumentVersion) -> str:
    """Where a report to a board is read."""
    return _record_of(version, BoardReport.objects.filter(pk=version.document.about_id)).get_absolute_url()


def may_read_whole(pack, user) -> bool:
    """Whether nothing of a pack is kept from this person: only they are handed the file that everybody shares."""
    if pack.version is None:
        return True
    return for_reader(pack.version.frozen, pack.meeting, user) == pack.version.frozen


def supplements_for(pack, user):
    """A pack's supplements that this person may read, in their order: those of its parts that are kept from them are not."""
    kept = parts_of(titles_kept_from(pack.meeting, user))
    about = {*kept, *(section for part in kept for section in SECTIONS[part])}
    return pack.supplements.exclude(part__in=about).order_by("number")


@dataclass
class PackCopy:
    """The newest copy of a pack that one reader asked for, and whether it still holds."""

    version: DocumentVersion
    gone: bool  # what its reader may read has changed since: nobody downloads it
    old: bool  # a correction has come out since

    @cached_property
    def printing(self) -> printing.Printing | None:
        """How far it is on its way to paper; None where it is printed, or given out no more."""
        return None if self.version.file_id or self.gone else printing.printing_of(COPIED_BY, self.version.pk)

    @property
    def is_ready(self) -> bool:
        """Printed, and still all theirs to read."""
        return self.version.file_id is not None and not self.gone


def copy_of(pack, user) -> PackCopy | None:
    """The newest copy that this person asked for, held against what they may read now."""
    if pack.document_id is None or pack.state != PackState.ISSUED:
        return None
    rows = pack.document.versions.filter(audience=Audience.PERSON, reader=user).select_related("file", "document")
    version = rows.order_by("-number").first()
    if version is None:
        return None
    shared = pack.document.versions.get(audience=Audience.EVERYONE, number=version.frozen["of"])
    now = for_reader(shared.frozen, pack.meeting, user)
    gone = {**version.frozen, "reader": "", "of": 0} != {**now, "reader": "", "of": 0}
    return PackCopy(version, gone=gone, old=shared.number != pack.version.number)
