"""Clients of the interface for machines: listed, made, agreed to by a second person, revoked."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

from core.roles import Permission
from core.step_up import A_DEED
from core.views.bases import ButtonDeed, Question, RecordDetail, RecordList
from kpis.actions.api_client import agree_client, make_client, revoke_client
from kpis.forms.api_clients import ApiClientForm, RevokeForm
from kpis.models import ApiClient
from kpis.models.api_client import ClientState
from kpis.rules.api_clients import CALLS_A_MINUTE

BACK = "Clients of the interface"


class ApiClientList(RecordList):
    """Every client of the authority, the newest first."""

    permission = Permission.SEE_SETTINGS
    model = ApiClient
    template_name = "kpis/api_clients.html"

    def records(self):
        return super().records().select_related("made_by").order_by("-made_at", "-pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_make=self.request.user.can(Permission.CHANGE_PEOPLE), site=settings.SITE_URL, most=CALLS_A_MINUTE, **kwargs
        )


class ApiClientDetail(RecordDetail):
    """One client: what it may read, until when, who made and agreed to it, and when it last asked."""

    permission = Permission.SEE_SETTINGS
    model = ApiClient
    template_name = "kpis/api_client.html"

    def records(self):
        return super().records().select_related("made_by", "agreed_by", "revoked_by")

    def get_context_data(self, **kwargs):
        client, user = self.object, self.request.user
        return super().get_context_data(
            client=client, may_agree=ApiClient.objects.to_agree(user).filter(pk=client.pk).exists(),
            may_revoke=user.can(Permission.CONFIRM_SETTINGS) and client.state != ClientState.REVOKED, **kwargs,
        )  # fmt: skip


class MakeApiClient(Question):
    """Make a client; its token is on the answer to this, and nowhere afterwards."""

    permission = Permission.CHANGE_PEOPLE
    asks_again = A_DEED
    form_class = ApiClientForm
    heading, submit_label, back_label = "Add a client of the interface", "Make its token", BACK
    lead = "A program that reads figures for the council’s own reports. Its token is shown once, and works when a second person has agreed."

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.made = None

    def back(self):
        return reverse("kpis:api_clients")

    def act(self, form):
        user = self.request.user
        self.made = make_client(user.acting.authority, by=user, **form.cleaned_data)
        return self.made[0].get_absolute_url()

    def form_valid(self, form):
        answer = super().form_valid(form)
        if self.made is None:
            return answer
        client, token = self.made
        return render(self.request, "kpis/api_client_made.html", {"client": client, "token": token, "site": settings.SITE_URL})


class AgreeApiClient(ButtonDeed):
    """A second person agrees to a client."""

    permission = Permission.CONFIRM_SETTINGS
    asks_again = A_DEED
    model = ApiClient
    success_message = "Agreed. Its token works from now."

    def act(self, form):
        agree_client(self.record, by=self.request.user)


class RevokeApiClient(Question):
    """Take a client's token away, at once."""

    permission = Permission.CONFIRM_SETTINGS
    model = ApiClient
    form_class = RevokeForm
    submit_label, back_label = "Revoke this client", "The client"
    lead = "Its token is refused from now on. One person is enough, and it cannot be undone: make another client instead."
    success_message = "Revoked. Its token is refused from now on."

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "heading": f"Revoke {self.record.name}"}

    def act(self, form):
        revoke_client(self.record, because=form.cleaned_data["because"], by=self.request.user)
