"""Cover: who signs for me while I am away, and for whom I sign."""

from core import clock
from core.models import User
from core.roles import Permission
from core.views.bases import ActionView, ButtonDeed
from referrals.actions.cover import add_cover, end_cover
from referrals.choices import Step
from referrals.forms.sign_off import CoverForm
from referrals.models import Cover

HERE = "/account/delegates"


class AddCover(ActionView):
    """Who signs for me, between which days; and what is there already."""

    permission = Permission.SIGN_OFF_REFERRALS
    form_class = CoverForm
    success_message = "Cover added. They have been told."

    def get_form_kwargs(self):
        user = self.request.user
        people = User.objects.holding(*Step.values, authority=user.acting.authority_id)
        people = people.exclude(pk=user.pk).order_by("full_name", "pk").distinct()
        return {**super().get_form_kwargs(), "people": people}

    def get_context_data(self, **kwargs):
        user, today = self.request.user, clock.today()
        rows = Cover.objects.visible_to(user).standing().filter(last_on__gte=today)
        rows = rows.select_related("acts", "away").order_by("from_on", "pk")[:50]
        context = super().get_context_data(
            covers=[row for row in rows if row.away_id == user.pk],
            covering=[row for row in rows if row.acts_id == user.pk],
            **kwargs,
        )
        asked = "knowingly" in context["form"].errors or context["form"].data.get("knowingly")
        return {**context, "asks_knowingly": asked}

    def act(self, form):
        add_cover(by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return HERE


class EndCover(ButtonDeed):
    """End cover that is no longer needed."""

    permission = Permission.SIGN_OFF_REFERRALS
    model = Cover
    success_message = "Cover ended."

    def act(self, form):
        end_cover(self.record, by=self.request.user)

    def get_success_url(self):
        return HERE
