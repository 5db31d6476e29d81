"""Ending a stay: four tasks, the end itself, step-down, who lives beside the child, and how things are later."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from core import clock
from core.dates import day_in_words
from core.forms import HouseForm
from core.roles import Permission
from core.views.bases import ActionView, ButtonDeed
from referrals.actions.closing import release_place
from referrals.actions.ending import (
    finish_ending,
    goes_on,
    step_down,
    step_up,
)
from referrals.actions.stay import end_stay
from referrals.actions.transition import record_resident
from referrals.choices import ReferralStatus, StayState
from referrals.forms.ending import (
    TASK_FORMS,
    TASK_NAMES,
    EndStayForm,
    ResidentForm,
    StepForm,
)
from referrals.models import Ending, Stay
from referrals.models.plan import Goal
from referrals.rules.ending import why_not_end_while_missing


class StayRecord:
    """What the pages of one stay's ending share: the stay, and the bar at the head."""

    model = Stay

    def records(self):
        rows = super().records().select_related("place__provision", "child__authority", "referral", "ending")
        return rows.prefetch_related("referral__tasks")

    @property
    def ending(self):
        """What has been written about the ending, or an empty one."""
        ending = getattr(self.record, "ending", None) or Ending(stay=self.record)
        ending.name_whom_it_worked_with()
        return ending

    def identity(self):
        """The bar: the child, the place, how long, and where support stands."""
        stay, referral = self.record, self.record.referral
        status = referral.status_seen_by(self.request.user) if referral else None
        return {
            "stay": stay, "child": stay.child, "record_name": stay.child.called,
            "record_facts": [stay.child.reference, stay.place.name, stay.get_state_display()],
            "status_label": status.label if status else "", "status_tone": status.tone if status else "",
        }  # fmt: skip


def ending_links(stay, user) -> dict:
    """What the page of a stay shows of its ending, by who looks."""
    manages = user.can(Permission.ALLOCATE_PLACES) or user.can(Permission.CLOSE_RECORDS)
    return {
        "may_end": user.can(Permission.END_SUPPORT), "may_write_plans": user.can(Permission.WRITE_PLANS),
        "may_release": manages and user.can(Permission.SEE_PLANS),
    }  # fmt: skip


class EndStay(StayRecord, ActionView):
    """The four tasks, the three dates, and one button: the stay ends, or the support that had no plan does."""

    permission = Permission.END_SUPPORT
    success_message = "Saved. The place is free from that day."

    def get_form_class(self):
        return EndStayForm if self.record.state == StayState.BEGUN else HouseForm

    def get_initial(self):
        return {"on": clock.today()}

    def why_not(self):
        if self.record.state != StayState.BEGUN:
            return []
        return why_not_end_while_missing(is_missing=self.record.is_missing_now(), why=self.ending.why)

    def get_context_data(self, **kwargs):
        stay, ending = self.record, self.ending
        support_goes_on = goes_on(stay)
        missing = ending.missing(support_goes_on=support_goes_on)
        tasks = [_task(stay, ending, name, missing[name]) for name in asked_of(support_goes_on)]
        return super().get_context_data(
            tasks=tasks, done=sum(task["tone"] == "plain" for task in tasks), ending=ending, dates=_dates(stay),
            support_goes_on=support_goes_on, is_over=stay.state == StayState.ENDED and not ending.is_unplanned,
            waits_for_plan=stay.state == StayState.ENDED and ending.exit_due_on is not None,
            can_step=stay.referral is not None and stay.referral.status in {"SUPPORTED", "STEP_DOWN"},
            goal=goal_of(stay), **self.identity(), **kwargs,
        )  # fmt: skip

    def act(self, form):
        stay, user = self.record, self.request.user
        if stay.state != StayState.BEGUN:
            finish_ending(stay, by=user)
            self.success_message = "Saved. Support has ended."
            return self.request.path
        said = form.cleaned_data
        because = None if said["planned"] == "yes" else said["unplanned_because"]
        end_stay(stay, on=said["on"], unplanned_because=because, by=user)
        return self.request.path


