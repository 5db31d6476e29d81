"""One deed done to several referrals that were ticked on the list, each with its own outcome."""

from core.roles import Permission
from core.rules import RuleBroken
from core.views.bases import ActionView
from referrals.actions.batch import make_several_ready, name_several_leads
from referrals.forms.waiting import LeadWorkerForm
from referrals.views.around import people_who_lead


class Several(ActionView):
    """A deed to several: what was ticked, one button, and what became of each; declare `heading`, `lead`, `submit_label`, `do`."""

    template_name = "referrals/several_ready.html"
    heading, lead, submit_label = "", "", ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading, lead=self.lead, picked=self.picked(), outcomes=getattr(self, "outcomes", None),
            submit_label=self.submit_label, back_url="/referrals", back_label="Referrals", **kwargs,
        )  # fmt: skip

    def picked(self) -> list[str]:
        """What was ticked, where it is a reference."""
        return [typed for typed in self.request.POST.getlist("pick")[:60] if len(typed) == 7 and "-" in typed]

    def do(self, form):
        """Do the deed to each; give the outcomes."""
        raise NotImplementedError

    def form_valid(self, form):
        """Not led away: the page says what became of each."""
        try:
            self.outcomes = self.do(form)
        except RuleBroken as refusal:
            return self.refused(form, refusal)
        return self.render_to_response(self.get_context_data(form=form))


class MakeSeveralReady(Several):
    """Several referrals made ready for panel, each with its own outcome."""

    permission = Permission.TRIAGE_REFERRALS
    heading, lead = "Make several referrals ready", "Each in the band that its own facts propose."
    submit_label = "Make them ready for panel"

    def do(self, form):
        return make_several_ready(self.picked(), by=self.request.user)


class NameSeveralLeads(Several):
    """One lead worker named for several children, each with its own outcome."""

    permission = Permission.NAME_LEAD_WORKERS
    form_class = LeadWorkerForm
    heading, lead = "Name a lead worker for several", "Each child is judged by itself: one that cannot be changed stops none of the others."
    submit_label = "Name the lead worker"

    def get_form_kwargs(self):
        kwargs = {**super().get_form_kwargs(), "people": people_who_lead(self.request.user)}
        if "person" not in self.request.POST:  # come from the list: nothing has been answered yet
            kwargs.pop("data", None)
            kwargs.pop("files", None)
        return kwargs

    def post(self, request, *args, **kwargs):
        if "person" not in request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def do(self, form):
        said = form.cleaned_data
        return name_several_leads(self.picked(), person=said["person"], reason=said["reason"], by=self.request.user)
