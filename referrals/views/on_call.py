"""The on-call rota and the calls that came."""

from datetime import datetime

from core import clock
from core.models import User
from core.roles import Permission, Role
from core.views.bases import ActionView, RecordList
from referrals.actions.on_call import log_call, name_on_call
from referrals.forms.places import CallForm, TurnForm
from referrals.models import OnCallCall, OnCallTurn, Stay

ANSWERS = [Role.SERVICE_MANAGER, Role.STRATEGIC_MANAGER, Role.HEAD_OF_SERVICE]
TEAM = [Role.PROVIDER_MANAGER, Role.PRACTITIONER]


def _at(day, time) -> datetime:
    """A day and a time of day in England, as a moment."""
    return clock.moment(day, time)


class CallLog(RecordList):
    """Calls to whoever was on call, the last first, beside the rota."""

    permission = Permission.SEE_DUTY
    model = OnCallCall
    template_name = "referrals/places_on_call.html"

    def records(self):
        return super().records().select_related("stay__referral", "answered_by").latest_first()

    def get_context_data(self, **kwargs):
        user, now = self.request.user, clock.now()
        turns = OnCallTurn.objects.visible_to(user).to_come(now).select_related("person")[:14]
        return super().get_context_data(
            turns=turns, now=now, may_log=user.can(Permission.LOG_CALLS), calls_month=self._of_a_month(now), **kwargs
        )

    def _of_a_month(self, now) -> int:
        """How many calls there were in the last 28 days."""
        return super().records().filter(called_at__gt=now - 28 * clock.ONE_DAY).count()


class NameOnCall(ActionView):
    """Put somebody on the rota."""

    permission = Permission.SEE_DUTY
    form_class = TurnForm
    template_name = "referrals/places_turn.html"
    success_message = "Added to the rota."

    def get_form_kwargs(self):
        acting = self.request.user.acting
        is_provider = acting.role in TEAM
        here = {"organisation": acting.organisation_id} if is_provider else {"authority": acting.authority_id}
        people = User.objects.holding(*(TEAM if is_provider else ANSWERS), **here)
        return {**super().get_form_kwargs(), "people": people.order_by("full_name")}

    def get_initial(self):
        return {
            "kind": "team" if self.request.user.acting.role in TEAM else "service manager", "from_on": clock.today(),
            "from_time": "17:00", "until_on": clock.today() + clock.ONE_DAY, "until_time": "09:00",
        }  # fmt: skip

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        name_on_call(
            authority=user.acting.authority, kind=said["kind"], person=said["person"], telephone=said["telephone"],
            from_at=_at(said["from_on"], said["from_time"]), until_at=_at(said["until_on"], said["until_time"]), by=user,
        )  # fmt: skip
        return "/places/on-call"


class LogCall(ActionView):
    """Write down a call as it was answered."""

    permission = Permission.LOG_CALLS
    form_class = CallForm
    template_name = "referrals/places_call.html"
    success_message = "The call is logged."

    def get_form_kwargs(self):
        stays = Stay.objects.visible_to(self.request.user).filter(state="begun").select_related("referral", "place")
        return {**super().get_form_kwargs(), "stays": stays.order_by("place__provision", "place__number")}

    def get_initial(self):
        return {"called_on": clock.today()}

    def act(self, form):
        said, user = dict(form.cleaned_data), self.request.user
        called_at = _at(said.pop("called_on"), said.pop("called_at"))
        log_call(authority=user.acting.authority, called_at=called_at, **said, by=user)
        return "/places/on-call" if user.can(Permission.SEE_DUTY) else "/"


