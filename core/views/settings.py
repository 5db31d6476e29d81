"""The numbers a council settles by date: what is in force, what is to come, who changed what and why."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core import clock
from core.actions.setting import confirm_number, drop_number, settle_number
from core.dated import numbers
from core.forms import HouseDateField, HouseForm, LongTextField
from core.models import DatedSetting
from core.readings import reading, readings
from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import ActionView, Page

MOST = 100


class SettleForm(HouseForm):
    """How much, from which day, and why."""

    number = forms.IntegerField(label="New number", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    from_on = HouseDateField(label="From")
    note = LongTextField(label="Why it changes, and who settled it", rows=3, max_length=1000, required=False)

    def __init__(self, *args, unit="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = f"In {unit}."


class Settings(Page):
    """Every number that is settled by date, with the one in force and the next."""

    permission = Permission.SEE_SETTINGS
    template_name = "core/settings.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        known = readings()
        now = numbers(*[one.key for one in known], authority=user.acting.authority_id)
        rows = DatedSetting.objects.visible_to(user).filter(name__in=now).order_by("-from_on")
        rows = rows.filter(Q(is_proposed=True) | Q(from_on__gt=clock.today()))
        coming, waits = ({row.name: row for row in found[:MOST]} for found in (rows.filter(is_proposed=False), rows.filter(is_proposed=True)))
        return super().get_context_data(
            rows=[
                {"reading": one, "now": now[one.key], "next": _coming(one, coming.get(one.key)), "waits": _coming(one, waits.get(one.key))}
                for one in known
            ],
            changes=user.can(Permission.CHANGE_SETTINGS), **kwargs,
        )  # fmt: skip


def _coming(found, row):
    """The next change in words, or nothing."""
    return {"words": found.in_words(row.value), "from_on": row.from_on} if row else None


class Setting(ActionView):
    """One number: what it was and is to be, and a new one from a day, for whoever may settle it."""

    permission = Permission.SEE_SETTINGS
    form_class = SettleForm
    template_name = "core/setting.html"
    success_message = "Settled. Whatever uses this number follows it from its day."

    def dispatch(self, request, *args, **kwargs):
        self.reading = reading(kwargs["setting"])
        if self.reading is None and request.user.is_authenticated:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "unit": self.reading.units}

    def get_context_data(self, **kwargs):
        user, found = self.request.user, self.reading
        rows = DatedSetting.objects.visible_to(user).filter(name=found.key).select_related("confirmed_by", "settled_by")
        return super().get_context_data(
            reading=found, now=numbers(found.key, authority=user.acting.authority_id)[found.key], today=clock.today(),
            rows=[{"row": row, "words": found.in_words(row.value), "is_own": row.settled_by_id == user.pk} for row in rows.order_by("-from_on", "-pk")[:MOST]],
            changes=user.can(Permission.CHANGE_SETTINGS) and user.acting.authority_id is not None,
            confirms=user.can(Permission.CONFIRM_SETTINGS), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        if "answer" in request.POST:
            return self._answer(request)
        if not request.user.can(Permission.CHANGE_SETTINGS) or request.user.acting.authority_id is None:
            return self.http_method_not_allowed(request)
        return super().post(request, *args, **kwargs)

    def _answer(self, request):
        """A second person confirms a number that somebody settled, or says that it is not to be."""
        if not request.user.can(Permission.CONFIRM_SETTINGS):
            return self.http_method_not_allowed(request)
        rows = DatedSetting.objects.visible_to(request.user).filter(authority=request.user.acting.authority_id, name=self.reading.key)
        said, _, key = request.POST["answer"].partition(" ")
        row = get_object_or_404(rows, pk=int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0)
        try:
            if said == "confirm":
                confirm_number(row, by=request.user)
                messages.success(request, "Confirmed. Whatever uses this number follows it from its day.")
            else:
                drop_number(row, by=request.user)
                messages.success(request, "Not confirmed. The number in force stays.")
        except RuleBroken as broken:
            messages.error(request, " ".join(broken.reasons))
        return HttpResponseRedirect(self.get_success_url())

    def act(self, form):
        user = self.request.user
        if self.reading.takes_two:
            self.success_message = "Settled, and not in force yet: somebody else has to confirm it."
        settle_number(self.reading, authority=user.acting.authority, by=user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("setting", args=[self.reading.key])
