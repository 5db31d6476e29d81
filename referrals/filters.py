"""What lists of referrals and of children may be narrowed by; never by a name, which would stand in the address."""

import django_filters
from django.db.models import Exists, OuterRef, Q

from core import clock
from core.filters import HouseFilterSet
from core.forms import HouseDateField, HouseFilterForm
from core.references import tidy
from referrals.choices import Band, ProvisionKind, ReferralStatus, StayState
from referrals.models import Child, Placement, Referral, Review, SdqScore, Stay
from referrals.models.before_a_list import teams_of
from referrals.models.referral_facts import NOT_RELEASED, sees_decisions
from referrals.models.waiting_facts import overdue, to_look_at


class TeamFilter(django_filters.ChoiceFilter):
    """One of the teams of the authority somebody acts in; they are read with what else a list needs."""

    def asked(self, request) -> list[tuple[int, str]]:
        """Those of the authority that whoever asks acts in; none for nobody."""
        acting = request.user.acting if request is not None else None
        return teams_of(acting.authority_id if acting else None)


class DayFilter(django_filters.DateFilter):
    """A day, typed the way people write days."""

    field_class = HouseDateField


class ReferralFilter(HouseFilterSet):
    """By status as the person sees it, service, priority, team, reference, and the days it was first sent between."""

    status = django_filters.ChoiceFilter(
        choices=ReferralStatus.choices, method="by_status_seen", label="Status", empty_label="Any status"
    )
    wants = django_filters.ChoiceFilter(choices=ProvisionKind.choices, label="Asking for", empty_label="Any service")
    band = django_filters.ChoiceFilter(choices=Band.choices, label="Priority", empty_label="Any priority")
    team = TeamFilter(label="Team", empty_label="Any team")
    reference = django_filters.CharFilter(method="by_reference", label="Reference", max_length=40)
    sent_from = DayFilter(field_name="first_sent_at", lookup_expr="date__gte", label="First sent from")
    sent_to = DayFilter(field_name="first_sent_at", lookup_expr="date__lte", label="First sent to")

    class Meta:
        model = Referral
        fields = ["status", "wants", "band", "team", "reference", "sent_from", "sent_to"]
        form = HouseFilterForm

    def by_status_seen(self, rows, name, value):
        """A decision that is not released is "Booked" here too, for whoever reads it so on the page."""
        if sees_decisions(self.request.user):
            return rows.filter(status=value)
        if value == ReferralStatus.BOOKED:
            return rows.filter(Q(status=value) | NOT_RELEASED)
        return rows.filter(status=value).exclude(NOT_RELEASED)

    def by_reference(self, rows, name, value):
        """A referral's or a child's reference, as typed with or without its hyphen."""
        return rows.filter(Q(reference=tidy(value)) | Q(child__reference=tidy(value)))


class ChildFilter(HouseFilterSet):
    """By team, whether the child is looked after, whether a place holds them now, an overdue review, and number or reference."""

    team = TeamFilter(label="Team", empty_label="Any team")
    care = django_filters.ChoiceFilter(
        choices=[("yes", "Looked after"), ("no", "Not looked after")], method="by_care", label="Care", empty_label="Either"
    )
    place = django_filters.ChoiceFilter(
        choices=[("in", "In a place now"), ("out", "In no place now")], method="by_place", label="Place", empty_label="Either"
    )
    review = django_filters.ChoiceFilter(
        choices=[("overdue", "A review is overdue")], method="by_review", label="Reviews", empty_label="Any review"
    )
    number = django_filters.CharFilter(method="by_number", label="Council number or reference", max_length=40)

    class Meta:
        model = Child
        fields = ["team", "care", "place", "review", "number"]
        form = HouseFilterForm

    def by_care(self, rows, name, value):
        """Looked after by the council, or not."""
        return rows.filter(is_looked_after=value == "yes")

    def by_place(self, rows, name, value):
        """Whether a stay this person may see has begun and not ended."""
        stays = Stay.objects.visible_to(self.request.user).filter(child=OuterRef("pk"), state=StayState.BEGUN)
        return rows.filter(Exists(stays) if value == "in" else ~Exists(stays))

    def by_review(self, rows, name, value):
        """A review overdue now."""
        return rows.filter(Exists(Review.objects.filter(child=OuterRef("pk"), held_on=None, due_on__lt=clock.today())))

    def by_number(self, rows, name, value):
        """A reference or a council number."""
        return rows.filter(Q(reference=tidy(value)) | Q(case_number__in={value, value.upper(), value.lower()}))


class WaitingFilter(HouseFilterSet):
    """By service, priority, team, whether somebody must be in touch or look at the band, an offered place, and reference."""

    wants = django_filters.ChoiceFilter(choices=ProvisionKind.choices, label="Waiting for", empty_label="Any service")
    band = django_filters.ChoiceFilter(choices=Band.choices, label="Priority", empty_label="Any priority")
    team = TeamFilter(label="Team", empty_label="Any team")
    needs = django_filters.ChoiceFilter(
        choices=[("contact", "A contact is overdue"), ("band", "The priority is to be looked at again"), ("plan", "No plan agreed yet")],
        method="by_need", label="What is due", empty_label="Anything",
    )  # fmt: skip
    offered = django_filters.ChoiceFilter(
        choices=[("no", "No place offered yet"), ("yes", "Place offered")], method="by_offer", label="Place", empty_label="Either"
    )
    reference = django_filters.CharFilter(method="by_reference", label="Reference", max_length=40)

    class Meta:
        model = Referral
        fields = ["wants", "band", "team", "needs", "offered", "reference"]
        form = HouseFilterForm

    def by_need(self, rows, name, value):
        """What somebody is to do for a child who waits."""
        today = clock.today()
        needs = {"contact": overdue(today), "band": to_look_at(today), "plan": Q(waiting_plan=None) | Q(waiting_plan__agreed_at=None)}
        return rows.filter(needs[value])

    def by_offer(self, rows, name, value):
        """Whether a place is offered."""
        return rows.filter(status=ReferralStatus.OFFERED if value == "yes" else ReferralStatus.WAITING)

    def by_reference(self, rows, name, value):
        """A referral's or a child's reference."""
        return rows.filter(Q(reference=tidy(value)) | Q(child__reference=tidy(value)))


class SdqFilter(HouseFilterSet):
    """By the days between which an SDQ was given."""

    given_from = DayFilter(field_name="on", lookup_expr="gte", label="Given from")
    given_to = DayFilter(field_name="on", lookup_expr="lte", label="Given to")

    class Meta:
        model = SdqScore
        fields = ["given_from", "given_to"]
        form = HouseFilterForm


class PlacementFilter(HouseFilterSet):
    """By the days between which a home was lived in."""

    lived_from = DayFilter(method="by_lived_from", label="Lived in from")
    lived_to = DayFilter(field_name="starts_on", lookup_expr="lte", label="Lived in to")

    class Meta:
        model = Placement
        fields = ["lived_from", "lived_to"]
        form = HouseFilterForm

    def by_lived_from(self, rows, name, value):
        """Those that had not ended before a day."""
        return rows.filter(Q(ends_on=None) | Q(ends_on__gt=value))
