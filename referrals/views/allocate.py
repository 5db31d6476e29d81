"""Giving a place to a waiting child: who fits and why not, in the agreed order."""

from datetime import timedelta

from django.shortcuts import get_object_or_404

from core import clock
from core.dated import numbers
from core.money import cost_of_stay
from core.roles import Permission
from core.rules import FieldReason, RuleBroken
from core.views.bases import ActionView
from referrals.actions.allocation import allocate_place, propose_bed
from referrals.forms.allocation import AllocateForm, ProposeForm
from referrals.models import Place, Referral
from referrals.models.holdings import (
    counted,
    holding_stays,
    open_place,
    strategic_managers,
    waiting_in_order,
)
from referrals.models.matching import fits
from referrals.models.places_now import first_free
from referrals.rules import capacity
from referrals.rules.readings import FIRST_REVIEW, OUTREACH_AFTER


class AllocatePlace(ActionView):
    """Give a place to a waiting child: the agreed order, dates filled in, what it costs."""

    permission = Permission.ALLOCATE_PLACES
    model = Place
    form_class = AllocateForm
    success_message = "Allocated."

    def records(self):
        rows = super().records().select_related("provision__provider", "home")
        return rows.prefetch_related("out_of_use", "home__registrations")

    def load(self):
        reference = self.request.GET.get("place", "")[:7]
        place = get_object_or_404(self.records(), reference=reference)
        visible = Referral.objects.visible_to(self.request.user).filter(status="WAITING")
        by_key = {r.pk: r for r in visible.select_related("child").prefetch_related("tasks")}
        self.waiting = [by_key[row.pk] for row in waiting_in_order(place.provision) if row.pk in by_key]
        self.terms = place.provision.terms.on(clock.today()).first()
        self.after, self.first_review = numbers(OUTREACH_AFTER, FIRST_REVIEW, authority=place.provision.authority_id).values()
        first = self.waiting[0] if self.waiting else None
        self.first_day = self._first_day(place)
        weeks = (first.agreed_weeks if first else None) or self.after.number
        self.wanted = capacity.Stay(self.first_day, self.first_day + timedelta(weeks=weeks))
        self.fits = fits(place, self.waiting, self.wanted)
        return place

    def _first_day(self, place):
        """Today, or the first day the place is free."""
        today = clock.today()
        stays = [counted(s) for s in holding_stays(place.provision) if s.place_id == place.pk]
        return first_free(today, [*stays, *open_place(place).shut]) or today

    def get_form_class(self):
        return ProposeForm if self.record.provision.is_living else AllocateForm

    def get_form_kwargs(self):
        keys = [r.pk for r in self.waiting]
        return {
            **super().get_form_kwargs(), "fits": self.fits,
            "waiting": Referral.objects.visible_to(self.request.user).filter(pk__in=keys).select_related("child", "authority"),
            "managers": strategic_managers(self.record.provision.authority_id).order_by("full_name"),
        }  # fmt: skip

    def get_initial(self):
        first = self.waiting[0] if self.waiting else None
        return {
            "starts_on": self.wanted.starts_on, "planned_end_on": self.wanted.ends_on,
            "referral": first.reference if first else None,
        }  # fmt: skip

    def get_context_data(self, **kwargs):
        rate = self.terms.rate_of(self.record) if self.terms else None
        total = cost_of_stay(rate, self.wanted.starts_on, self.wanted.ends_on) if rate else None
        return super().get_context_data(
            place=self.record, terms=self.terms, rate=rate, total=total, wanted=self.wanted, fits=self.fits,
            is_bed=self.record.provision.is_living, waiting=self.waiting, after=self.after, first_review=self.first_review, **kwargs,
        )  # fmt: skip

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        shared = {
            "starts_on": said["starts_on"], "planned_end_on": said["planned_end_on"],
            "out_of_order_because": said["out_of_order_because"], "agreed_by": said["agreed_by"], "by": user,
        }  # fmt: skip
        if said["planned_end_on"] <= said["starts_on"]:
            raise RuleBroken([FieldReason("planned_end_on", "The planned end must be after the first day")])
        if self.record.provision.is_living:
            self.success_message = f"{self.record} is proposed. The child’s social worker has been asked."
            propose_bed(
                said["referral"], self.record, impact_assessment=said["impact_assessment"],
                follow_plan=said["follow_plan"], offered_until=said["offered_until"], risk_because=said["risk_because"], **shared,
            )  # fmt: skip
        else:
            stay = allocate_place(said["referral"], self.record.provision, place=self.record, **shared)
            self.success_message = f"{said['referral']} has {stay.place}."
            return f"/places#place-{stay.place.reference}"
        return f"/places#place-{self.record.reference}"
