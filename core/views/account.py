"""Signing in as an invented person, choosing a role, one's own account, and one's post."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from core.actions.session import choose_role, sign_in_to_demonstration
from core.forms import ChooseRoleForm
from core.guides import BY_ROLE, BY_SLUG, GUIDES
from core.models import Message, User
from core.roles import Permission
from core.second_step import sign_out_elsewhere
from core.views.bases import ANYONE_SIGNED_IN, ActionView, ButtonDeed, Page
from core.views.check_again import next_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_POST
def demonstration_sign_in(request):
    """Sign in as one of the invented people; there is no such page outside a demonstration."""
    if not settings.DEMONSTRATION:
        raise Http404
    people = User.objects.filter(is_demonstration=True, is_active=True)
    person = get_object_or_404(people, reference=request.POST.get("person", "")[:7])
    with transaction.atomic():
        sign_in_to_demonstration(person, by=person)
    login(request, person, backend=BACKEND)
    return HttpResponseRedirect(next_page(request))


class Roles(ActionView):
    """Choose which of one's roles to act in."""

    permission = ANYONE_SIGNED_IN
    form_class = ChooseRoleForm
    template_name = "core/roles.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {**kwargs, "person": self.request.user}

    def act(self, form):
        held = form.cleaned_data["role"]
        choose_role(held, by=self.request.user)
        self.request.session["acting"] = held.pk

    def get_success_url(self):
        return "/"


class Account(Page):
    """Who the service thinks you are, and what you may do."""

    permission = ANYONE_SIGNED_IN

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(roles=user.current_roles, declares=user.can(Permission.DECLARE_INTERESTS), **kwargs)


class SignOutElsewhere(ButtonDeed):
    """Every other session of one's own ends."""

    permission = ANYONE_SIGNED_IN
    success_message = "You are signed out everywhere but here."

    def act(self, form):
        sign_out_elsewhere(self.request)

    def get_success_url(self):
        return reverse("account")


class StaySignedIn(Page):
    """Answered by one key; the session's clock starts again."""

    permission = ANYONE_SIGNED_IN

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(reverse("live"))


class Mail(Page):
    """The demonstration's post: every email that left, newest first."""

    permission = ANYONE_SIGNED_IN

    def get_context_data(self, **kwargs):
        if not settings.DEMONSTRATION:
            raise Http404
        mail = Message.objects.select_related("person").order_by("-created_at", "-pk")[:100]
        return super().get_context_data(mail=mail, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class Words(TemplateView):
    """A page of words that anyone may read: help, accessibility, privacy, cookies, security."""


class Help(Words):
    """Every role's guide, the reader's own first, and where help is."""

    template_name = "core/help.html"

    def get_context_data(self, **kwargs):
        acting = getattr(self.request.user, "acting", None)
        own = BY_ROLE[acting.role] if acting else None
        return super().get_context_data(guides=GUIDES, own=own, support=settings.SUPPORT, **kwargs)


class HelpForRole(Help):
    """One role's guide; its links stand there for whoever acts in that role, and open for them."""

    template_name = "core/guide.html"

    def get_context_data(self, **kwargs):
        guide = BY_SLUG.get(self.kwargs["role"])
        if guide is None:
            raise Http404
        context = super().get_context_data(guide=guide, **kwargs)
        return {**context, "own": context["own"] == guide}
