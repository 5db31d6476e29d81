"""Bodies, their terms of reference, and calling their meetings."""

from django.shortcuts import get_object_or_404

from core import clock
from core.roles import Permission
from core.views.bases import ActionView, Page, RecordList
from panels.actions.meeting import call_meeting
from panels.forms.meeting import CallExtraForm, CallMeetingForm
from panels.models import Meeting, Panel
from panels.models.seat_record import seats_today
from panels.models.turns import turns_of
from panels.models.year_counts import decided_in, year_in_words
from panels.views.notice_check import ChecksNotice


class PanelList(RecordList):
    """The bodies this person sits on or serves."""

    permission = Permission.SEE_MEETINGS
    model = Panel

    def records(self):
        return super().records().order_by("name", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = Meeting.objects.to_come().filter(panel__in=context["object_list"], starts_at__gte=clock.now())
        soonest = {}
        for meeting in rows.order_by("panel", "starts_at", "pk").distinct("panel"):
            soonest[meeting.panel_id] = meeting
        for panel in context["object_list"]:
            panel.next_meeting = soonest.get(panel.pk)
        return context


class PanelDetail(Page):
    """One body: its terms, its seats by date, its next meetings."""

    permission = Permission.SEE_MEETINGS

    def get_context_data(self, **kwargs):
        panel = get_object_or_404(Panel.objects.visible_to(self.request.user), slug=kwargs["slug"])
        today = clock.today()
        terms = panel.terms_on(today)
        meetings = Meeting.objects.visible_to(self.request.user).filter(panel=panel).to_come()
        return super().get_context_data(
            panel=panel,
            kind="" if panel.get_kind_display().lower() == panel.name.lower() else panel.get_kind_display(),
            terms=terms,
            seats=seats_today(panel, terms, today),
            roles=list(terms.roles.order_by("order")) if terms else [],
            meetings=self._with_turns(panel, list(meetings.select_related("terms", "panel").soonest_first()[:12])),
            years=[today.year, today.year + 1],
            counts=[year_in_words(panel, year, terms) for year in (today.year, today.year + 1)] if terms else [],
            may_call=self.request.user.can(Permission.CALL_MEETINGS),
            decided=self._decided(panel, today.year),
            **kwargs,
        )

    def _decided(self, panel, year):
        """For who runs or chairs the body, its decisions of this year by class."""
        user = self.request.user
        sees = user.can(Permission.CALL_MEETINGS) or user.can(Permission.CHAIR_MEETINGS)
        return decided_in(panel, year, user) if sees else None

    def _with_turns(self, panel, meetings):
        """Where the chair turns, each meeting with the agency whose turn it is."""
        for meeting, turn in zip(meetings, turns_of(panel, meetings), strict=True):
            meeting.turn = turn
        return meetings


class CallMeeting(ChecksNotice, ActionView):
    """Call a meeting: the last day for notice is shown before anything is sent."""

    permission = Permission.CALL_MEETINGS
    model = Panel
    slug_field = slug_url_kwarg = "slug"
    form_class = CallMeetingForm

    def get_context_data(self, **kwargs):
        panel, form = self.record, kwargs.get("form") or self.get_form()
        terms = panel.terms_on(clock.today())
        on = form.cleaned_data.get("on") if form.is_bound and (form.is_valid() or form.cleaned_data) else None
        year = (on or clock.today()).year
        return super().get_context_data(
            panel=panel, terms=terms, check=self.last_days(panel, terms, on), asked_on=on,
            counted=panel.meetings.counted(year).count(), year=year, **{**kwargs, "form": form},
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        meeting = call_meeting(
            self.record, starts_at=clock.moment(said["on"], said["at"]), venue=said["venue"],
            kind=said["kind"], reason=said["reason"], lasts_minutes=said["lasts_minutes"],
            by=self.request.user,
        )  # fmt: skip
        self.success_message = "Called. Notice is on its way to every Representative."
        return meeting.get_absolute_url()


class CallExtraMeeting(CallMeeting):
    """Call an extra meeting for developmental work, once the group has agreed to it; it is counted apart."""

    form_class = CallExtraForm

    def act(self, form):
        said = form.cleaned_data
        meeting = call_meeting(
            self.record, starts_at=clock.moment(said["on"], said["at"]), venue=said["venue"], kind="developmental",
            reason=said["reason"], lasts_minutes=said["lasts_minutes"], agreed_on=said["agreed_on"],
            agreed_how=said["agreed_how"], by=self.request.user,
        )  # fmt: skip
        self.success_message = "Called. Notice is on its way to every Representative."
        return meeting.get_absolute_url()
