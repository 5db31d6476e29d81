"""Interests: declared at a meeting, and the standing register."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404

from core import clock
from core.models import Organisation, User
from core.roles import Permission, Role
from core.rules import RuleBroken
from core.views.bases import ActionView
from panels.actions.interest import declare_interest
from panels.actions.register import add_to_register, confirm_register, end_in_register
from panels.forms.agenda import InterestForm, RegisterForm
from panels.models import RegisterEntry
from panels.models.register import confirm_by, confirmed_on
from panels.models.room import may_chair
from panels.views.meeting import MeetingRecord
from referrals.choices import Depth
from referrals.models import Provision, ProvisionTerms


class DeclareInterest(MeetingRecord, ActionView):
    """Declare an interest in an item, or none in any."""

    permission = Permission.DECLARE_INTERESTS
    form_class = InterestForm
    success_message = "Declared. You are out of that item everywhere, or in all of them if you declared none."

    def get_form_kwargs(self):
        rows = [
            (str(row["item"].pk), f"{row['number']}. {row['item'].title}")
            for row in self.items_for(self.record)
            if row["item"]
        ]
        return {
            **super().get_form_kwargs(), "items": [("none", "I have no interest in any item"), *rows], "minuters": self._minuters(),
        }  # fmt: skip

    def _minuters(self):
        """Who could minute instead of this administrator; nothing is asked of anybody else."""
        user = self.request.user
        if user.acting.role != Role.PANEL_ADMINISTRATOR:
            return None
        rows = User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=self.record.panel.authority_id)
        return rows.exclude(pk=user.pk).distinct().order_by("full_name")

    def get_initial(self):
        return {"item": self.request.GET.get("item", "").replace("\x00", "")[:9], "depth": Depth.RECORD}

    def get_context_data(self, **kwargs):
        user, meeting = self.request.user, self.record
        reads_all = user.acting.role == "PA" or may_chair(meeting, user)
        seen = meeting.items.visible_to(user).values_list("pk", flat=True)
        rows = meeting.interests.select_related("person", "item").order_by("-declared_at")
        rows = rows.filter(person=user) if not reads_all else rows.filter(item__in=seen) | rows.filter(item=None) | rows.filter(person=user)
        return super().get_context_data(
            meeting=meeting, declared=rows, reads_all=reads_all, suggestions=self._suggestions(meeting),
            hidden=[row["number"] for row in self.items_for(meeting) if not row["item"]], **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def _suggestions(self, meeting) -> list[dict]:
        """What this person's own register says, beside the items that would go to a company it names."""
        entries = list(RegisterEntry.objects.visible_to(self.request.user).current().select_related("organisation")[:20])
        items = [row["item"] for row in self.items_for(meeting) if row["item"] and row["item"].referral_id] if entries else []
        providers = _providers(meeting, items)
        return [
            {"entry": entry, "items": [item for item in items if entry.organisation_id and providers.get(item.referral.wants) == entry.organisation_id]}
            for entry in entries
        ]  # fmt: skip

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        item = None
        if said["item"] != "none":
            item = get_object_or_404(self.record.items.visible_to(user), pk=said["item"])
        declare_interest(
            self.record, person=user, item=item, nature=said["nature"], is_none=item is None,
            depth=said["depth"] or Depth.RECORD, minuted_by=said.get("minuted_by"), by=user,
        )  # fmt: skip
        return self.request.path


def _providers(meeting, items) -> dict[str, int]:
    """By kind of service, who provides it to the authority today."""
    if not items:
        return {}
    rows = ProvisionTerms.objects.on(clock.today()).filter(provision__authority=meeting.panel.authority_id)
    return dict(rows.values_list("provision__kind", "provider"))


class Register(ActionView):
    """One's own register of interests: what stands, when it was last confirmed, and what is past."""

    permission = Permission.DECLARE_INTERESTS
    form_class = RegisterForm
    success_message = "Added to your register."

    def get_form_kwargs(self):
        here = Provision.objects.filter(authority=self.request.user.acting.authority_id).values("provider")
        return {**super().get_form_kwargs(), "organisations": Organisation.objects.filter(pk__in=here).order_by("name")}

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = list(RegisterEntry.objects.visible_to(user).select_related("organisation").order_by("-since_on", "-pk")[:200])
        today = clock.today()
        last, due = confirmed_on(user), confirm_by(user)
        return super().get_context_data(
            current=[row for row in rows if row.ended_on is None or row.ended_on > today],
            past=[row for row in rows if row.ended_on and row.ended_on <= today],
            last=last, due=due, is_due=due <= today, **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        deed, _, key = request.POST.get("deed", "").partition(" ")
        if deed not in {"confirm", "end"}:
            return super().post(request, *args, **kwargs)
        try:
            if deed == "confirm":
                confirm_register(by=request.user)
                messages.success(request, "Confirmed. You will be asked again in a year.")
            else:
                entry = get_object_or_404(RegisterEntry.objects.visible_to(request.user), reference=key.replace("\x00", "")[:7])
                end_in_register(entry, on=clock.today(), by=request.user)
        except RuleBroken as refusal:
            messages.error(request, " ".join(refusal.reasons))
        return HttpResponseRedirect(request.path)

    def act(self, form):
        add_to_register(by=self.request.user, **form.cleaned_data)
        return self.request.path
