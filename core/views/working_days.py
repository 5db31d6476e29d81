"""The Working-day calendar: bank holidays as shipped, and the days an authority closes for itself."""

from datetime import timedelta

from django import forms
from django.urls import reverse

from core import clock
from core.actions.closure import close_day, reopen_day
from core.forms import HouseDateField, HouseForm, TextField
from core.models import Closure
from core.models.closure import ClosureKind
from core.roles import Permission
from core.views.bases import ANYONE_SIGNED_IN, ButtonDeed, Page, Question
from core.working_days import england_holidays, holidays_known_until

MOST = 200
AHEAD = timedelta(days=550)


class CloseDayForm(HouseForm):
    """Which day does not count, and why."""

    on = HouseDateField(label="Day")
    name = TextField(label="What it is", max_length=120, help_text="For example, council offices closed between Christmas and New Year.")
    kind = forms.ChoiceField(
        label="Why it does not count", choices=ClosureKind.choices, widget=forms.RadioSelect, initial=ClosureKind.CLOSURE
    )


class WorkingDaysPage(Page):
    """Every day ahead that does not count, and those closed before."""

    permission = ANYONE_SIGNED_IN
    template_name = "core/working_days.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, clock.today()
        rows = list(Closure.objects.visible_to(user).select_related("added_by", "removed_by").order_by("-on", "-pk")[:MOST])
        ahead = [{"on": day, "closure": None} for day in england_holidays() if today <= day <= today + AHEAD]
        ahead += [{"on": row.on, "closure": row} for row in rows if row.removed_at is None and row.on >= today]
        return super().get_context_data(
            ahead=sorted(ahead, key=lambda row: row["on"]), known_until=holidays_known_until(), today=today,
            before=[row for row in rows if row.removed_at or row.on < today],
            may_change=user.can(Permission.CHANGE_WORKING_DAYS), **kwargs,
        )  # fmt: skip


class CloseDay(Question):
    """Close a day to come."""

    permission = Permission.CHANGE_WORKING_DAYS
    form_class = CloseDayForm
    heading, submit_label, back_label = "Close a day", "Close this day", "Working days"
    lead = "Open deadlines follow at once. Meetings already called keep the calendar they were judged by."
    success_message = "Closed. Open deadlines have moved with it."

    def back(self):
        return reverse("working_days")

    def act(self, form):
        close_day(self.request.user.acting.authority, by=self.request.user, **form.cleaned_data)


class ReopenDay(ButtonDeed):
    """A closed day counts again."""

    permission = Permission.CHANGE_WORKING_DAYS
    model = Closure
    success_message = "This day counts again."

    def records(self):
        may = self.request.user.can(self.permission)
        return super().records() if may else Closure.objects.none()

    def get_success_url(self):
        return reverse("working_days")

    def act(self, form):
        reopen_day(self.record, by=self.request.user)
