"""Subject access: written down, gathered, read through, judged for harm, checked, made and given, each by whose step it is."""

from datetime import date
from io import BytesIO

from django.db import transaction

from core import audit, binding, clock, files, outbox
from core.late import Late
from core.models import User
from core.roles import Permission
from core.rules import FieldReason, refuse_if
from kpis.models import SubjectEntry, SubjectRequest
from kpis.models.subject_access import RequestState
from kpis.papers.subject_words import everything_about, others_named
from kpis.rules.subject_access import (
    answer_by,
    names_left,
    why_not_check,
    why_not_extend,
    why_not_finish,
    why_not_gather,
    why_not_give,
    why_not_give_file,
    why_not_judge_harm,
    why_not_receive,
    why_not_redact,
    without_names,
)
from referrals.models import Child

pypdf = Late("pypdf")

P = Permission


def _locked(request: SubjectRequest) -> SubjectRequest:
    return SubjectRequest.objects.select_for_update(of=("self",)).select_related("child").get(pk=request.pk)


def _may(by: User, permission: Permission, request: SubjectRequest) -> bool:
    return by.can(permission) and SubjectRequest.objects.visible_to(by).filter(pk=request.pk).exists()



@transaction.atomic
def receive_request(child: Child, *, asked_by: str, asker_name: str, identity_seen: str, received_on: date, by: User) -> SubjectRequest:
    """Write down a request on the day it came; its month runs from that day."""
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    may = by.can(P.KEEP_SUBJECT_REQUESTS) and Child.objects.visible_to(by).filter(pk=child.pk).exists()

    refuse_if(why_not_receive(
        may=may, received_on=received_on, today=clock.today(), is_open=SubjectRequest.objects.open().filter(child=child).exists()
    ))  # fmt: skip

    request = SubjectRequest.objects.create(
        authority_id=child.authority_id, child=child, asked_by=asked_by, asker_name=asker_name, identity_seen=identity_seen,
        received_on=received_on, due_on=answer_by(received_on), entered_by=by,
    )  # fmt: skip

    audit.record("subject_request.received", on=request, by=by, child=child, authority=child.authority, sentence=f"Wrote down subject access request {request.reference}.")
    return request


@transaction.atomic
def extend_request(request: SubjectRequest, *, because: str, by: User) -> SubjectRequest:
    """Give two months more, once, with the reason that the requester is told."""
    request = _locked(request)

    refuse_if(why_not_extend(
        may=_may(by, P.KEEP_SUBJECT_REQUESTS, request), is_open=request.state != RequestState.GIVEN, was_extended=request.extended_on is not None,
        due_on=request.due_on, today=clock.today(), because=because,
    ))  # fmt: skip

    request.extended_on, request.extended_because = clock.today(), because.strip()[:300]
    request.due_on = answer_by(request.received_on, 3)
    request.save()

    audit.record("subject_request.extended", on=request, by=by, child=request.child, authority=request.authority, sentence=f"Extended subject access request {request.reference} by two months.")
    return request


@transaction.atomic
def gather_record(request: SubjectRequest, *, by: User) -> SubjectRequest:
    """Put everything that is kept about the child into the request, other people's names taken out."""
    request = _locked(request)

    refuse_if(why_not_gather(may=_may(by, P.KEEP_SUBJECT_REQUESTS, request), state=request.state))

    names = others_named(request.child)
    request.entries.all().delete()
    SubjectEntry.objects.bulk_create(
        [
            SubjectEntry(
                request=request, order=order, source=found.source, heading=found.heading, words=found.words,
                given=without_names(found.words, names), file=found.file,
            )
            for order, found in enumerate(everything_about(request.child), 1)
        ],
        batch_size=500,
    )  # fmt: skip
    request.state = RequestState.REDACTING
    request.save()

    audit.record("subject_request.gathered", on=request, by=by, child=request.child, authority=request.authority, sentence=f"Gathered the record for subject access request {request.reference}.")
    return request


@transaction.atomic
def redact_entry(entry: SubjectEntry, *, given: str, withheld: str = "", because: str = "", version: int, upload: tuple[str, bytes] | None = None, by: User) -> SubjectEntry:
    """Settle one part: the words that are given, or why it is withheld; and of a file, what is given in its place."""
    request = _locked(entry.request)
    entry = SubjectEntry.objects.select_for_update(of=("self",)).select_related("file").get(pk=entry.pk)
    names = others_named(request.child)
    reasons = why_not_redact(
        may=_may(by, P.KEEP_SUBJECT_REQUESTS, request), state=request.state, withheld=withheld, because=because, left=names_left(given, names)
    )
    if entry.version != version:
        reasons.append("Somebody else changed this part meanwhile: look at it again.")
    content, media_type = _cleaned(entry, upload, names) if entry.file_id and not withheld else (b"", "")
    if entry.file_id and not withheld:
        reasons += _why_not_file(content, media_type, names)

    refuse_if(reasons)

    entry.given, entry.withheld, entry.because = given, withheld, because.strip()[:300]
    entry.given_file = (
        files.store(content, name=f"part-{entry.order}.{'pdf' if media_type == 'application/pdf' else 'txt'}", by=by, authority=request.authority)
        if content else None
    )  # fmt: skip
    entry.looked_at, entry.looked_by, entry.version = clock.now(), by, entry.version + 1
    entry.save()

    audit.record("subject_request.redacted", on=request, by=by, child=request.child, authority=request.authority, sentence=f"Settled part {entry.order} of subject access request {request.reference}.")
    return entry


