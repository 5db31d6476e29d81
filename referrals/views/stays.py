"""One stay, and each deed to it on a page of its own."""


from core import clock
from core.roles import Permission
from core.rules import refuse_if
from core.views.bases import ActionView, RecordDetail
from referrals.actions.emergency import second_emergency
from referrals.actions.offer import accept_bed, decline_bed
from referrals.actions.out_of_use import hold_for_one
from referrals.actions.service import agree_extra_support
from referrals.actions.stay import start_stay
from referrals.actions.stay_changes import change_dates, keep_place, let_place_go, move_stay
from referrals.forms import places as forms
from referrals.models import Place, Stay
from referrals.models.board import is_late, is_over
from referrals.models.places_now import costs
from referrals.models.stay_deeds import deeds_for
from referrals.views.ending import ending_links

NOT_AN_EMERGENCY = "This stay was not started in an emergency."
JOINS = ("place__provision__provider", "place__home", "child", "referral", "follows__place", "kept_for__place", "moved_from__place")


class StayDetail(RecordDetail):
    """One stay: planned and actual days, what follows, what it costs to date, and what may be done."""

    permission = Permission.SEE_CHILDREN
    model = Stay

    def records(self):
        return super().records().select_related(*JOINS, "accepted_by", "begun_by", "out_of_order_agreed_by", "kept_decided_by")

    def get_context_data(self, **kwargs):
        stay, today = self.object, clock.today()
        lines = costs(stay)
        return super().get_context_data(
            stay=stay, deeds=deeds_for(stay, self.request.user), costs=lines, cost=sum(line.amount for line in lines),
            followed_by=Stay.objects.filter(follows=stay).select_related("place").first(),
            rooms_held=stay.holds_rooms.select_related("place").order_by("place__number")[:5],
            emergency=getattr(stay, "emergency", None), over=is_over(stay, today), late=is_late(stay, today),
            **ending_links(stay, self.request.user), **kwargs,
        )  # fmt: skip


class StayDeed(ActionView):
    """One deed to a stay: its own words and its own fields, nothing of the others."""

    permission = Permission.SEE_CHILDREN
    model = Stay
    template_name = "referrals/stay_deed.html"
    title, button, lead = "", "", ""

    def records(self):
        return super().records().select_related(*JOINS)

    def get_context_data(self, **kwargs):
        return super().get_context_data(stay=self.record, title=self.title, button=self.button, lead=self.lead, **kwargs)


class AcceptBed(StayDeed):
    """The child's social worker accepts a bed."""

    permission = Permission.ACCEPT_PLACES
    form_class = forms.ConfirmForm
    title, button = "Accept this bed", "Accept the bed"
    lead = "The stay starts when the child arrives. If the child does not arrive by the day the offer names, it lapses."
    success_message = "Accepted. The stay starts when the child arrives."

    def act(self, form):
        accept_bed(self.record, by=self.request.user)


class DeclineBed(StayDeed):
    """The child's social worker says no to a bed."""

    permission = Permission.ACCEPT_PLACES
    form_class = forms.ReasonForm
    title, button = "Decline this bed", "Decline the bed"
    lead = "The child waits again, and the bed and what was held afterwards are free at once."
    success_message = "Declined. The child waits for another place."

    def act(self, form):
        decline_bed(self.record, reason=form.cleaned_data["reason"], by=self.request.user)


class StartStay(StayDeed):
    """The child has arrived."""

    permission = Permission.ALLOCATE_PLACES
    form_class = forms.DayForm
    title, button = "The child has arrived", "Start the stay"
    success_message = "Started."

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        start_stay(self.record, on=form.cleaned_data["on"], by=self.request.user)


class ChangeDates(StayDeed):
    """The planned days change, and what follows moves with them."""

    permission = Permission.ALLOCATE_PLACES
    form_class = forms.DatesForm
    title, button = "Change the dates", "Change the dates"
    success_message = "The dates are changed."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "stay": self.record}

    def get_initial(self):
        return {"starts_on": self.record.starts_on, "planned_end_on": self.record.planned_end_on}

    def act(self, form):
        change_dates(self.record, **form.cleaned_data, by=self.request.user)


class MoveStay(StayDeed):
    """Another bed of the same home, or another outreach number."""

    permission = Permission.ALLOCATE_PLACES
    form_class = forms.MoveForm
    title, button = "Move to another place", "Move"
    success_message = "Moved."

    def get_form_kwargs(self):
        stay = self.record
        places = Place.objects.visible_to(self.request.user).filter(provision=stay.place.provision_id).exclude(pk=stay.place_id)
        if stay.is_living and stay.state == "begun":
            places = places.filter(home=stay.place.home_id)
        return {**super().get_form_kwargs(), "stay": stay, "places": places.open_on(clock.today()).in_order()}

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        said = dict(form.cleaned_data)
        moved = move_stay(self.record, said.pop("place"), **said, by=self.request.user)
        return moved.get_absolute_url()


class LetPlaceGo(StayDeed):
    """A held place is let go, with a plan."""

    permission = Permission.RELEASE_PLACES
    form_class = forms.PlanForm
    title, button = "Let this place go", "Let the place go"
    lead = "The place is free for another child at once. Your name and the plan stay with this child’s bed."
    success_message = "The place is let go."

    def act(self, form):
        let_place_go(self.record, plan=form.cleaned_data["plan"], by=self.request.user)


class KeepPlace(StayDeed):
    """At the bed's first review the outreach place is kept."""

    permission = Permission.RELEASE_PLACES
    form_class = forms.ReasonForm
    title, button = "Keep this place for after the bed", "Keep the place"
    success_message = "The place is kept."

    def act(self, form):
        keep_place(self.record, reason=form.cleaned_data["reason"], by=self.request.user)


class HoldForOne(StayDeed):
    """The home is held for this child alone."""

    permission = Permission.CHANGE_PLACES
    form_class = forms.ReasonForm
    title, button = "Hold the home for this child alone", "Hold the home for one"
    lead = "The other room closes for as long as the child is here. It counts as lost by decision, not as empty."
    success_message = "The home is held for one."

    def act(self, form):
        hold_for_one(self.record, reason=form.cleaned_data["reason"], by=self.request.user)


class AgreeExtraSupport(StayDeed):
    """Extra support at its own price."""

    permission = Permission.AGREE_EXTRA_SUPPORT
    form_class = forms.ExtraSupportForm
    title, button = "Agree extra support", "Agree the support and its price"
    lead = "It is a second line in what the stay costs, beside the price of the place."
    success_message = "Extra support is agreed."

    def get_initial(self):
        return {"from_on": max(clock.today(), self.record.starts_on)}

    def act(self, form):
        agree_extra_support(self.record, **form.cleaned_data, by=self.request.user)


class SecondEmergency(StayDeed):
    """The second signature under an emergency start."""

    permission = Permission.SECOND_EMERGENCIES
    form_class = forms.SecondForm
    template_name = "referrals/stay_second.html"
    title, button = "Sign the emergency start second", "Sign second"
    success_message = "Signed second."

    def records(self):
        return super().records().select_related("emergency__started_by")

    def emergency(self):
        """The emergency start, or None."""
        return getattr(self.record, "emergency", None)

    def why_not(self):
        return [] if self.emergency() else [NOT_AN_EMERGENCY]

    def get_context_data(self, **kwargs):
        return super().get_context_data(emergency=self.emergency(), **kwargs)

    def act(self, form):
        refuse_if(self.why_not())
        second_emergency(self.emergency(), comment=form.cleaned_data["comment"], by=self.request.user)
