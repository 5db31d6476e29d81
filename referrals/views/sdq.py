"""SDQ scores: the table, the line, and adding one."""

from core import clock
from core.charts import Line, Tick, line_chart
from core.dated import number_by_day, numbers
from core.roles import Permission
from core.views.bases import ActionView, RecordDetail
from referrals.actions.sdq import add_sdq
from referrals.forms.care import AddSdqForm
from referrals.models import Child
from referrals.models.child_page import details_of
from referrals.rules.care import change_words, sdq_state
from referrals.rules.readings import SDQ_FROM
from referrals.views.child_head import CareRecord

UP = [Tick(value, str(value)) for value in (0, 10, 20, 30, 40)]


class ChildSdq(CareRecord, RecordDetail):
    """Every score with its band and change, and the line they make."""

    def get_context_data(self, **kwargs):
        child = self.object
        rows = list(child.sdqs.select_related("recorded_by").order_by("on", "pk")[:100])
        scored = [row for row in rows if row.score is not None]
        counts_from = number_by_day(SDQ_FROM, authority=child.authority_id)
        for before, row in zip([None, *scored], scored, strict=False):
            row.moved = change_words(before.score if before else None, row.score)
            row.counted = row.counted_from(counts_from(row.on))
        details = details_of(child)
        state, is_due = sdq_state(details.in_care_since if details else None, child.born_on, scored[-1].on if scored else None, clock.today())
        return super().get_context_data(
            rows=rows[::-1], counts_from=numbers(SDQ_FROM, authority=child.authority_id)[SDQ_FROM], state=state, is_due=is_due, chart=_chart(scored), sentence=_sentence(scored),
            **self.identity(child), **kwargs,
        )  # fmt: skip


def _sentence(scored) -> str:
    """What the line shows, in words."""
    if len(scored) < 2:
        return f"One score so far: {scored[0].score}" if scored else ""
    first, last = scored[0], scored[-1]
    moved = {"First score": "", "No change": "has not changed"}.get(change_words(first.score, last.score), "")
    change = moved or ("has come down" if last.score < first.score else "has gone up")
    return f"The score {change}, from {first.score} to {last.score}" if change != "has not changed" else f"The score is {last.score}, as at first"


def _chart(scored):
    """The scores as a line over the days they were given."""
    if len(scored) < 2:
        return ""
    first, days = scored[0].on, max((scored[-1].on - scored[0].on).days, 1)
    points = [((row.on - first).days / days, float(row.score)) for row in scored]
    concern = Line("17: cause for concern", [(0, 17), (1, 17)], "target")
    across = [Tick(0, f"{first:%b %Y}"), Tick(1, f"{scored[-1].on:%b %Y}")]
    return line_chart(
        [concern, Line(f"SDQ {scored[-1].score}", points, "actual", dots=True)], title_id="chart-title", across=across, up=UP, right=180
    )


class AddSdq(ActionView):
    """Add a score, or why there is none."""

    permission = Permission.RECORD_JOURNEYS
    model = Child
    form_class = AddSdqForm
    success_message = "The SDQ is written down."
    template_name = "base_question.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Add an SDQ score", submit_label="Save the score", lead="The bands are worked out from the score.",
            back_url=f"{self.record.get_absolute_url()}/sdq", back_label="SDQ", **kwargs,
        )  # fmt: skip

    def act(self, form):
        add_sdq(self.record, **form.cleaned_data, by=self.request.user)
        return f"{self.record.get_absolute_url()}/sdq"
