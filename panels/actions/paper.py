"""Papers: frozen once, read by those not kept from them, and joined by what the chair takes late."""

from django.db import transaction
from django.db.models import F, Max

from core import audit, binding, clock, documents, files, outbox, post, scanner
from core.actions.stored_file import record_scan
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.choices import STILL_TO_COME
from panels.models import AgendaItem, Meeting, PaperRead, Recusal, Supplement
from panels.models.contents import contents_of, section
from panels.models.request_words import request_facts
from panels.models.room import may_chair, people_served
from panels.models.young_person import young_person_sections
from panels.rules.papers import (
    why_not_answer_late,
    why_not_offer_late,
    why_not_renumber,
    why_not_take_file,
)
from referrals.actions.access import give_access_each
from referrals.choices import Basis
from referrals.models.kept_file import against_keeping

SIGNS_A_PAGE = 3000


def freeze_papers(meeting: Meeting, items, *, by: User) -> None:
    """Under its caller's lock, keep each referral as signed, each report as written, each standing item's contents as they are."""
    told = {}
    for item in items:
        item.meeting = meeting
        sections = contents_of(meeting, item) + _of_its_own(item)
        facts = {**item.referral.paper_facts(), "request": request_facts(item)} if item.referral else {"sections": sections}
        if item.referral or sections:
            told[item] = (item.title, facts)
    for item, version in documents.freeze_each(told, kind="panel_paper", authority=meeting.panel.authority, why="Circulated").items():
        item.paper = version
    AgendaItem.objects.bulk_update(told, ["paper"])


def _of_its_own(item: AgendaItem) -> list[dict]:
    """What was written for an item, and the young person or the proposal that it puts to the body."""
    asked = getattr(item, "high_risk_request", None)
    found = young_person_sections(asked) if asked is not None else []
    found += [section(item.title, words=item.written)] if item.written else []
    proposal = getattr(item, "alteration", None)
    if proposal is not None:
        found.append({**section("What is proposed, and why", words=proposal.reason), "url": proposal.get_absolute_url()})
    return found


def give_papers(items, served, *, by: User) -> None:
    """Under its caller's lock, let each person served read each referral that they are not out of."""
    out = set(Recusal.objects.filter(item__in=items, withdrawn_at=None).values_list("item_id", "person_id"))
    for item in items:
        readers = [person for person in served if (item.pk, person.pk) not in out]
        give_access_each(item.referral, readers, basis=Basis.PAPER, told_by=item.meeting.reference, by=by)


@transaction.atomic
def write_paper(item: AgendaItem, *, words: str, by: User) -> AgendaItem:
    """Keep the paper of a report or other item that is about no child, until it goes out with the others."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    reasons = [] if meeting.status in STILL_TO_COME else ["This meeting has been held, cancelled or closed."]
    reasons += why_not_renumber(meeting.circulated_at is not None)
    refuse_if(reasons + (["The paper of a referral is the referral itself."] if item.referral_id else []))

    item.written = words
    item.save(update_fields=["written"])

    audit.record(
        "paper.written", on=item, by=by, authority=meeting.panel.authority, sentence=f"Wrote the paper of item {item.number} of {meeting}."
    )
    return item


@transaction.atomic
def offer_supplement(item: AgendaItem, *, words: str, change_note: str, upload: tuple[str, bytes | None] | None = None,
                     by: User) -> Supplement:  # fmt: skip
    """Offer a late paper, typed, as a file or both, for an item whose papers are out; it waits for the chair.

    `upload` is a file's name with its bytes (None: too large to read).
    """
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    reasons = why_not_offer_late(went_out=meeting.circulated_at is not None, is_open=meeting.status in STILL_TO_COME)
    reasons += [] if words.strip() or upload else [FieldReason("words", "Write the late paper, or choose a file.")]
    refuse_if(reasons + (against_keeping(*upload, field="file") if upload else []))

    file = files.store(upload[1], name=upload[0], by=by, authority=meeting.panel.authority) if upload else None
    pages = -(-len(words) // SIGNS_A_PAGE) + (max(1, binding.pages_of(upload[1])) if file else 0)
    late = Supplement.objects.create(
        meeting=meeting, item=item, words=words, change_note=change_note.strip(), pages=pages, file=file, offered_by=by
    )
    if file and scanner.is_set():
        outbox.enqueue("supplement.scan", subject=file.reference)
    _tell_chair(meeting, item, late)

    audit.record(
        "supplement.offered", on=late, by=by, authority=meeting.panel.authority,
        sentence=f"Offered a late paper for item {item.number} of {meeting}.",
    )  # fmt: skip
    return late


def _tell_chair(meeting: Meeting, item: AgendaItem, late: Supplement) -> None:
    """The chair hears that a late paper waits, unless they are out of its item."""
    if meeting.chair and not item.recusals.filter(person=meeting.chair, withdrawn_at=None).exists():
        post.send(
            "meeting.supplement_offered", key=f"supplement-offered:{late.pk}", to=meeting.chair, about=meeting,
            subject=f"A late paper for {meeting} waits for you", link=f"{meeting.get_absolute_url()}/late",
            body=f"It is for item {item.number}. You take it or not.",
        )  # fmt: skip


@transaction.atomic
def scan_supplement(late: Supplement, *, by: User | None) -> Supplement:
    """Ask the scanner about the file of one late paper; whoever offered a file with a virus is told."""
    virus = scanner.scan(files.read(late.file))
    record_scan(late.file, virus=virus, by=by)
    if virus:
        post.send(
            "supplement.virus", key=f"virus:{late.file.reference}", to=late.offered_by, about=late.meeting,
            subject=f"A late paper for {late.meeting} has a virus", link=f"{late.meeting.get_absolute_url()}/late",
            body="The virus scanner found a virus in a file you offered. Nobody can open it. Offer a clean copy.",
        )  # fmt: skip

    audit.record(
        "supplement.scanned", on=late, by=by, authority=late.meeting.panel.authority,
        sentence=f"The file of a late paper for {late.meeting} was scanned.",
    )  # fmt: skip
    return late


def _locked(late: Supplement) -> Supplement:
    return Supplement.objects.select_for_update(of=("self",)).select_related("item", "meeting__panel", "file").get(pk=late.pk)


def _why_not_answer(late: Supplement, by: User, *, refuses: bool = False, because: str = "") -> list[str]:
    """What the rule asks about the chair's answer to one late paper."""
    return why_not_answer_late(
        chairs=by.acting.role != "PA" and may_chair(late.meeting, by), refuses=refuses, because=because,
        is_out=late.item.recusals.filter(person=by, withdrawn_at=None).exists(),
        is_answered=late.accepted_at is not None or late.refused_at is not None,
    )  # fmt: skip


