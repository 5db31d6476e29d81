"""Setting a password by the link that was sent."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from core.actions.password import set_password
from core.forms import HouseForm
from core.password_link import whose
from core.rules import RuleBroken


class PasswordForm(HouseForm):
    """The password, twice."""

    password = forms.CharField(
        label="Password", strip=False, max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="12 characters or more. Three words that you remember are good.",
    )  # fmt: skip
    again = forms.CharField(label="The same password again", strip=False, max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self):
        """Long enough, and none that everybody knows."""
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean(self):
        """Both are the same."""
        said = super().clean()
        if "password" in said and said.get("again") not in {None, said["password"]}:
            self.add_error("again", "Type the same password again")
        return said


@method_decorator(login_not_required, name="dispatch")
class SetPassword(FormView):
    """Whoever has the link sets the password of the one it is for; it signs nobody in."""

    form_class = PasswordForm
    template_name = "core/set_password.html"

    def dispatch(self, request, *args, **kwargs):
        self.person = whose(kwargs["token"])
        return super().dispatch(request, *args, **kwargs) if self.person else self._gone()

    def _gone(self):
        return render(self.request, "core/password_link_gone.html", status=404)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.person}

    def form_valid(self, form):
        try:
            set_password(self.person, token=self.kwargs["token"], password=form.cleaned_data["password"], by=self.person)
        except RuleBroken:
            return self._gone()
        messages.success(self.request, "Your password is set. Sign in with it; a second step is set up there if you have none.")
        return HttpResponseRedirect("/sign-in")
