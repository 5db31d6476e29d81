"""What lists of referrals may be narrowed by."""

import django_filters
from django.db.models import Q

from core.references import tidy
from referrals.choices import ReferralStatus
from referrals.forms.referral import ReferralFilterForm
from referrals.models import Referral


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
