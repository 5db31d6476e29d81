"""People and roles: who holds what, and how roles are asked for, agreed and ended."""

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch
from django.urls import reverse

from core import clock
from core.actions import roles
from core.actions.password import send_password_link
from core.models import RoleHeld, RoleProposal, User
from core.people_forms import (
    AddPersonForm,
    AnswerForm,
    CloseAccountForm,
    EndRoleForm,
    PersonFilter,
    RoleForm,
    TakeBackForm,
    in_words,
)
from core.roles import Permission
from core.step_up import A_DEED
from core.views.bases import ActionView, ButtonDeed, Question, RecordDetail, RecordList

FACTORS = {Authenticator.Type.TOTP: "An app", Authenticator.Type.WEBAUTHN: "A passkey"}
PEOPLE = "People and roles"
ASKED = "Asked for. Nothing is open to them until a head of service agrees."


def people_of(user):
    """Everybody whom this person’s authority knows."""
    return User.objects.known_to(user.acting.authority_id).select_related("organisation")


def held_in(user):
    """Roles of this person’s authority that are held or to come, with their teams."""
    rows = RoleHeld.objects.filter(authority=user.acting.authority_id).exclude(until_on__lte=clock.today())
    return rows.select_related("organisation").prefetch_related("teams").order_by("from_on", "pk")


def factors_of(people) -> dict[int, str]:
    """The second factor that each has set up, in words."""
    rows = Authenticator.objects.filter(user__in=people, type__in=FACTORS).order_by("user_id", "type")
    found: dict[int, list[str]] = {}
    for person, kind in rows.values_list("user_id", "type").distinct():
        found.setdefault(person, []).append(FACTORS[kind])
    return {person: " and ".join([words[0], *(word.lower() for word in words[1:])]) for person, words in found.items()}


class People(RecordList):
    """Everybody with an account for this authority, with the roles they hold."""

    permission = Permission.SEE_PEOPLE
    model = User
    filterset_class = PersonFilter
    template_name = "core/people.html"

    def records(self):
        held = Prefetch("roles_held", held_in(self.request.user), to_attr="held_here")
        waiting = Prefetch("roles_proposed", RoleProposal.objects.visible_to(self.request.user).waiting(), to_attr="waiting_here")
        return people_of(self.request.user).prefetch_related(held, waiting).order_by("full_name", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        factors = factors_of(context["object_list"])
        for person in context["object_list"]:
            person.factor = factors.get(person.pk, "")
            person.roles_in_words = [{"words": in_words(held), "held": held} for held in person.held_here]
        to_agree = RoleProposal.objects.to_agree(self.request.user).select_related("person", "organisation", "proposed_by")
        return {
            **context, "today": clock.today(), "may_change": self.request.user.can(Permission.CHANGE_PEOPLE),
            "to_agree": to_agree.order_by("proposed_at", "pk")[:20],
        }  # fmt: skip


class Person(RecordDetail):
    """One person: how they sign in, what they hold, held, and are to hold."""

    permission = Permission.SEE_PEOPLE
    model = User
    template_name = "core/person.html"

    def records(self):
        return people_of(self.request.user)

    def get_context_data(self, **kwargs):
        user, person = self.request.user, self.object
        ended = RoleHeld.objects.filter(person=person, authority=user.acting.authority_id, until_on__lte=clock.today())
        asked = RoleProposal.objects.visible_to(user).filter(person=person).select_related("organisation", "proposed_by", "answered_by")
        return super().get_context_data(
            person=person, today=clock.today(), factor=factors_of([person]).get(person.pk, ""),
            held=[{"words": in_words(held), "held": held} for held in held_in(user).filter(person=person)],
            ended=[{"words": in_words(held), "held": held} for held in ended.select_related("organisation").order_by("-until_on", "-pk")[:50]],
            asked=asked.order_by("-proposed_at", "-pk")[:50], may_change=user.can(Permission.CHANGE_PEOPLE) and person != user, **kwargs,
        )  # fmt: skip


class OfPeople(Question):
    """A deed of the system administrator, asked again who they are; `asks` is its heading, with the person's name in it."""

    permission = Permission.CHANGE_PEOPLE
    asks_again = A_DEED
    asks = ""

    def records(self):
        may = self.request.user.can(self.permission)
        return people_of(self.request.user) if may else User.objects.none()

    def back(self):
        return reverse("person", args=[self.record.reference])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "heading": self.asks.format(self.record.full_name)} if self.asks else context


