"""Places: the board, allocating and proposing, one stay, one place."""

from datetime import timedelta

from django.db.models import Case, F, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.forms import day_from
from core.roles import Permission
from core.rules import FieldReason, RuleBroken
from core.views.bases import ActionView, Page, RecordDetail
from referrals.actions.allocation import allocate_place, propose_bed
from referrals.actions.stay import accept_bed, change_planned_end, decline_bed, start_stay
from referrals.forms.allocation import AllocateForm, ProposeForm, StayForm
from referrals.models import Place, Provision, Referral, Stay
from referrals.models.board import board, shown_provisions
from referrals.models.holdings import BANDS, strategic_managers, waiting_in_order
from referrals.views.ending import ending_links


class PlacesBoard(Page):
    """Every place for thirteen weeks: who, which week, free from when."""

    permission = Permission.SEE_PLACES
    template_name = "referrals/places_board.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        everything = self.request.GET.get("show") == "all"
        first = day_from(self.request.GET.get("from", "")) if "from" in self.request.GET else None
        if "from" in self.request.GET and first is None:
            raise Http404
        provisions = shown_provisions(Provision.objects.visible_to(user), everything=everything)
        drawn = board(provisions, from_week=first, user=user)
        stats = [
            {"figure": f"{drawn.used} of {drawn.places}", "noun": "in use"},
            {"figure": drawn.places - drawn.used, "noun": "free now"},
        ]
        if drawn.waiting is not None:
            stats.append({"figure": drawn.waiting, "noun": "children waiting" if drawn.waiting != 1 else "child waiting"})
            longest = f"{drawn.longest_wait} days" if drawn.longest_wait is not None else "None"
            stats.append({"figure": longest, "noun": "longest wait"})
        stats.append({"figure": f"£{drawn.cost:,.0f}", "noun": "this week"})
        return super().get_context_data(
            board=drawn, stats=stats, everything=everything,
            back=drawn.weeks[0] - timedelta(weeks=13), on=drawn.weeks[-1] + timedelta(weeks=1), **kwargs,
        )  # fmt: skip


class AllocatePlace(ActionView):
    """Give a place to a waiting child: the agreed order, dates filled in, what it costs."""

    permission = Permission.ALLOCATE_PLACES
    model = Place
    form_class = AllocateForm
    success_message = "Allocated."

    def load(self):
        reference = self.request.GET.get("place", "")[:7]
        place = get_object_or_404(self.records().select_related("provision__provider"), reference=reference)
        seen = set(Referral.objects.visible_to(self.request.user).waiting().values_list("pk", flat=True))
        self.waiting = [referral for referral in waiting_in_order(place.provision) if referral.pk in seen]
        return place

    def get_form_class(self):
        return ProposeForm if self.record.provision.is_living else AllocateForm

    def get_form_kwargs(self):
        keys = [r.pk for r in self.waiting]
        seen = Referral.objects.visible_to(self.request.user).filter(pk__in=keys).select_related("child", "authority")
        return {
            **super().get_form_kwargs(), "waiting": _ordered(seen),
            "managers": strategic_managers(self.record.provision.authority_id).order_by("full_name"),
        }  # fmt: skip

    def get_initial(self):
        first = self.waiting[0] if self.waiting else None
        today = clock.today()
        busy = self.record.stays.filter(state="begun").first()
        start = max(today, busy.planned_end_on) if busy and busy.planned_end_on else today
        weeks = (first.agreed_weeks if first else None) or 12
        return {
            "starts_on": start, "planned_end_on": start + timedelta(weeks=weeks),
            "referral": first.reference if first else None,
        }  # fmt: skip

    def get_context_data(self, **kwargs):
        terms = self.record.provision.terms.on(clock.today()).first()
        return super().get_context_data(
            place=self.record, terms=terms, waiting=self.waiting, is_bed=self.record.provision.is_living, **kwargs
        )

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        shared = {
            "starts_on": said["starts_on"], "planned_end_on": said["planned_end_on"],
            "out_of_order_because": said["out_of_order_because"], "agreed_by": said["agreed_by"], "by": user,
        }  # fmt: skip
        if said["planned_end_on"] <= said["starts_on"]:
            raise RuleBroken([FieldReason("planned_end_on", "The planned end must be after the first day")])
        if self.record.provision.is_living:
            self.success_message = "Proposed. The child’s social worker has been asked."
            propose_bed(
                said["referral"], self.record, impact_assessment=said["impact_assessment"],
                follow_plan=said["follow_plan"], offered_until=said["offered_until"], **shared,
            )  # fmt: skip
        else:
            allocate_place(said["referral"], self.record.provision, place=self.record, **shared)
        return "/places"


def _ordered(rows):
    """The waiting, in the agreed order, as far as a query can: by hand, band, then date."""
    order = Case(*[When(band=band, then=Value(n)) for band, n in BANDS.items()], default=Value(9))
    return rows.order_by(F("wait_order").asc(nulls_last=True), order, "waiting_since", "pk")


class StayDetail(ActionView):
    """One stay: its dates, what it costs, and what whoever opens it may do."""

    permission = Permission.SEE_CHILDREN
    model = Stay
    form_class = StayForm
    success_message = "Saved."

    def records(self):
        return super().records().select_related("place__provision", "child", "referral")

    def deeds(self):
        """What may be done to the stay now, by this person."""
        stay, user = self.record, self.request.user
        found = []
        if user.pk == (stay.child.social_worker_id or stay.referral.author_id):
            if stay.state == "offered":
                found.append(("accept", "Accept this place"))
            if stay.is_living and stay.state in {"offered", "planned"}:
                found.append(("decline", "Decline this place"))
        if user.can(Permission.ALLOCATE_PLACES):
            found += {
                "planned": [("start", "The child has arrived"), ("move", "Move the planned end")],
                "begun": [("move", "Move the planned end")],
                "offered": [("move", "Move the planned end")],
            }.get(stay.state, [])
        return found

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "deeds": self.deeds()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            stay=self.record, deeds=self.deeds(), followed_by=Stay.objects.filter(follows=self.record).first(),
            **ending_links(self.record, self.request.user), **kwargs,
        )  # fmt: skip

    def act(self, form):
        said, stay, user = form.cleaned_data, self.record, self.request.user
        deed, on, reason = said["deed"], said["on"], said["reason"]
        if deed == "move" and on is None:
            raise RuleBroken([FieldReason("on", "Enter the date")])
        doers = {
            "accept": lambda: accept_bed(stay, by=user),
            "decline": lambda: decline_bed(stay, reason=reason, by=user),
            "start": lambda: start_stay(stay, on=on or clock.today(), by=user),
            "move": lambda: change_planned_end(stay, planned_end_on=on, reason=reason, by=user),
        }
        doers[deed]()


class PlaceDetail(RecordDetail):
    """One place and its stays, as far as this person may see them."""

    permission = Permission.SEE_PLACES
    model = Place

    def get_context_data(self, **kwargs):
        stays = Stay.objects.visible_to(self.request.user).filter(place=self.object)
        return super().get_context_data(
            stays=stays.select_related("referral").order_by("-starts_on")[:50], **kwargs
        )
