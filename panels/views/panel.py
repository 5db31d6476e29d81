"""Bodies, their terms of reference, and calling their meetings."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.roles import Permission
from core.views.bases import ActionView, Page, RecordList
from core.working_days import WorkingDays, england_holidays
from panels.actions.meeting import call_meeting
from panels.forms.meeting import CallMeetingForm
from panels.models import Meeting, Panel
from panels.rules.notice import last_days_for_notice


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
        holders = {}
        for row in panel.seat_holders.on(today).select_related("person"):
            holders.setdefault(row.letter, []).append(row.person.full_name)
        seats = list(terms.seats.select_related("limb").order_by("letter")) if terms else []
        for seat in seats:
            seat.held_by = ", ".join(holders.get(seat.letter, []))
        return super().get_context_data(
            panel=panel,
            terms=terms,
            seats=seats,
            meetings=Meeting.objects.visible_to(self.request.user).filter(panel=panel).to_come().soonest_first()[:12],
            years=[today.year, today.year + 1],
            may_call=self.request.user.can(Permission.CALL_MEETINGS),
            **kwargs,
        )


class CallMeeting(ActionView):
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
            panel=panel, terms=terms, check=self._check(terms, on), asked_on=on,
            counted=panel.meetings.counted(year).count(), year=year, **{**kwargs, "form": form},
        )  # fmt: skip

    def _check(self, terms, on):
        """Both readings of the last day for notice on the date typed; before one is typed, the first that could be."""
        if terms is None or terms.notice_working_days is None:
            return None
        calendar = WorkingDays(england_holidays())
        on = on or calendar.add(clock.today(), terms.notice_working_days + 1)
        clear, counting = last_days_for_notice(on, terms.notice_working_days, calendar)
        return {"on": on, "clear": clear, "counting": counting, "today": clock.today()}

    def post(self, request, *args, **kwargs):
        if "check" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def act(self, form):
        said = form.cleaned_data
        meeting = call_meeting(
            self.record, starts_at=clock.moment(said["on"], said["at"]), venue=said["venue"],
            kind=said["kind"], reason=said["reason"], lasts_minutes=said["lasts_minutes"],
            by=self.request.user,
        )  # fmt: skip
        self.success_message = "Called. Notice is on its way to every Representative."
        return meeting.get_absolute_url()


class TermsList(RecordList):
    """The terms of every body this person may see."""

    permission = Permission.SEE_TERMS
    model = Panel

    def records(self):
        return Panel.objects.terms_open_to(self.request.user).order_by("name", "pk")


class TermsDetail(Page):
    """One body's terms in force: clauses with their sources, numbers, signatures."""

    permission = Permission.SEE_TERMS

    def get_context_data(self, **kwargs):
        panel = get_object_or_404(Panel.objects.terms_open_to(self.request.user), slug=kwargs["slug"])
        terms = panel.terms_on(clock.today())
        if terms is None:
            raise Http404
        return super().get_context_data(
            panel=panel, terms=terms, clauses=terms.clauses.order_by("order"),
            seats=terms.seats.select_related("limb").order_by("letter"),
            limbs=terms.limbs.order_by("order"),
            signatures=terms.signatures.select_related("party", "representative"), **kwargs,
        )  # fmt: skip
