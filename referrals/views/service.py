"""One service: capacity by date, prices, team and homes; and the deeds behind them."""


from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.forms import day_from
from core.references import new_reference
from core.roles import Permission
from core.views.bases import ActionView, Page
from referrals.actions.service import give_kite_mark, hold_demand_review, set_team_post
from referrals.actions.transfer import transfer_caseload
from referrals.forms.places import DemandReviewForm, KiteMarkForm, TeamPostForm, TransferForm
from referrals.models import Provision
from referrals.models.service_facts import service_facts
from referrals.rules.transfer import rows_from


class ServiceDetail(Page):
    """What stands behind one service, each fact with its day and its source."""

    permission = Permission.SEE_PLACES

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = Provision.objects.visible_to(user).select_related("provider")
        service = get_object_or_404(rows, slug=self.kwargs["slug"])
        owns = user.acting.organisation_id == service.provider_id
        return super().get_context_data(
            service=service, facts=service_facts(service), may_change=owns and user.can(Permission.CHANGE_SERVICES),
            may_transfer=service.kind == "outreach" and user.can(Permission.TRANSFER_CASELOADS), **kwargs,
        )  # fmt: skip


class ServiceDeed(ActionView):
    """One deed to a service, found by its slug."""

    permission = Permission.CHANGE_SERVICES
    model = Provision
    template_name = "referrals/places_service_deed.html"
    slug_field = slug_url_kwarg = "slug"
    title, button, lead = "", "Save", ""
    success_message = "Saved."

    def records(self):
        return super().records().select_related("provider", "authority")

    def load(self):
        service = super().load()
        user = self.request.user
        is_others = user.acting is not None and user.acting.organisation_id != service.provider_id
        if is_others and self.permission == Permission.CHANGE_SERVICES and user.can(self.permission):
            raise Http404
        return service

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            service=self.record, title=self.title, button=self.button, lead=self.lead, **kwargs
        )

    def get_success_url(self):
        return f"/places/services/{self.record.slug}"


class SetTeamPost(ServiceDeed):
    """How many posts of a kind there are, and how many are filled."""

    form_class = TeamPostForm
    title = "Change the team"

    def get_initial(self):
        return {"from_on": clock.today()}

    def act(self, form):
        set_team_post(self.record, **form.cleaned_data, by=self.request.user)


class GiveKiteMark(ServiceDeed):
    """A quality mark of a home with its evidence, until registration takes its place."""

    form_class = KiteMarkForm
    title = "Add a kite mark"
    lead = "A registration takes its place from the day it is in force. The mark never makes it lawful to live there."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "service": self.record}

    def act(self, form):
        said = dict(form.cleaned_data)
        give_kite_mark(said.pop("home"), **said, by=self.request.user)


class HoldDemandReview(ServiceDeed):
    """What a review of demand found, and whether to register."""

    form_class = DemandReviewForm
    title = "Record the review of demand"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "service": self.record}

    def get_initial(self):
        return {"held_on": clock.today()}

    def act(self, form):
        said = dict(form.cleaned_data)
        hold_demand_review(said.pop("review"), **said, by=self.request.user)


class TransferCaseload(ServiceDeed):
    """Children of another service come over, row by row, each with what came of it."""

    permission = Permission.TRANSFER_CASELOADS
    form_class = TransferForm
    template_name = "referrals/places_transfer.html"
    title, button = "Bring children over from another service", "Bring them over"

    def get_initial(self):
        return {"on": clock.today()}

    def form_valid(self, form):
        answer = super().form_valid(form)
        if not hasattr(self, "outcomes"):
            return answer
        # What is left to bring over is asked again, under a key of its own: pressing once more is a new deed.
        left = "\n".join(outcome.row.line for outcome in self.outcomes if not outcome.is_done)
        again = self.form_class(initial={**form.cleaned_data, "children": left})
        return self.render_to_response(
            self.get_context_data(form=again, outcomes=self.outcomes, idempotency_key=new_reference() * 3)
        )

    def act(self, form):
        said = form.cleaned_data
        self.outcomes = transfer_caseload(
            rows_from(said["children"], day_from), self.record, from_service=said["from_service"], on=said["on"],
            by=self.request.user,
        )  # fmt: skip
        done = sum(outcome.is_done for outcome in self.outcomes)
        self.success_message = f"{done} of {len(self.outcomes)} children came over." if done else ""


