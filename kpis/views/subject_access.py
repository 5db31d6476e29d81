"""Subject access requests: the register with its clock, one request step by step, its parts, and the pack."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core import clock, files
from core.reading import record_read
from core.roles import Permission, Role
from core.step_up import A_DEED, OPENING
from core.views.bases import ActionView, ButtonDeed, Question, RecordDetail, RecordList
from core.views.files import attachment
from kpis.actions.subject_access import (
    check_disclosure,
    extend_request,
    finish_redacting,
    gather_record,
    give_pack,
    judge_harm,
    receive_request,
    redact_entry,
    unread_of,
)
from kpis.forms.records import AnswerForm, BecauseForm, EntryForm, GivenForm, HarmForm, RequestForm
from kpis.models import SubjectRequest
from kpis.models.subject_access import RequestState
from referrals.views.uploads import named_bytes

P = Permission
STATE = RequestState
MOST_PARTS = 50


class SubjectRequestList(RecordList):
    """Requests with their clock, the first due first; answered ones last."""

    permission = P.SEE_SUBJECT_REQUESTS
    model = SubjectRequest
    template_name = "kpis/subject_requests.html"

    def records(self):
        return super().records().select_related("child").order_by(F("given_on").desc(nulls_first=True), "due_on", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_add=self.request.user.can(P.KEEP_SUBJECT_REQUESTS), now=clock.today(), **kwargs)


class NewSubjectRequest(Question):
    """Write a request down."""

    permission = P.KEEP_SUBJECT_REQUESTS
    form_class = RequestForm
    heading, submit_label, back_label = "Write down a subject access request", "Save the request", "Subject access requests"
    lead = "The month runs from the day it came."
    success_message = "Written down. Gather the record next."

    def back(self):
        return reverse("kpis:subject_requests")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def act(self, form):
        said = form.cleaned_data
        return receive_request(said.pop("child"), by=self.request.user, **said).get_absolute_url()


class SubjectRequestDetail(RecordDetail):
    """One request: whose step is next, and every part of the record with what is given of it."""

    permission = P.SEE_SUBJECT_REQUESTS
    model = SubjectRequest
    template_name = "kpis/subject_request.html"

    def records(self):
        return super().records().select_related("child", "entered_by", "redacted_by", "harm_judged_by", "checked_by", "pack")

    def get_context_data(self, **kwargs):
        request, user = self.object, self.request.user
        reads = user.acting.role != Role.AUDITOR
        first = self._first()
        parts = list(request.entries.order_by("order")[first : first + MOST_PARTS + 1]) if reads else []
        return super().get_context_data(
            asked=request, reads=reads, steps=steps_of(request, user), parts=parts[:MOST_PARTS], total=request.entries.count(),
            unread=len(unread_of(request)) if reads and request.state == STATE.REDACTING else 0, now=clock.today(),
            keeps=user.can(P.KEEP_SUBJECT_REQUESTS), earlier=max(first - MOST_PARTS, 0) + 1 if first else None,
            later=first + MOST_PARTS + 1 if len(parts) > MOST_PARTS else None, **kwargs,
        )  # fmt: skip

    def _first(self) -> int:
        """From which part on, as the address says."""
        typed = self.request.GET.get("from", "1")
        if not (typed.isascii() and typed.isdigit() and 0 < len(typed) <= 5):
            raise Http404
        return max(int(typed) - 1, 0)


def steps_of(request: SubjectRequest, user) -> list[dict]:
    """What this person may do now: a word, its address, and whether it is a button."""
    url, state, found = request.get_absolute_url(), request.state, []
    if user.can(P.KEEP_SUBJECT_REQUESTS):
        found += {
            STATE.RECEIVED: [("Gather the record", "gather", True)],
            STATE.REDACTING: [("Finish reading through", "finish", True)],
            STATE.READY: [("Download the pack", "pack", False), ("Write down that it was given", "given", False)],
            STATE.GIVEN: [("Download the pack", "pack", False)],
        }.get(state, [])
        found += [("Extend the month", "extend", False)] if not request.extended_on and state != STATE.GIVEN and clock.today() <= request.due_on else []
    if state == STATE.HARM and user.can(P.JUDGE_HARM) and user.pk != request.redacted_by_id:
        found.append(("Judge serious harm", "harm", False))
    if state == STATE.CHECK and user.can(P.CHECK_DISCLOSURES) and user.pk not in {request.redacted_by_id, request.harm_judged_by_id}:
        found.append(("Check it", "check", False))
    return [{"label": label, "url": f"{url}/{part}", "is_button": button} for label, part, button in found]


class OnRequest:
    """A step of one request."""

    permission = P.KEEP_SUBJECT_REQUESTS
    model = SubjectRequest
    back_label = "The request"


class GatherRecord(OnRequest, ButtonDeed):
    """Gather everything."""

    success_message = "Gathered. Other people’s names are taken out where they are known: read it through."

    def act(self, form):
        gather_record(self.record, by=self.request.user)


class FinishRedacting(OnRequest, ButtonDeed):
    """The reading is finished."""

    success_message = "Finished. A manager judges serious harm next."

    def act(self, form):
        finish_redacting(self.record, by=self.request.user)


class ExtendRequest(OnRequest, Question):
    """Give two months more."""

    form_class = BecauseForm
    heading, submit_label = "Extend the month by two months", "Extend it"
    lead = "For many requests of one person, or one that is complex. The requester is told, and why, before the month is over."
    success_message = "Extended. Tell the requester why, before the first month is over."

    def act(self, form):
        extend_request(self.record, because=form.cleaned_data["because"], by=self.request.user)


class JudgeHarm(OnRequest, Question):
    """The test of serious harm."""

    permission = P.JUDGE_HARM
    form_class = HarmForm
    heading, submit_label = "Judge serious harm", "Save"
    lead = "Data Protection Act 2018, Schedule 3, Part 3: what would seriously harm anybody’s physical or mental health is not given. To be checked by the council."
    success_message = "Saved. A third person checks it next."

    def act(self, form):
        judge_harm(self.record, words=form.cleaned_data["words"], by=self.request.user)


class CheckDisclosure(OnRequest, Question):
    """The second check."""

    permission = P.CHECK_DISCLOSURES
    asks_again = A_DEED
    form_class = AnswerForm
    heading, submit_label = "Check what is given", "Save the answer"
    lead = "You had no part in reading it through or judging harm. Agree, and the pack is made; otherwise it is read through again."
    success_message = "Answered."

    def act(self, form):
        said = form.cleaned_data
        check_disclosure(self.record, agrees=said["agrees"] == "yes", because=said["because"], by=self.request.user)


class GivePack(OnRequest, Question):
    """That it was given."""

    form_class = GivenForm
    heading, submit_label, success_message = "Write down that the pack was given", "Save", "Saved. The request is answered."

    def get_initial(self):
        return {"given_on": clock.today()}

    def act(self, form):
        said = form.cleaned_data
        give_pack(self.record, given_on=said["given_on"], how=said["how"], by=self.request.user)


class DisclosureFile(RecordDetail):
    """The pack itself, to those who give it."""

    permission = P.KEEP_SUBJECT_REQUESTS
    asks_again = OPENING
    model = SubjectRequest
    taken_as = "a subject access pack"

    def records(self):
        return super().records().filter(pack__isnull=False).select_related("pack")

    def render_to_response(self, context, **kwargs):
        pack = self.object.pack
        return attachment(files.read(pack), media_type=pack.media_type, name=pack.name)


class RedactEntry(OnRequest, ActionView):
    """One part beside what would be given of it."""

    form_class = EntryForm
    template_name = "kpis/subject_entry.html"
    success_message = "Saved."

    def load(self):
        request = super().load()
        self.entry = get_object_or_404(request.entries.select_related("file", "given_file"), order=self.kwargs["nth"])
        return request

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "entry": self.entry}

    def get_initial(self):
        return {"given": self.entry.given, "withheld": self.entry.withheld, "because": self.entry.because, "version": self.entry.version}

    def get_context_data(self, **kwargs):
        return super().get_context_data(entry=self.entry, is_multipart=bool(self.entry.file_id), **kwargs)

    def get_success_url(self):
        following = next((one.order for one in unread_of(self.record)), None)
        url = self.record.get_absolute_url()
        return f"{url}/parts/{following}" if following else url

    def act(self, form):
        said, chosen = form.cleaned_data, form.cleaned_data.get("files")
        redact_entry(
            self.entry, given=said.get("given", ""), withheld=said["withheld"], because=said["because"], version=said["version"],
            upload=named_bytes(chosen) if chosen else None, by=self.request.user,
        )  # fmt: skip


class EntryFile(RecordDetail):
    """A file of the record as it is, for whoever reads it through."""

    permission = P.KEEP_SUBJECT_REQUESTS
    model = SubjectRequest

    def render_to_response(self, context, **kwargs):
        entry = get_object_or_404(self.object.entries.select_related("file"), order=self.kwargs["nth"], file__isnull=False)
        record_read(self.object, by=self.request.user, taken_as="a file of the record")
        return attachment(files.read(entry.file), media_type=entry.file.media_type, name=entry.file.name)
