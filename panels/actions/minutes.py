"""Minutes: drafted from what was recorded, checked by the chair, agreed at a later meeting."""

from django.db import transaction

from core import audit, clock, documents, files, pdf, post, printing
from core.models import User
from core.rules import refuse_if
from panels.choices import MeetingStatus, MinutesState
from panels.models import Meeting, Minutes
from panels.models.minute_words import words_of
from panels.models.room import may_chair, people_copied
from panels.rules.minutes import MinutesAgreement, why_not_agree, why_not_change

PRINTED_BY = "minutes.print"


@transaction.atomic
def draft_minutes(meeting: Meeting, *, by: User) -> Minutes:
    """Compose the draft; composing again takes in what was agreed since, until they are agreed."""
    minutes = Minutes.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()

    refuse_if(why_not_change(minutes is not None and minutes.state == MinutesState.AGREED))

    minutes = minutes or Minutes(meeting=meeting, drafted_at=clock.now())
    minutes.words, minutes.version = words_of(meeting), minutes.version + 1
    minutes.first_words = minutes.first_words or minutes.words
    minutes.save()
    _print_draft(minutes)

    audit.record(
        "minutes.drafted", on=minutes, by=by, authority=meeting.panel.authority,
        sentence=f"Drafted the minutes of {meeting}.",
    )  # fmt: skip
    return minutes


def _print_draft(minutes: Minutes) -> None:
    """Freeze the draft by itself and have it printed: those who minute and chair read it on paper at once."""
    meeting = minutes.meeting
    document = documents.document_for(
        meeting, kind="draft minutes", title=f"Draft minutes of {meeting}", authority=meeting.panel.authority
    )
    version = documents.freeze(document, {**minutes.words, "state": minutes.state}, why="Drafted")
    printing.due(PRINTED_BY, version.pk)


def _locked(minutes: Minutes) -> Minutes:
    """The minutes with their meeting, its body and terms, their row held until the deed is done."""
    rows = Minutes.objects.select_for_update(of=("self",)).select_related("meeting__panel__authority", "meeting__terms", "meeting__chair")
    return rows.get(pk=minutes.pk)


@transaction.atomic
def send_minutes_to_chair(minutes: Minutes, *, by: User) -> Minutes:
    """Ask the chair to check the draft."""
    minutes = _locked(minutes)
    chair = minutes.meeting.chair
    reasons = why_not_change(minutes.state == MinutesState.AGREED)
    refuse_if(reasons + ([] if chair else ["Nobody holds the chair's seat."]))

    minutes.sent_to_chair_at = clock.now()
    minutes.save()
    post.send(
        "minutes.to_check", key=f"check:{minutes.meeting.reference}:{minutes.version}", to=chair,
        subject=f"Minutes of {minutes.meeting} to check", about=minutes.meeting,
        body=f"The draft minutes of {minutes.meeting} are ready for you to check.",
        link=f"{minutes.meeting.get_absolute_url()}/minutes",
    )  # fmt: skip

    audit.record(
        "minutes.sent", on=minutes, by=by, authority=minutes.meeting.panel.authority,
        sentence=f"Sent the minutes of {minutes.meeting} to the chair.",
    )  # fmt: skip
    return minutes


@transaction.atomic
def check_minutes(minutes: Minutes, *, by: User) -> Minutes:
    """The chair has checked the draft: it is copied to every member, marked draft, and printed."""
    minutes = _locked(minutes)
    reasons = why_not_change(minutes.state == MinutesState.AGREED)
    if not may_chair(minutes.meeting, by) or by.acting.role == "PA":
        reasons.append("Only the chair checks the minutes.")

    refuse_if(reasons)

    minutes.words = words_of(minutes.meeting)
    minutes.state, minutes.checked_at, minutes.checked_by = MinutesState.CHECKED, clock.now(), by
    minutes.version += 1
    _copy(minutes, f"Draft minutes of {minutes.meeting}", "Checked by the chair")
    minutes.save()

    audit.record(
        "minutes.checked", on=minutes, by=by, authority=minutes.meeting.panel.authority,
        sentence=f"The chair checked the minutes of {minutes.meeting}.",
    )  # fmt: skip
    return minutes


@transaction.atomic
def agree_minutes(minutes: Minutes, *, at_meeting: Meeting, by: User) -> Minutes:
    """A later meeting agrees them: locked, copied again, printed."""
    minutes = _locked(minutes)
    meeting = minutes.meeting
    agreement = MinutesAgreement(
        met_at=meeting.starts_at, agreeing_met_at=at_meeting.starts_at,
        is_same_panel=at_meeting.panel_id == meeting.panel_id,
        was_held=at_meeting.started_at is not None, were_sent=minutes.checked_at is not None,
        is_agreed=minutes.state == MinutesState.AGREED,
    )  # fmt: skip

    reasons = why_not_agree(agreement)
    if not may_chair(at_meeting, by) or by.acting.role == "PA":
        reasons.append("The chair says that the meeting agreed them.")
    refuse_if(reasons)

    minutes.state, minutes.agreed_at, minutes.agreed_by = MinutesState.AGREED, clock.now(), by
    minutes.agreed_at_meeting, minutes.version = at_meeting, minutes.version + 1
    _copy(minutes, f"Minutes of {meeting}", f"Agreed at {at_meeting}")
    minutes.save()
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.MINUTES_AGREED)

    audit.record(
        "minutes.agreed", on=minutes, by=by, authority=meeting.panel.authority,
        sentence=f"The minutes of {meeting} were agreed.",
    )  # fmt: skip
    return minutes


def _copy(minutes: Minutes, subject: str, why: str) -> None:
    """Freeze a version, have it printed, and send everybody served a link."""
    meeting = minutes.meeting
    minutes.document = documents.document_for(
        meeting, kind="minutes", title=f"Minutes of {meeting}", authority=meeting.panel.authority
    )
    version = documents.freeze(minutes.document, {**minutes.words, "state": minutes.state}, why=why)
    printing.due(PRINTED_BY, version.pk)
    post.send_each(
        "meeting.minutes", [person for _, person in people_copied(meeting)],
        key=f"minutes:{meeting.reference}:{version.number}", subject=subject,
        body=f"{subject} can be read.", about=meeting, link=f"{meeting.get_absolute_url()}/minutes",
    )  # fmt: skip


@transaction.atomic
def print_minutes(version, *, by: User | None = None) -> str:
    """Make the PDF of one frozen version, from its frozen facts only, and store it once."""
    if version.file_id:
        return version.file.sha256
    content = pdf.render_pdf(
        "panels/print/minutes.html", {"minutes": version.frozen, "version": version},
        title=version.document.title, tell=printing.Telling(PRINTED_BY, version.pk),
    )  # fmt: skip
    version.file = files.store(
        content, name=f"minutes-{version.document.reference}-{version.number}.pdf",
        media_type="application/pdf", authority=version.document.authority,
    )  # fmt: skip
    version.issued_at = clock.now()
    version.save()

    audit.record(
        "minutes.printed", on=version, by=by, authority=version.document.authority,
        sentence=f"Printed {version.document.title}, version {version.number}.",
    )  # fmt: skip
    return version.file.sha256
