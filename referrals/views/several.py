"""One deed done to several referrals that were ticked on the list, each with its own outcome."""

from core.roles import Permission
from core.views.several import Several
from referrals.actions.batch import make_several_ready, name_several_leads
from referrals.forms.waiting import LeadWorkerForm
from referrals.views.around import people_who_lead


class SeveralReferrals(Several):
    """A deed to several referrals."""

    noun, back_url, back_label = "referral", "/referrals", "Referrals"


class MakeSeveralReady(SeveralReferrals):
    """Several referrals made ready for panel, each with its own outcome."""

    permission = Permission.TRIAGE_REFERRALS
    heading, lead = "Make several referrals ready", "Each in the band that its own facts propose."
    submit_label = "Make them ready for panel"

    def do(self, form):
        return make_several_ready(self.picked(), by=self.request.user)


class NameSeveralLeads(SeveralReferrals):
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
