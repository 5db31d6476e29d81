"""Check and circulate: what passes, what needs a look, who gets what, and one button."""

from django.contrib import messages
from django.http import HttpResponseRedirect

from core.dates import day_in_words
from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import ActionView
from panels.actions.agenda import circulate_agenda
from panels.actions.booking import tell_late_authors
from panels.actions.release import release_agenda, take_back_release
from panels.forms.agenda import CirculateForm
from panels.models.checks import Checks
from panels.models.order import timetable
from panels.views.meeting import MeetingRecord


class CirculateAgenda(MeetingRecord, ActionView):
    """One page of rows that pass or need a look; the papers go out once."""

    permission = Permission.RUN_MEETINGS
    form_class = CirculateForm
    success_message = "Circulated. Each person has been sent a link, and proof is kept."

    @property
    def checks(self):
        """The checks of the items this person may read, made once."""
        if not hasattr(self, "_checks"):
            rows = self.record.items.visible_to(self.request.user).standing().in_order()
            rows = rows.select_related("referral__authority", "referral__child", "presenter", "request", "alteration", "high_risk_request__child")
            self._checks = Checks(self.record, rows.prefetch_related("referral__tasks", "referral__documents"))
        return self._checks

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "is_late": self.checks.is_late}

    def get_context_data(self, **kwargs):
        meeting, checks = self.record, self.checks
        rows = checks.rows()
        return super().get_context_data(
            meeting=meeting, checks=rows, warnings=sum(not row.passes for row in rows), recipients=checks.recipients(),
            count=len(checks.served), referrals=len(checks.of_referrals), preview=timetable(meeting, checks.items),
            went_out=meeting.circulated_at, may_release=checks.today < checks.due, due=checks.due,
            when_it_goes=_when_it_goes(meeting), late_at=f"{meeting.get_absolute_url()}/late", **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        deed = getattr(self, f"deed_{request.POST.get('deed')}", None)
        if deed is None:
            return super().post(request, *args, **kwargs)
        try:
            messages.success(request, deed(self.record, request.user))
        except RuleBroken as refusal:
            messages.error(request, " ".join(refusal.reasons))
        return HttpResponseRedirect(request.path)

    @staticmethod
    def deed_tell(meeting, user) -> str:
        """Each author hears what is missing; gives what to say."""
        told = tell_late_authors(meeting, by=user)
        return f"{told} {'author has' if told == 1 else 'authors have'} been told what is missing."

    @staticmethod
    def deed_release(meeting, user) -> str:
        """It goes out by itself; gives what to say."""
        return f"It goes out by itself on {day_in_words(release_agenda(meeting, by=user).goes_out_on)} at 7am."

    @staticmethod
    def deed_take_back(meeting, user) -> str:
        """It waits for a person again; gives what to say."""
        take_back_release(meeting, by=user)
        return "It no longer goes out by itself."

    def act(self, form):
        circulate_agenda(self.record, short_because=form.cleaned_data.get("short_because", ""), by=self.request.user)


def _when_it_goes(meeting) -> str:
    """What the page says of an agenda that goes out by itself, or nothing."""
    return f"on {day_in_words(meeting.goes_out_on)} at 7am. It may be changed until then." if meeting.goes_out_at else ""
