"""What lists of meetings and of actions may be narrowed by; never by anybody's words, which would stand in the address."""

import django_filters

from core import clock
from core.forms import HouseDateField, HouseFilterForm
from panels.choices import MeetingStatus
from panels.models import Action, Meeting, Panel


def panels_of(request):
    """The bodies this person may see."""
    rows = Panel.objects.visible_to(request.user) if request is not None else Panel.objects.none()
    return rows.order_by("name", "pk")


class DayFilter(django_filters.DateFilter):
    """A day, typed the way people write days."""

    field_class = HouseDateField


class MeetingFilter(django_filters.FilterSet):
    """By body, status, to come or past, and the days it meets between."""

    panel = django_filters.ModelChoiceFilter(queryset=panels_of, label="Body", empty_label="Any body")
    status = django_filters.ChoiceFilter(choices=MeetingStatus.choices, label="Status", empty_label="Any status")
    when = django_filters.ChoiceFilter(
        choices=[("coming", "To come"), ("past", "Past")], method="by_when", label="When", empty_label="Either"
    )
    day_from = DayFilter(field_name="starts_at", lookup_expr="date__gte", label="Meets from")
    day_to = DayFilter(field_name="starts_at", lookup_expr="date__lte", label="Meets to")

    class Meta:
        model = Meeting
        fields = ["panel", "status", "when", "day_from", "day_to"]
        form = HouseFilterForm

    def by_when(self, rows, name, value):
        """Whether the day is still to come; today is."""
        midnight = clock.moment(clock.today(), clock.MIDNIGHT)
        return rows.filter(starts_at__gte=midnight) if value == "coming" else rows.filter(starts_at__lt=midnight)


class ActionFilter(django_filters.FilterSet):
    """By whether it is overdue, due or done, the body it came from, and the days it is due between."""

    state = django_filters.ChoiceFilter(
        choices=[("overdue", "Overdue"), ("due", "Due"), ("done", "Done")], method="by_state", label="State", empty_label="Any state"
    )
    panel = django_filters.ModelChoiceFilter(
        queryset=panels_of, field_name="item__meeting__panel", label="From meetings of", empty_label="Any body"
    )
    due_from = DayFilter(field_name="due_on", lookup_expr="gte", label="Due from")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte", label="Due to")

    class Meta:
        model = Action
        fields = ["state", "panel", "due_from", "due_to"]
        form = HouseFilterForm

    def by_state(self, rows, name, value):
        """Done, or not and its day past, or not yet past."""
        if value == "done":
            return rows.filter(done_at__isnull=False)
        late = {"due_on__lt": clock.today()} if value == "overdue" else {"due_on__gte": clock.today()}
        return rows.open().filter(**late)
