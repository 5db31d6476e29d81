"""Minutes: read with their gaps, mended, sent and checked; agreed at a later meeting; on paper and in Word."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import printing
from core.actions.printing import print_again
from core.models import Document
from core.roles import Permission
from core.rules import refuse_if
from core.views.bases import ActionView, ButtonDeed, RecordDetail
from core.views.files import attachment, stored_attachment
from panels.actions.live import save_note
from panels.actions.minutes import (
    PRINTED_BY,
    agree_minutes,
    check_minutes,
    draft_minutes,
    send_minutes_to_chair,
)
from panels.choices import MinutesState
from panels.models import Meeting, Minutes
from panels.models.minute_words import changes_between, gaps_of
from panels.models.room import may_chair
from panels.models.stale import StaleNote
from panels.papers import minutes_document
from panels.views.live_deeds import number_of, plain
from panels.views.meeting import ForTheChair, MeetingRecord

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ReadMinutes(MeetingRecord, ActionView):
    """The minutes as this person may read them, and the next step for whoever has it."""

    permission = Permission.READ_PAPERS

    def load(self):
        meeting = super().load()
        self.minutes = Minutes.objects.select_related("checked_by", "agreed_at_meeting").filter(meeting=meeting).first()
        return meeting

    def get_context_data(self, **kwargs):
        meeting, user, minutes = self.record, self.request.user, self.minutes
        words = dict(minutes.words) if minutes else None
        if words:
            versions = dict(meeting.items.values_list("pk", "note_version"))
            seen = set(meeting.items.visible_to(user).values_list("pk", flat=True))
            words["items"] = [
                {**item, "version": versions[item["key"]]} if item["key"] in seen else {"number": item["number"], "withheld": True, "left": item["left"]}
                for item in words["items"]
            ]
        chairs = may_chair(meeting, user) and user.acting.role != "PA"
        later = later_meeting(meeting)
        version = latest_version(meeting, minutes, user) if minutes else None
        whole = words is not None and not any(item.get("withheld") for item in words["items"])
        runs = user.can(Permission.RUN_MEETINGS)
        mends = (runs or chairs) and minutes is not None and minutes.state != MinutesState.AGREED
        return super().get_context_data(
            meeting=meeting, minutes=minutes, words=words, chairs=chairs, later=later, runs=runs,
            version=version if whole else None, printing=_printing(version) if whole else None, mends=mends, gaps=gaps_of(minutes.words) if mends and whole else [],
            **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def form_valid(self, form):
        """A note that somebody else changed meanwhile is shown with both texts, and nothing is saved."""
        try:
            return super().form_valid(form)
        except StaleNote as stale:
            mine = {"key": stale.item.pk, "words": self.request.POST.get("note", ""), "theirs": stale.item.note}
            return self.render_to_response(self.get_context_data(form=form, mine=mine), status=409)

    def act(self, form):
        user, (deed, _, key) = self.request.user, self.request.POST.get("deed", "").partition(" ")
        if self.minutes is None:
            raise Http404
        doers = {
            "send": lambda: send_minutes_to_chair(self.minutes, by=user), "compose": lambda: draft_minutes(self.record, by=user),
            "check": lambda: check_minutes(self.minutes, by=user), "note": lambda: self._mend(key, user), "agree": self._agree,
        }  # fmt: skip
        if deed in doers:
            doers[deed]()
        return self.request.path

    def _agree(self):
        """A later meeting, named in the form, agreed them."""
        user = self.request.user
        later = get_object_or_404(Meeting.objects.visible_to(user), reference=plain(self.request.POST.get("at", "")))
        agree_minutes(self.minutes, at_meeting=later, by=user)

    def _mend(self, key, user):
        """Say one item's note otherwise, and draw the minutes again."""
        items = self.record.items.standing().visible_to(user)
        item = get_object_or_404(items, number=number_of(key, 0))
        note = self.request.POST.get("note", "").replace("\x00", "")[:20_000]
        save_note(item, note=note, version=number_of(self.request.POST.get("version", ""), -1), by=user)
        draft_minutes(self.record, by=user)


def later_meeting(meeting):
    """The next meeting of the body that has begun, which agrees these minutes; or None."""
    began = meeting.panel.meetings.filter(starts_at__gt=meeting.starts_at, started_at__isnull=False)
    return began.soonest_first().first()


def latest_version(meeting, minutes, user, **facts):
    """The newest version as copied; before the chair has checked it, the draft, for those who minute and chair."""
    document = minutes.document
    if document is None and (user.can(Permission.RUN_MEETINGS) or may_chair(meeting, user)):
        document = Document.objects.filter(
            kind="draft minutes", about_type="panels.meeting", about_id=str(meeting.pk)
        ).first()
    return document.versions.filter(**facts).order_by("-number").first() if document else None


def _printing(version):
    """How far the newest version is on its way to paper; None where it is printed."""
    return printing.printing_of(PRINTED_BY, version.pk) if version and not version.file_id else None


class PrintMinutesAgain(MeetingRecord, ButtonDeed):
    """Minutes that could not be printed are tried again."""

    permission = Permission.RUN_MEETINGS
    success_message = "They are tried again now."

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/minutes"

    def act(self, form):
        meeting = self.record
        version = latest_version(meeting, get_object_or_404(Minutes, meeting=meeting), self.request.user)
        print_again(PRINTED_BY, version.pk if version else 0, on=meeting, authority=meeting.panel.authority, by=self.request.user)


class AgreeMinutes(ForTheChair, ActionView):
    """The minutes as a later meeting agrees them: what changed since the draft, and one button."""

    success_message = "Agreed, locked, and being copied to everybody."

    def load(self):
        meeting = super().load()
        self.minutes = Minutes.objects.filter(meeting=meeting).first()
        return meeting

    def get_context_data(self, **kwargs):
        meeting, minutes = self.record, self.minutes
        seen = set(meeting.items.visible_to(self.request.user).values_list("pk", flat=True))
        changes = changes_between(minutes.first_words, minutes.words) if minutes else []
        return super().get_context_data(
            meeting=meeting, minutes=minutes, later=later_meeting(meeting),
            changes=[row for row in changes if row["key"] is None or row["key"] in seen], **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def act(self, form):
        later = later_meeting(self.record)
        refuse_if([] if self.minutes and later else ["Minutes are agreed at a later meeting of the same panel, once it meets."])
        agree_minutes(self.minutes, at_meeting=later, by=self.request.user)
        return f"{self.record.get_absolute_url()}/minutes"


class MinutesPaper(MeetingRecord, RecordDetail):
    """One way of taking the whole minutes away, for somebody out of no item of them."""

    permission = Permission.READ_PAPERS
    facts = {}

    def get(self, request, *args, **kwargs):
        meeting = self.get_object()
        if meeting.items.standing().exclude(pk__in=meeting.items.visible_to(request.user)).exists():
            raise Http404
        version = latest_version(meeting, get_object_or_404(Minutes, meeting=meeting), request.user, **self.facts)
        if version is None:
            raise Http404
        return self.answer(version)


class MinutesFile(MinutesPaper):
    """The latest printed minutes."""

    facts = {"file__isnull": False}

    def answer(self, version):
        """The stored bytes."""
        return stored_attachment(version.file)


class MinutesWord(MinutesPaper):
    """The same in Word, made from the frozen version."""

    def answer(self, version):
        """The document, made now."""
        name = f"minutes-{version.document.reference}-{version.number}.docx"
        return attachment(minutes_document(version.frozen, title=version.document.title), media_type=WORD, name=name)