def _cleaned(entry: SubjectEntry, upload: tuple[str, bytes] | None, names: list[str]) -> tuple[bytes, str]:
    """The file that would be given and its kind: a PDF's pages alone, its older versions and notes about itself gone; text without names."""
    content = upload[1] if upload else files.read(entry.file)
    media_type = files.sniff(content or b"")
    if media_type == "application/pdf":
        return binding.only_pages(content) or b"", media_type
    if media_type == "text/plain":
        return without_names(content.decode("utf-8"), names).encode(), media_type
    return content or b"", media_type


def _why_not_file(content: bytes, media_type: str, names: list[str]) -> list[str]:
    """Reasons against giving these bytes, beside the file."""
    pages = binding.pages_of(content) if media_type == "application/pdf" else 0
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages) if pages else ""
    left = names_left(words + (content.decode() if media_type == "text/plain" else ""), names)
    return [FieldReason("files", reason) for reason in why_not_give_file(media_type=media_type, pages=pages, left=left)]


def unread_of(request: SubjectRequest):
    """Parts that somebody has still to look at: files, and words from which a name was taken out."""
    return [entry for entry in request.entries.filter(looked_at=None).order_by("order") if entry.file_id or entry.given != entry.words]


@transaction.atomic
def finish_redacting(request: SubjectRequest, *, by: User) -> SubjectRequest:
    """The reading is finished: a manager judges harm next."""
    request = _locked(request)

    refuse_if(why_not_finish(may=_may(by, P.KEEP_SUBJECT_REQUESTS, request), state=request.state, unread=len(unread_of(request))))

    request.state, request.redacted_at, request.redacted_by = RequestState.HARM, clock.now(), by
    request.save()

    audit.record("subject_request.read", on=request, by=by, child=request.child, authority=request.authority, sentence=f"Finished reading through subject access request {request.reference}.")
    return request


@transaction.atomic
def judge_harm(request: SubjectRequest, *, words: str, by: User) -> SubjectRequest:
    """A manager says that what is given would do nobody serious harm, or what has to be withheld for it."""
    request = _locked(request)

    refuse_if(why_not_judge_harm(
        may=_may(by, P.JUDGE_HARM, request), state=request.state, is_reader=request.redacted_by_id == by.pk, words=words
    ))  # fmt: skip

    request.state, request.harm_words = RequestState.CHECK, words.strip()[:500]
    request.harm_judged_at, request.harm_judged_by = clock.now(), by
    request.save()

    audit.record("subject_request.judged", on=request, by=by, child=request.child, authority=request.authority, sentence=f"Judged serious harm for subject access request {request.reference}.")
    return request


@transaction.atomic
def check_disclosure(request: SubjectRequest, *, agrees: bool, because: str = "", by: User) -> SubjectRequest:
    """A third person checks it: the pack is made, or it is read through again."""
    request = _locked(request)

    refuse_if(why_not_check(
        may=_may(by, P.CHECK_DISCLOSURES, request), state=request.state, had_part=by.pk in {request.redacted_by_id, request.harm_judged_by_id},
        agrees=agrees, because=because,
    ))  # fmt: skip

    if agrees:
        request.state, request.checked_at, request.checked_by, request.sent_back_because = RequestState.MAKING, clock.now(), by, ""
        outbox.enqueue("disclosure.make", subject=request.reference)
    else:
        request.state, request.sent_back_because = RequestState.REDACTING, because.strip()[:500]
        request.redacted_at = request.redacted_by = request.harm_judged_at = request.harm_judged_by = None
    request.save()

    word = "Checked" if agrees else "Sent back"
    audit.record("subject_request.checked", on=request, by=by, child=request.child, authority=request.authority, sentence=f"{word} subject access request {request.reference}.")
    return request


@transaction.atomic
def give_pack(request: SubjectRequest, *, given_on: date, how: str, by: User) -> SubjectRequest:
    """Write down that the pack was given, when and how."""
    request = _locked(request)

    refuse_if(why_not_give(may=_may(by, P.KEEP_SUBJECT_REQUESTS, request), state=request.state, given_on=given_on, today=clock.today(), how=how))

    request.state, request.given_on, request.given_how = RequestState.GIVEN, given_on, how.strip()[:200]
    request.save()

    audit.record("subject_request.given", on=request, by=by, child=request.child, authority=request.authority, sentence=f"Gave the pack of subject access request {request.reference}.")
    return request
