"""What lists of meetings, of actions and of decisions may be narrowed by; never by anybody's words, which would stand in the address."""

import django_filters
from django.db.models import Q

from core import clock
from core.filters import HouseFilterSet
from core.forms import HouseDateField, HouseFilterForm
from panels.choices import DecisionKind, MeetingStatus, Outcome
from panels.models import Action, Decision, Meeting, Panel


def panels_of(request):
    """The bodies this person may see."""
    rows = Panel.objects.visible_to(request.user) if request is not None else Panel.objects.none()
    return rows.order_by("name", "pk")


class DayFilter(django_filters.DateFilter):
    """A day, typed the way people write days."""

    field_class = HouseDateField


class MeetingFilter(HouseFilterSet):
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


class ActionFilter(HouseFilterSet):
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


class DecisionFilter(HouseFilterSet):
    """By body, decision, what it is about, the case system, and the days of the meetings between."""

    panel = django_filters.ModelChoiceFilter(
        queryset=panels_of, field_name="item__meeting__panel", label="Panel", empty_label="Any panel", to_field_name="slug"
    )
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices, label="Decision", empty_label="Any decision")
    kind = django_filters.ChoiceFilter(choices=DecisionKind.choices, label="About", empty_label="Anything")
    entry = django_filters.ChoiceFilter(
        choices=[("not", "Not yet on it"), ("unchecked", "On it, not checked"), ("checked", "On it and checked")],
        method="by_entry", label="Case system", empty_label="Either",
    )  # fmt: skip
    met_from = DayFilter(field_name="item__meeting__starts_at", lookup_expr="date__gte", label="Met from")
    met_to = DayFilter(field_name="item__meeting__starts_at", lookup_expr="date__lte", label="Met to")

    class Meta:
        model = Decision
        fields = ["panel", "outcome", "kind", "entry", "met_from", "met_to"]
        form = HouseFilterForm

    def by_entry(self, rows, name, value):
        """Decisions about a child that are released, by what the case system has of them."""
        released = rows.filter(item__referral__isnull=False, released_at__isnull=False)
        return released.filter({
            "not": Q(on_case_system_at=None), "unchecked": Q(on_case_system_at__isnull=False, entry_checked_at=None),
            "checked": Q(entry_checked_at__isnull=False),
        }[value])  # fmt: skip


class NeedFilter(HouseFilterSet):
    """By body, and the days of the meetings between."""

    panel = DecisionFilter.base_filters["panel"]
    met_from = DecisionFilter.base_filters["met_from"]
    met_to = DecisionFilter.base_filters["met_to"]

    class Meta:
        model = Decision
        fields = ["panel", "met_from", "met_to"]
        form = HouseFilterForm