def asked_of(support_goes_on: bool) -> list[str]:
    """The tasks that this ending asks for: a move on within the same support needs two."""
    return ["reason", "next"] if support_goes_on else list(TASK_FORMS)


def _task(stay, ending, name, missing) -> dict:
    """One task as the list shows it: done, begun, or not yet."""
    fields = TASK_FORMS[name].base_fields
    begun = any(getattr(ending, field) for field in fields)
    return {
        "label": TASK_NAMES[name], "url": f"{stay.get_absolute_url()}/end/{name}",
        "detail": " ".join(missing[:2]) if begun else "",
        "status": "Completed" if not missing else "In progress" if begun else "Not yet started",
        "tone": "plain" if not missing else "waiting",
    }  # fmt: skip


def _dates(stay) -> list[dict]:
    """Expected when it began, planned now, and actual: the three dates of one end."""
    first = stay.events.order_by("pgh_id").values_list("planned_end_on", flat=True).first()
    rows = [
        ("Expected when it was arranged", first), ("Planned now", stay.planned_end_on), ("Actual", stay.ended_on),
    ]  # fmt: skip
    dates = [{"label": label, "value": day_in_words(on) if on else "Not yet" if label == "Actual" else "Open"} for label, on in rows]
    if stay.ended_on and stay.planned_end_on and stay.ended_on != stay.planned_end_on:
        days = (stay.ended_on - stay.planned_end_on).days
        dates[-1]["value"] += f" ({abs(days)} day{'s' if abs(days) != 1 else ''} {'later' if days > 0 else 'sooner'} than planned)"
    return dates


def goal_of(stay) -> str:
    """The goal of the referral, in words: what the outcome is scored against."""
    asked = stay.referral.task_answers.get("request", {}).get("goal", "") if stay.referral else ""
    return Goal(asked).label if asked in Goal.values else ""


class StepDown(StayRecord, ActionView):
    """Less support towards the end, or more again."""

    permission = Permission.END_SUPPORT
    form_class = StepForm
    template_name = "referrals/write_ending.html"

    def load(self):
        stay = super().load()
        if stay.referral is None:
            raise Http404
        return stay

    @property
    def is_down(self):
        """Whether support is stepped down now."""
        return self.record.referral.status == ReferralStatus.STEP_DOWN

    def get_context_data(self, **kwargs):
        words = ("Support in full again", "Go back to full support") if self.is_down else ("Step down", "Step down")
        return super().get_context_data(
            heading=words[0], submit_label=words[1], back_url=f"{self.record.get_absolute_url()}/end",
            back_label="Ending", **self.identity(), **kwargs,
        )  # fmt: skip

    def act(self, form):
        deed = step_up if self.is_down else step_down
        deed(self.record.referral, reason=form.cleaned_data["reason"], by=self.request.user)
        return f"{self.record.get_absolute_url()}/end"


class ReleasePlace(StayRecord, ButtonDeed):
    """The place of a child who has died is free again."""

    permission = Permission.SEE_PLANS
    success_message = "The place is released."

    def load(self):
        stay = super().load()
        if not ending_links(stay, self.request.user)["may_release"]:
            raise PermissionDenied
        return stay

    def act(self, form):
        release_place(self.record, by=self.request.user)


class RecordResident(StayRecord, ActionView):
    """A young parent's baby, or another who lives with the child in the place."""

    permission = Permission.WRITE_PLANS
    form_class = ResidentForm
    success_message = "Saved."

    def load(self):
        stay = super().load()
        rows = list(stay.residents.order_by("pk")[:10])
        number = self.kwargs.get("nth")
        if number is not None and not 0 < number <= len(rows):
            raise Http404
        self.residents, self.row = rows, rows[number - 1] if number else None
        return stay

    def get_initial(self):
        return {field: getattr(self.row, field) for field in ResidentForm.base_fields} if self.row else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            residents=self.residents, heading="Who lives with the child in this place", submit_label="Save",
            back_url=self.record.get_absolute_url(), back_label=self.record.place.name, **self.identity(), **kwargs,
        )  # fmt: skip

    def act(self, form):
        record_resident(self.record, row=self.row, by=self.request.user, **form.cleaned_data)
        return f"{self.record.get_absolute_url()}/residents"
