"""The commissioner's review of a return, dated corrections of an accepted one, and the targets that rows are rated by."""

from django.shortcuts import get_object_or_404

from contracts.models import Contract
from contracts.views.head import head_of
from core.roles import Permission
from core.views.bases import ActionView, Question
from kpis.actions.provider_return import correct_return, review_return, set_return_target
from kpis.choices import ReturnState
from kpis.forms.provider_return import CorrectionForm, TargetForm, name_of, review_form
from kpis.measures.return_rows import by_topic
from kpis.models import ReturnRow
from kpis.views.dashboard import hides
from kpis.views.provider_return import OfAReturn

P = Permission
SEVERAL = {"green", "unrated"}  # the buttons that accept several rows at once, before anything is saved


class ReviewReturn(OfAReturn, ActionView):
    """Accept or challenge each row of a return, the seven topics of a review as its headings."""

    permission = P.REVIEW_RETURNS
    template_name = "kpis/return_review.html"
    counts_again = True

    def get_form_class(self):
        return review_form(self.rows)

    def get_initial(self):
        said = {f"verdict_{row.row.measure}": row.row.verdict for row in self.rows if not row.row.answer}
        return said | {f"challenge_{row.row.measure}": row.row.challenge for row in self.rows} | {"words": self.record.review_words}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if SEVERAL & set(self.request.POST):
            kwargs["initial"] = self._with_several_accepted()
            kwargs["data"] = kwargs["files"] = None
        return kwargs

    def _with_several_accepted(self) -> dict:
        """What was chosen and typed so far, and every green row, or every row that nothing rates, accepted."""
        rating = "G" if "green" in self.request.POST else ""
        typed = self.get_initial() | {name: value for name, value in self.request.POST.items() if name.startswith(("verdict_", "challenge_", "words"))}
        return typed | {f"verdict_{row.row.measure}": "accept" for row in self.rows if row.row.rating == rating}

    def post(self, request, *args, **kwargs):
        if SEVERAL & set(request.POST):
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        kwargs["form"] = form = kwargs.get("form") or self.get_form()
        of = self.record
        for row in self.rows:
            row.verdict, row.why = form[f"verdict_{row.row.measure}"], form[f"challenge_{row.row.measure}"]
            row.opens = bool(row.why.errors or row.why.value() or row.verdict.value() == "challenge")
        said = [row.verdict.value() for row in self.rows]
        return super().get_context_data(
            **head_of(of.contract, self.request, part="returns"), of=of, topics=by_topic(of, self.rows), rows=self.rows,
            greens=[row for row in self.rows if row.rating == "G"], unrated=[row for row in self.rows if not row.row.rating], hides=hides(self.request.user),
            reviews=of.state == ReturnState.SENT, accepted=said.count("accept"), challenged=said.count("challenge"),
            open_rows=len(said) - said.count("accept") - said.count("challenge"), **kwargs,
        )  # fmt: skip

    def act(self, form):
        of = review_return(
            self.record, verdicts=form.verdicts(), challenges=form.challenges(), words=form.cleaned_data["words"], by=self.request.user
        )
        if of.state == ReturnState.ACCEPTED:
            self.success_message = "Accepted and locked. Decide next what is paid."
            return f"{of.contract.get_absolute_url()}/payments/{of.period}"
        self.success_message = "Sent back to the provider, who answers what you challenged."
        return of.get_absolute_url()


class CorrectRow(OfAReturn, Question):
    """A dated correction of one row of an accepted return."""

    form_class = CorrectionForm
    submit_label, back_label = "Save the correction", "Return"
    lead = "The return stays as it was accepted. The correction stands beside the figure with today’s date."
    success_message = "Saved as a correction of today."

    @property
    def heading(self):
        return f"Correct “{name_of(self.row.measure)}”"

    @property
    def row(self):
        """The row that the address names."""
        return get_object_or_404(ReturnRow, provider_return=self.record, measure=self.kwargs["measure"])

    def act(self, form):
        correct_return(self.row, by=self.request.user, **form.cleaned_data)


class SetReturnTarget(Question):
    """Enter one target of the Performance Management Framework."""

    permission = P.REVIEW_RETURNS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    form_class = TargetForm
    heading, submit_label, back_label = "Enter a target", "Save the target", "Returns"
    lead = "From today on. Quarters that have ended keep the target they had."
    success_message = "Saved. The next return is rated by it."

    def back(self):
        return f"{self.record.get_absolute_url()}/returns"

    def act(self, form):
        set_return_target(self.record, by=self.request.user, **form.cleaned_data)
