"""What lists of referrals and of children may be narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef, Q

from core import clock
from core.references import tidy
from referrals.choices import ReferralStatus
from referrals.forms.referral import ChildFilterForm, ReferralFilterForm
from referrals.models import Child, Referral, Review, Stay


class ReferralFilter(django_filters.FilterSet):
    """By status, and by reference or the child's name."""

    status = django_filters.ChoiceFilter(choices=ReferralStatus.choices)
    words = django_filters.CharFilter(method="by_words")

    class Meta:
        model = Referral
        fields = ["status"]
        form = ReferralFilterForm

    def by_words(self, rows, name, value):
        """References match as typed with or without their hyphen; names match in part."""
        return rows.filter(
            Q(reference=tidy(value)) | Q(child__reference=tidy(value)) | Q(child__full_name__icontains=value)
        )


class ChildFilter(django_filters.FilterSet):
    """By whether they have a place, and by whether a review is due; names are for the search box, out of addresses."""

    place = django_filters.ChoiceFilter(choices=ChildFilterForm.PLACES[1:], method="by_place")
    review = django_filters.ChoiceFilter(choices=ChildFilterForm.REVIEWS[1:], method="by_review")

    class Meta:
        model = Child
        fields = []
        form = ChildFilterForm

    def by_place(self, rows, name, value):
        """In a place now, or not."""
        has = Exists(Stay.objects.filter(child=OuterRef("pk"), state="begun"))
        return rows.filter(has if value == "in" else ~has)

    def by_review(self, rows, name, value):
        """A review overdue now."""
        return rows.filter(Exists(Review.objects.filter(child=OuterRef("pk"), held_on=None, due_on__lt=clock.today())))
