"""Packs: planned when they are due, drafted, frozen, approved, and circulated once."""

from django.db import transaction

from core import audit, clock, documents, files, outbox, pdf, post, printing
from core.models import DocumentVersion, User
from core.roles import Permission, Role
from core.rules import refuse_if
from kpis.actions.child_counts import tell_child_counts
from kpis.actions.pack_commentary import ask_for_commentary
from kpis.choices import PackState
from kpis.models import Pack
from kpis.models.pack import PACK_MADE_AT, pack_clock
from kpis.papers.asking import commentary_of, days_to_chase
from kpis.papers.charts import with_drawings
from kpis.papers.check import small_numbers
from kpis.papers.children import frozen_children
from kpis.papers.pack import cover_facts, pack_facts
from kpis.rules.packs import why_not_approve
from panels.models import Meeting
from panels.models.moves import on_moved
from panels.models.room import may_chair, people_served

PRINTED_BY = "pack.issue"
TO_ISSUE = {PackState.FROZEN, PackState.APPROVED, PackState.STOPPED}
STAGES = ("pack.draft", "pack.freeze", PRINTED_BY)


@transaction.atomic
def plan_pack(meeting: Meeting, *, by: User | None) -> Pack | None:
    """Write down that a meeting's pack is due, with its three stages; once, whoever else does."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    if Pack.objects.filter(meeting=meeting).exists():
        return None

    days = pack_clock(meeting)
    refuse_if([] if days else ["The terms of this body ask for no pack."])

    pack = Pack.objects.create(meeting=meeting, is_late=clock.today() > days.issue_on)
    for kind, day in zip(STAGES, days, strict=True):
        outbox.enqueue(kind, subject=meeting.reference, due_at=clock.moment(day, PACK_MADE_AT))
    printing.expect(PRINTED_BY, meeting.reference)

    audit.record(
        "pack.planned", on=pack, by=by, authority=meeting.panel.authority, sentence=f"The pack for {meeting} is due."
    )
    return pack


@on_moved
@transaction.atomic
def follow_meeting(meeting: Meeting, *, by: User) -> Pack | None:
    """A meeting was moved: its pack's stages still to be done follow the new day, and nothing is made for the old one.

    Figures frozen for the old day are frozen and approved again for the new one. An issued pack stands.
    """
    pack = Pack.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    days = pack_clock(meeting)
    if pack is None or pack.state == PackState.ISSUED or days is None:
        return pack

    if pack.state != PackState.DUE:
        pack.state, pack.frozen_at, pack.approved_at, pack.approved_by = PackState.DRAFTED, None, None, None
    pack.is_late = clock.today() > days.issue_on
    pack.save()
    outbox.stop([meeting.reference])
    for kind, day in list(zip(STAGES, days, strict=True))[pack.state == PackState.DRAFTED :]:
        due_at = clock.moment(day, PACK_MADE_AT)
        outbox.enqueue(kind, subject=meeting.reference, due_at=due_at)
        outbox.start_again([meeting.reference], kind=kind, due_at=due_at)
    if pack.state == PackState.DRAFTED:
        pack.asked.update(due_on=days.freeze_on)
        _set_chases(pack)

    audit.record(
        "pack.moved", on=pack, by=by, authority=meeting.panel.authority, sentence=f"The pack follows {meeting} to its new day."
    )
    return pack


def _goes_ahead(pack: Pack) -> bool:
    """No pack is made for a meeting that will not be."""
    return pack.meeting.status not in {"cancelled", "not held"}


@transaction.atomic
def draft_pack(reference: str, *, by: User | None = None) -> Pack:
    """The draft can be read from now; whoever builds packs is told."""
    pack = Pack.objects.locked(reference)
    if pack.state != PackState.DUE or not _goes_ahead(pack):
        return pack

    pack.state, pack.drafted_at = PackState.DRAFTED, clock.now()
    pack.save()
    if not pack.is_late:
        ask_for_commentary(pack, by=by)
        _set_chases(pack)
        _tell(pack, "drafted", f"The pack for {pack.meeting} is drafted", _builders(pack))

    audit.record(
        "pack.drafted", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"Drafted the pack for {pack.meeting}.",
    )  # fmt: skip
    return pack


@transaction.atomic
def freeze_pack(reference: str, *, by: User | None = None) -> Pack:
    """The pack's facts are kept as they stand now; the chair is asked to approve them."""
    pack = draft_pack(reference, by=by)
    if pack.state != PackState.DRAFTED or not _goes_ahead(pack):
        return pack

    meeting = pack.meeting
    tell_child_counts(meeting.panel.authority, by=by)
    pack.document = documents.document_for(
        meeting, kind="pack", title=f"Pack for {meeting}", authority=meeting.panel.authority
    )
    documents.freeze(pack.document, pack_facts(meeting, commentary_of(pack)), why="Frozen for the meeting")
    pack.children = frozen_children(meeting.panel.authority_id)
    pack.state, pack.frozen_at = PackState.FROZEN, clock.now()
    pack.save()
    if meeting.terms.pack_needs_approval and not pack.is_late and meeting.chair_id:
        _tell(pack, "approve", f"The pack for {meeting} is ready to approve", [meeting.chair], "/approve")

    audit.record(
        "pack.frozen", on=pack, by=by, authority=meeting.panel.authority, sentence=f"Froze the pack for {meeting}."
    )
    return pack


@transaction.atomic
def approve_pack(pack: Pack, *, by: User) -> Pack:
    """The chair, or whoever may take the chair, approves the frozen pack."""
    pack = Pack.objects.locked(pack.meeting.reference)
    chairs = by.can(Permission.APPROVE_PACKS) and may_chair(pack.meeting, by)

    refuse_if(why_not_approve(pack.state, may_chair=chairs))

    pack.state, pack.approved_at, pack.approved_by = PackState.APPROVED, clock.now(), by
    pack.save()

    audit.record(
        "pack.approved", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"Approved the pack for {pack.meeting}.",
    )  # fmt: skip
    return pack