@transaction.atomic
def accept_supplement(late: Supplement, *, by: User) -> Supplement:
    """The chair takes a late paper: it stands beside the pack under page numbers of its own, and members are told."""
    meeting = Meeting.objects.locked().get(pk=late.meeting_id)
    late = _locked(late)
    reasons = [] if meeting.status in STILL_TO_COME else ["This meeting has been held, cancelled or closed."]

    reasons += why_not_take_file(has_file=late.file is not None, may_be_opened=late.file is None or late.may_be_opened)
    refuse_if(reasons + _why_not_answer(late, by))

    last = meeting.supplements.accepted().aggregate(page=Max(F("first_page") + F("pages") - 1))["page"] or 0
    late.first_page, late.accepted_at, late.accepted_by = last + 1, clock.now(), by
    late.save()
    _tell_members(meeting, late)

    audit.record(
        "supplement.accepted", on=late, by=by, authority=meeting.panel.authority,
        sentence=f"Took a late paper for item {late.item.number} of {meeting}, page {late.page_label}.",
    )  # fmt: skip
    return late


def _tell_members(meeting: Meeting, late: Supplement) -> None:
    """Everybody served who is not out of the item hears of the late paper."""
    out = set(late.item.recusals.filter(withdrawn_at=None).values_list("person_id", flat=True))
    readers = [person for _, person in people_served(meeting) if person.pk not in out]
    post.send_each(
        "meeting.supplement", readers, key=f"supplement:{meeting.reference}:{late.pk}", about=meeting,
        subject=f"A late paper for {meeting}",
        body=f"The chair has taken a late paper for item {late.item.number}: page {late.page_label}. The pages sent before are unchanged.",
        link=f"{meeting.get_absolute_url()}/papers",
    )  # fmt: skip


@transaction.atomic
def refuse_supplement(late: Supplement, *, because: str, by: User) -> Supplement:
    """The chair does not take a late paper; whoever offered it is told."""
    late = _locked(late)

    refuse_if(_why_not_answer(late, by, refuses=True, because=because))

    late.refused_at, late.refused_by, late.refused_because = clock.now(), by, because
    late.save()
    post.send(
        "meeting.supplement_refused", key=f"supplement-refused:{late.pk}", to=late.offered_by, about=late.meeting,
        subject=f"The chair did not take a late paper for {late.meeting}",
        body=f"It was for item {late.item.number}. The reason is on the page.", link=f"{late.meeting.get_absolute_url()}/late",
    )  # fmt: skip

    audit.record(
        "supplement.refused", on=late, by=by, authority=late.meeting.panel.authority,
        sentence=f"Did not take a late paper for item {late.item.number} of {late.meeting}.",
    )  # fmt: skip
    return late


@transaction.atomic
def mark_paper(item: AgendaItem, *, note: str, has_read: bool, by: User) -> PaperRead:
    """Keep a reader's own notes on a paper, and that they have read it; nobody else sees either."""
    mark, _ = PaperRead.objects.get_or_create(item=item, person=by)
    mark.note = note
    if has_read and mark.read_at is None:
        mark.read_at = clock.now()
    mark.save()

    audit.record(
        "paper.marked", on=item, by=by, authority=item.meeting.panel.authority,
        sentence=f"Marked the paper of item {item.number} of {item.meeting}.",
    )  # fmt: skip
    return mark