class AddPerson(OfPeople):
    """An account, and its first role asked for."""

    form_class = AddPersonForm
    heading, submit_label, back_label, success_message = "Add a person", "Add them and ask for the role", PEOPLE, ASKED
    lead = "A person is added with the first role they need. A head of service agrees before it opens anything."

    def back(self):
        return reverse("people")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "authority_id": self.request.user.acting.authority_id}

    def act(self, form):
        return roles.add_person_with_role(by=self.request.user, **form.cleaned_data).get_absolute_url()


class ProposeRole(OfPeople):
    """Another role for somebody, asked for."""

    model = User
    form_class = RoleForm
    asks = "A role for {}"
    submit_label, back_label, success_message = "Ask for this role", "This person", ASKED
    lead = "A head of service agrees before it opens anything. Nobody asks for a role of their own."

    def get_form_kwargs(self):
        user = self.request.user
        return {**super().get_form_kwargs(), "authority_id": user.acting.authority_id, "initial": {"organisation": self.record.organisation_id}}

    def act(self, form):
        return roles.propose_role(self.record, by=self.request.user, **form.cleaned_data).get_absolute_url()


class EndRole(OfPeople):
    """A role ends on a day."""

    model = User
    form_class = EndRoleForm
    asks = "End a role of {}"
    submit_label, back_label = "End this role", "This person"
    success_message = "Ended. From that day it opens nothing, also where they are signed in."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "roles": held_in(self.request.user).filter(person=self.record)}

    def act(self, form):
        said = form.cleaned_data
        roles.end_role(said["held"], until_on=said["until_on"], because=said["because"], by=self.request.user)


class CloseAccount(OfPeople):
    """Nobody signs in by it any more."""

    model = User
    form_class = CloseAccountForm
    asks = "Close the account of {}"
    submit_label, back_label = "Close this account", "This person"
    lead = "Every session of it ends at once, and so does every role. What they did stays in the trail under their name."
    success_message = "Closed. Nobody signs in by it any more."

    def act(self, form):
        roles.close_account(self.record, because=form.cleaned_data["because"], by=self.request.user)


class ButtonOfPerson(ButtonDeed):
    """A button on a person's page, which comes back to it."""

    permission = Permission.CHANGE_PEOPLE
    asks_again = A_DEED
    model = User
    records = OfPeople.records

    def get_success_url(self):
        return reverse("person", args=[self.record.reference])


class SendPasswordLink(ButtonOfPerson):
    """A link to set a password by, to the person alone."""

    success_message = "Sent. The link opens for seven days, and once."

    def act(self, form):
        send_password_link(self.record, by=self.request.user)


class OpenAccount(ButtonOfPerson):
    """A closed account may sign in again, without a role."""

    success_message = "Open again. Ask for the role that they need."

    def act(self, form):
        roles.open_account(self.record, by=self.request.user)


class AskedRole(ActionView):
    """One role that was asked for: for whom, why, and the second person's answer."""

    permission = Permission.SEE_PEOPLE
    asks_again = A_DEED
    model = RoleProposal
    template_name = "core/asked_role.html"
    success_message = "Answered."

    def records(self):
        return super().records().select_related("person", "organisation", "proposed_by", "answered_by").prefetch_related("teams")

    @property
    def decides(self) -> bool:
        """Whether this person is the second person."""
        return RoleProposal.objects.to_agree(self.request.user).filter(pk=self.record.pk).exists()

    def get_form_class(self):
        return AnswerForm if self.request.user.can(Permission.AGREE_ROLES) else TakeBackForm

    def get_context_data(self, **kwargs):
        may_take_back = self.record.answered_at is None and self.record.proposed_by_id == self.request.user.pk
        return super().get_context_data(asked=self.record, decides=self.decides, may_take_back=may_take_back, **kwargs)

    def act(self, form):
        said = form.cleaned_data
        if said.get("agrees") == "yes":
            roles.agree_role(self.record, by=self.request.user)
        else:
            roles.turn_down_role(self.record, note=said["note"], by=self.request.user)
