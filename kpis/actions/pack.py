"""Packs: planned when they are due, drafted, frozen, approved, and circulated once."""

from django.db import transaction

from core import audit, clock, documents, files, outbox, pdf, post
from core.models import DocumentVersion, User
from core.roles import Permission, Role
from core.rules import refuse_if
from kpis.choices import PackState
from kpis.models import Pack
from kpis.models.pack import PACK_MADE_AT, pack_clock
from kpis.papers.check import small_numbers
from kpis.papers.pack import cover_facts, pack_facts
from kpis.rules.packs import why_not_approve
from panels.models import Meeting
from panels.models.room import may_chair, people_served

STAGES = ("pack.draft", "pack.freeze", "pack.issue")


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

    audit.record(
        "pack.planned", on=pack, by=by, authority=meeting.panel.authority, sentence=f"The pack for {meeting} is due."
    )
    return pack


def _locked(meeting_reference: str) -> Pack:
    rows = Pack.objects.select_for_update(of=("self",)).select_related("meeting__panel__authority", "meeting__terms")
    return rows.get(meeting__reference=meeting_reference)


def _goes_ahead(pack: Pack) -> bool:
    """No pack is made for a meeting that will not be."""
    return pack.meeting.status not in {"cancelled", "not held"}


@transaction.atomic
def draft_pack(reference: str, *, by: User | None = None) -> Pack:
    """The draft can be read from now; whoever builds packs is told."""
    pack = _locked(reference)
    if pack.state != PackState.DUE or not _goes_ahead(pack):
        return pack

    pack.state, pack.drafted_at = PackState.DRAFTED, clock.now()
    pack.save()
    if not pack.is_late:
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
    pack.document = documents.document_for(
        meeting, kind="pack", title=f"Pack for {meeting}", authority=meeting.panel.authority
    )
    documents.freeze(pack.document, pack_facts(meeting), why="Frozen for the meeting")
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
    pack = _locked(pack.meeting.reference)
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

    A small count of children stops it. Approved or not, it goes on its day, and says which.
    """
    pack = freeze_pack(reference, by=by)
    if pack.state not in {PackState.FROZEN, PackState.APPROVED, PackState.STOPPED} or not _goes_ahead(pack):
        return pack.version.file.sha256 if pack.state == PackState.ISSUED else ""

    version = pack.version
    found = small_numbers(version.frozen)
    if found:
        _stop(pack, found)
    else:
        _print(pack, version)
        _circulate(pack)

    audit.record(
        "pack.stopped" if found else "pack.issued", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"{'Stopped' if found else 'Circulated'} the pack for {pack.meeting}.",
    )  # fmt: skip
    return version.file.sha256 if version.file_id else ""


def _stop(pack: Pack, found: list[str]) -> None:
    """A failed check keeps the pack in the building, and says why."""
    pack.state, pack.problem = PackState.STOPPED, " ".join(found)[:2000]
    pack.save()
    _tell(pack, "stopped", f"The pack for {pack.meeting} was stopped", _builders(pack))


def _print(pack: Pack, version: DocumentVersion) -> None:
    """The PDF, from frozen facts and what the cover says of its issue."""
    content = pdf.render_pdf(
        "kpis/print/pack.html", {"pack": version.frozen, "cover": cover_facts(pack, clock.today())},
        title=version.document.title,
    )  # fmt: skip
    version.file = files.store(
        content, name=f"pack-{pack.meeting.reference}-{version.number}.pdf", media_type="application/pdf",
        authority=version.document.authority,
    )  # fmt: skip
    version.issued_at = clock.now()
    version.save()


def _circulate(pack: Pack) -> None:
    """Each member, and nobody who is only invited, gets one email with one link."""
    pack.state, pack.issued_at, pack.problem = PackState.ISSUED, clock.now(), ""
    pack.save()
    if not pack.is_late or pack.meeting.starts_at > clock.now():
        members = [person for _, person in people_served(pack.meeting)]
        _tell(pack, "issued", f"The pack for {pack.meeting} can be read", members)


def _builders(pack: Pack) -> list[User]:
    """Whoever builds packs in the authority."""
    rows = User.objects.holding(Role.PANEL_ADMINISTRATOR)
    return list(rows.filter(roles_held__authority=pack.meeting.panel.authority).distinct())


def _tell(pack: Pack, what: str, subject: str, people: list[User], tail: str = "") -> None:
    """One message to each, once for ever."""
    post.send_each(
        f"pack.{what}", people, key=f"pack:{what}:{pack.meeting.reference}", subject=subject,
        body=f"{subject}.", link=f"{pack.get_absolute_url()}{tail}", about=pack,
    )  # fmt: skip
