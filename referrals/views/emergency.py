"""Starting a stay in an emergency: one page, three things to say."""

from datetime import timedelta

from core import clock
from core.roles import Permission
from core.search import tidy_words
from core.views.bases import ActionView
from referrals.actions.child import add_child
from referrals.actions.emergency import start_in_emergency
from referrals.forms.places import EmergencyForm
from referrals.models import Child, Place
from referrals.models.home_words import home_words
from referrals.models.matching import residents
from referrals.rules import capacity
from referrals.rules.emergency import Said

MOST = 8
USUAL = timedelta(weeks=4)


class StartInEmergency(ActionView):
    """The service manager on call starts a stay tonight, in a bed that is empty and lawful."""

    permission = Permission.START_EMERGENCIES
    model = Place
    form_class = EmergencyForm
    template_name = "referrals/place_emergency.html"
    success_message = "Started. The second signature and the tasks that are left are due the next working day."

    def records(self):
        rows = super().records().select_related("provision__provider", "home")
        return rows.prefetch_related("home__registrations", "home__kite_marks", "out_of_use")

    def why_not(self):
        return [] if self.record.home_id else ["In an emergency a child is given a bed or a room."]

    def children(self):
        """Children the person may see and the search finds; without a search, the ones added last."""
        looked_for = self.looked_for()
        rows = Child.objects.visible_to(self.request.user).filter(died_on=None)
        return rows.matching(looked_for) if looked_for else rows.order_by("-added_at", "-pk")

    def looked_for(self):
        """What was typed to find the child; it is posted, so that no name stands in an address."""
        return tidy_words(self.request.POST.get("q", ""))

    def get_form_kwargs(self):
        found = list(self.children().values_list("pk", flat=True)[:MOST])
        children = Child.objects.visible_to(self.request.user).filter(died_on=None)
        chosen = self.request.POST.get("child", "").replace("\x00", "")[:7]
        shown = children.filter(pk__in=found) | children.filter(reference=chosen)
        return {**super().get_form_kwargs(), "children": shown.order_by("full_name", "pk")}

    def get_initial(self):
        return {"planned_end_on": clock.today() + USUAL}

    def get_context_data(self, **kwargs):
        today = clock.today()
        there = residents(self.record, capacity.Stay(today, today + clock.ONE_DAY))
        return super().get_context_data(
            place=self.record, home=home_words(self.record.home, today) if self.record.home else self.record.provision.name, residents=there, looked_for=self.looked_for(), **kwargs
        )

    def post(self, request, *args, **kwargs):
        """Looking for the child judges nothing yet, and keeps whatever else was typed."""
        if "find" not in request.POST:
            return super().post(request, *args, **kwargs)
        kwargs = {**self.get_form_kwargs(), "initial": request.POST.dict(), "data": None, "files": None}
        return self.render_to_response(self.get_context_data(form=self.form_class(**kwargs)))

    def act(self, form):
        said = form.cleaned_data
        stay = start_in_emergency(
            self.record, said["child"] or self._added(said), planned_end_on=said["planned_end_on"], risk_because=said["risk_because"],
            said=Said(said["risk"], said["legal_status"], said["agreed_with"], said["impact"]), by=self.request.user,
        )  # fmt: skip
        return stay.get_absolute_url()

    def _added(self, said):
        """The child whom nobody knew here, in the manager's own team; what else is asked of them is due the next Working Day."""
        user = self.request.user
        return add_child(
            authority=user.acting.authority, team=user.acting.teams.order_by("name", "pk").first(), full_name=said["full_name"],
            born_on=said["born_on"], knowingly=bool(said.get("knowingly")), by=user,
        )  # fmt: skip
