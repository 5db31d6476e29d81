"""One place, and taking it out of use and back."""


from core import clock
from core.roles import Permission
from core.rules import refuse_if
from core.views.bases import ActionView, RecordDetail
from referrals.actions.out_of_use import bring_back_into_use, take_out_of_use
from referrals.forms.places import DayForm, OutOfUseForm
from referrals.models import OutOfUse, Place, Stay
from referrals.models.home_words import home_words
from referrals.models.places_now import used_in_a_year


class PlaceDetail(RecordDetail):
    """One place: its stays as far as this person may see them, when it was out of use, how much it was used."""

    permission = Permission.SEE_PLACES
    model = Place

    def records(self):
        return super().records().select_related("provision__provider", "home").prefetch_related(
            "out_of_use", "home__registrations", "home__kite_marks"
        )

    def get_context_data(self, **kwargs):
        place, user, today = self.object, self.request.user, clock.today()
        stays = Stay.objects.visible_to(user).filter(place=place).select_related("referral").order_by("-starts_on", "-pk")
        provision, acting = place.provision, user.acting
        owns = acting.organisation_id == provision.provider_id
        return super().get_context_data(
            place=place, stays=stays[:50], used=used_in_a_year(place), terms=provision.terms.on(today).first(),
            closings=OutOfUse.objects.visible_to(user).filter(place=place).select_related("decided_by").order_by("-from_on")[:50],
            home=home_words(place.home, today) if place.home else "", may_change=owns and user.can(Permission.CHANGE_PLACES),
            may_allocate=owns and user.can(Permission.ALLOCATE_PLACES), **kwargs,
        )  # fmt: skip


class TakeOutOfUse(ActionView):
    """A place takes nobody for a time, with the reason; what that does to the plan is shown first."""

    permission = Permission.CHANGE_PLACES
    model = Place
    form_class = OutOfUseForm
    template_name = "referrals/place_out_of_use.html"
    success_message = "Saved. The board shows it."

    def records(self):
        return super().records().select_related("provision__provider")

    def get_initial(self):
        return {"from_on": clock.today()}

    def get_context_data(self, **kwargs):
        stays = Stay.objects.visible_to(self.request.user).filter(place=self.record, state__in=["begun", "planned", "offered"])
        return super().get_context_data(
            place=self.record, plan=stays.select_related("referral").order_by("starts_on")[:20], **kwargs
        )

    def act(self, form):
        take_out_of_use(self.record, **form.cleaned_data, by=self.request.user)


class BringBackIntoUse(ActionView):
    """A place takes children again."""

    permission = Permission.CHANGE_PLACES
    model = Place
    form_class = DayForm
    template_name = "referrals/place_back_in_use.html"
    success_message = "Saved. The place is in use again from that day."

    def load(self):
        place = super().load()
        rows = OutOfUse.objects.visible_to(self.request.user).filter(place=place).not_over(clock.today())
        self.row = rows.select_related("place__provision").order_by("from_on").first()
        return place

    def why_not(self):
        return [] if self.row else [f"{self.record} is in use."]

    def get_initial(self):
        return {"on": max(clock.today(), self.row.from_on + clock.ONE_DAY) if self.row else clock.today()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(place=self.record, row=self.row, **kwargs)

    def act(self, form):
        refuse_if(self.why_not())
        bring_back_into_use(self.row, on=form.cleaned_data["on"], by=self.request.user)
