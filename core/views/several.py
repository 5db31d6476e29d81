"""A page that does one deed to several records that were ticked on a list, each with its own outcome."""

from core.rules import RuleBroken
from core.views.bases import ActionView


class Several(ActionView):
    """What was ticked, one button, and what became of each.

    Declare `heading`, `lead`, `submit_label`, `noun`, `back_url`, `back_label`, and write `do(form)`.
    """

    template_name = "core/several.html"
    heading, lead, submit_label, noun, back_url, back_label = "", "", "", "record", "", ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading, lead=self.lead, picked=self.picked(), outcomes=getattr(self, "outcomes", None),
            submit_label=self.submit_label, noun=self.noun, back_url=self.back_url, back_label=self.back_label, **kwargs,
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