@transaction.atomic
def issue_pack(reference: str, *, by: User | None = None) -> str:
    """Print the frozen pack once, keep it by its hash, and send everybody served a link; its SHA-256.

    A small count of children stops it. Approved or not, it goes on its day, and says which. It is printed
    before the pack is held, so that nobody who approves it waits for the printer.
    """
    ahead = _printed_ahead(reference)
    pack = freeze_pack(reference, by=by)
    if pack.state not in TO_ISSUE or not _goes_ahead(pack):
        return pack.version.file.sha256 if pack.state == PackState.ISSUED else ""

    version = pack.version
    pack.is_late = _is_late(pack)
    found = small_numbers(version.frozen)
    if found:
        _stop(pack, found)
    else:
        _keep(pack, version, ahead.get(_said_on_cover(pack)) or _printed(pack, version))
        _circulate(pack)

    audit.record(
        "pack.stopped" if found else "pack.issued", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"{'Stopped' if found else 'Circulated'} the pack for {pack.meeting}.",
    )  # fmt: skip
    return version.file.sha256 if version.file_id else ""


def _printed_ahead(reference: str) -> dict[tuple, bytes]:
    """The PDF of a pack that is ready to go, by what its cover says of approval and lateness; none of one that is not ready."""
    pack = Pack.objects.select_related("meeting__panel__authority", "meeting__terms", "approved_by").get(meeting__reference=reference)
    if pack.state not in TO_ISSUE or not _goes_ahead(pack) or small_numbers(pack.version.frozen):
        return {}
    pack.is_late = _is_late(pack)
    return {_said_on_cover(pack): _printed(pack, pack.version)}


def _is_late(pack: Pack) -> bool:
    return pack.is_late or clock.today() > pack_clock(pack.meeting).issue_on


def _said_on_cover(pack: Pack) -> tuple:
    """What may change while it is printed."""
    return pack.version.pk, pack.approved_by_id, pack.is_late


def _stop(pack: Pack, found: list[str]) -> None:
    """A failed check keeps the pack in the building, and says why."""
    pack.state, pack.problem = PackState.STOPPED, " ".join(found)[:2000]
    pack.save()
    _tell(pack, "stopped", f"The pack for {pack.meeting} was stopped", _builders(pack))


def _printed(pack: Pack, version: DocumentVersion, correction=None) -> bytes:
    """The PDF, from frozen facts and what the cover says of its issue."""
    charts = with_drawings(version.frozen.get("charts", []), on_paper=True)
    facts = {"pack": version.frozen, "charts": charts, "cover": cover_facts(pack, clock.today(), version, correction)}
    tell = printing.Telling(PRINTED_BY, pack.meeting.reference)
    return pdf.render_pdf("kpis/print/pack.html", facts, title=version.document.title, tell=tell)


def _keep(pack: Pack, version: DocumentVersion, content: bytes) -> None:
    """The PDF is kept by its hash, and the version is issued."""
    version.file = files.store(
        content, name=f"pack-{pack.meeting.reference}-{version.number}.pdf", media_type="application/pdf",
        authority=version.document.authority,
    )  # fmt: skip
    version.issued_at = clock.now()
    version.save()


@transaction.atomic
def print_correction(reference: str, *, by: User | None = None) -> str:
    """Print an approved correction once, and tell everybody served; gives the SHA-256 of the PDF in force.

    It is printed before the pack is held, so that nobody waits for the printer.
    """
    pack = Pack.objects.select_related("meeting__panel__authority", "meeting__terms").get(meeting__reference=reference)
    waits = pack.correcting
    if waits is None or not waits.is_approved:
        return pack.version.file.sha256
    content = _printed(pack, waits.version, waits)
    pack = Pack.objects.locked(reference)
    again = pack.correcting
    if again is None or again.pk != waits.pk:
        return pack.version.file.sha256

    version = again.version
    _keep(pack, version, content)
    members = [person for _, person in people_served(pack.meeting)]
    _tell(pack, f"corrected.{version.number}", f"The pack for {pack.meeting} was corrected", members)

    audit.record(
        "pack.reissued", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"Circulated version {version.number} of the pack for {pack.meeting}.",
    )  # fmt: skip
    return version.file.sha256


def _circulate(pack: Pack) -> None:
    """Each member, and nobody who is only invited, gets one email with one link."""
    pack.state, pack.issued_at, pack.problem = PackState.ISSUED, clock.now(), ""
    pack.save()
    if not pack.is_late or pack.meeting.starts_at > clock.now():
        members = [person for _, person in people_served(pack.meeting)]
        _tell(pack, "issued", f"The pack for {pack.meeting} can be read", members)


def _set_chases(pack: Pack) -> None:
    """The days on which commentary that is missing is asked for again."""
    for day in days_to_chase(pack.meeting):
        if day > clock.today():
            outbox.enqueue("pack.chase", subject=pack.reference, due_at=clock.moment(day, PACK_MADE_AT))


def _builders(pack: Pack) -> list[User]:
    """Whoever builds packs in the authority."""
    return list(User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=pack.meeting.panel.authority))


def _tell(pack: Pack, what: str, subject: str, people: list[User], tail: str = "") -> None:
    """One message to each, once for ever."""
    post.send_each(
        f"pack.{what}", people, key=f"pack:{what}:{pack.meeting.reference}:{pack.meeting.sequence}", subject=subject,
        body=f"{subject}.", link=f"{pack.get_absolute_url()}{tail}", about=pack,
    )  # fmt: skip
