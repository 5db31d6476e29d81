"""What is asked about people and their roles, and what their list may be narrowed by."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q

from core import clock
from core.filters import HouseFilterSet
from core.forms import HouseDateField, HouseFilterForm, HouseForm, LongTextField, TextField
from core.models import Organisation, RoleHeld, Team, User
from core.roles import Role

AWAY = timedelta(days=90)
OPEN, CLOSED, LONG_AWAY = "open", "closed", "away"


def organisations_of(authority_id):
    """Those of the authority, and providers whose people hold or held a role in it."""
    held = RoleHeld.objects.filter(authority=authority_id)
    return Organisation.objects.filter(Q(authority=authority_id) | Q(pk__in=held.values("organisation"))).order_by("name", "pk")


def teams_of(authority_id):
    """The teams of the authority's own organisations."""
    return Team.objects.filter(organisation__authority=authority_id).order_by("name", "pk")


class PersonFilter(HouseFilterSet):
    """By role held today, organisation, team, and whether somebody can sign in; never by a name."""

    role = django_filters.ChoiceFilter(choices=Role.choices, method="by_role", label="Role", empty_label="Any role")
    organisation = django_filters.ModelChoiceFilter(
        queryset=lambda request: organisations_of(_authority(request)), label="Works for", empty_label="Anybody"
    )
    team = django_filters.ModelChoiceFilter(
        queryset=lambda request: teams_of(_authority(request)), method="by_team", label="Team", empty_label="Any team"
    )
    state = django_filters.ChoiceFilter(
        choices=[(OPEN, "Open"), (CLOSED, "Closed"), (LONG_AWAY, "Open, and not signed in for 90 days")], method="by_state",
        label="Account", empty_label="Any account",
    )  # fmt: skip

    class Meta:
        model = User
        fields = ["role", "organisation", "team", "state"]
        form = HouseFilterForm

    def _held(self, **which):
        return RoleHeld.objects.held_on(clock.today()).filter(authority=_authority(self.request), **which)

    def by_role(self, rows, name, value):
        """Those who hold it today, for this authority."""
        return rows.filter(pk__in=self._held(role=value).values("person"))

    def by_team(self, rows, name, value):
        """Those who hold a role for this team today."""
        return rows.filter(pk__in=self._held(teams=value).values("person"))

    def by_state(self, rows, name, value):
        """Whose account is open, closed, or long left alone."""
        if value == LONG_AWAY:
            return rows.filter(Q(last_login=None) | Q(last_login__lt=clock.now() - AWAY), is_active=True)
        return rows.filter(is_active=value == OPEN)


def _authority(request):
    acting = request.user.acting if request is not None else None
    return acting.authority_id if acting else None


class RoleForm(HouseForm):
    """Which role, where, from when, and why."""

    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), *Role.choices])
    organisation = forms.ModelChoiceField(queryset=None, label="Works for", empty_label="Choose an organisation")
    teams = forms.ModelMultipleChoiceField(
        queryset=None, label="Teams (optional)", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Only for social workers, team managers and service managers.",
    )  # fmt: skip
    from_on = HouseDateField(label="From")
    until_on = HouseDateField(label="Until (optional)", required=False, help_text="The first day they no longer hold it. Leave empty where no end is known.")
    because = LongTextField(label="Why they need it", rows=2, max_length=300, required=False)

    def __init__(self, *args, authority_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_of(authority_id)
        self.fields["teams"].queryset = teams_of(authority_id)

    def clean_teams(self):
        """A list, as the deed takes it."""
        return list(self.cleaned_data["teams"])


class AddPersonForm(RoleForm):
    """Who they are, and their first role."""

    full_name = TextField(label="Full name", max_length=200)
    email = forms.EmailField(label="Email address at work", max_length=254, help_text="They sign in with it.")
    job_title = TextField(label="Job title (optional)", max_length=200, required=False)

    field_order = ["full_name", "email", "job_title", "role", "organisation", "teams", "from_on", "until_on", "because"]


class AnswerForm(HouseForm):
    """Agree or not, and why not."""

    agrees = forms.ChoiceField(
        label="Do you agree?", choices=[("yes", "Agree: they hold the role from its day"), ("no", "Turn it down")], widget=forms.RadioSelect
    )
    note = LongTextField(label="Why it is turned down (if it is)", rows=2, required=False, max_length=300)


class TakeBackForm(HouseForm):
    """Why a role is not wanted after all."""

    note = LongTextField(label="Why it is taken back", rows=2, required=False, max_length=300)


class EndRoleForm(HouseForm):
    """Which role ends, when, and why."""

    held = forms.ModelChoiceField(queryset=None, label="Which role ends?", widget=forms.RadioSelect, empty_label=None)
    until_on = HouseDateField(label="The first day they no longer hold it", help_text="Today ends it at once, also where they are signed in.")
    because = LongTextField(label="Why it ends", rows=2, max_length=300, required=False)

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held"].queryset = roles
        self.fields["held"].label_from_instance = in_words


class CloseAccountForm(HouseForm):
    """Why an account is closed."""

    because = LongTextField(label="Why it is closed", rows=2, max_length=300, required=False)


def in_words(held: RoleHeld) -> str:
    """ "Team manager, Ashmere Council: North team"."""
    teams = ", ".join(team.name for team in held.teams.all())
    return f"{held}: {teams}" if teams else str(held)
