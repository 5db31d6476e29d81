"""Feedback of carers and young people: due dates, results, and what came of it."""

from contracts.models import Contract, FeedbackAnswer, FeedbackRound
from contracts.models.feedback import Asked
from contracts.rules.feedback import next_due
from core import clock
from core.charts import Line, Tick, line_chart
from core.roles import Permission, Role
from core.views.bases import RecordDetail, RecordList
from kpis.measures.feedback import line_of, results, ways
from kpis.views.dashboard import hides

UP = [Tick(mark, str(mark)) for mark in (1, 2, 3, 4, 5)]
MOST = 50


def hides_feedback(user) -> bool:
    """Those who watch read no result of 1 to 5 people; those who asked them do."""
    return hides(user) and user.acting.role != Role.PRACTITIONER


class Feedback(RecordList):
    """Every round, what is due, and how the answers have moved."""

    permission = Permission.SEE_FEEDBACK
    model = FeedbackRound
    template_name = "kpis/feedback.html"

    def records(self):
        return super().records().select_related("contract").order_by("-due_on", "-pk")

    def get_context_data(self, **kwargs):
        user = self.request.user
        hide = hides_feedback(user)
        context = super().get_context_data(hides=hide, may_keep=user.can(Permission.KEEP_ASSURANCE), **kwargs)
        counted = ways(context["object_list"], hide=hide)
        for one in context["object_list"]:
            one.answered, _ = counted[one.pk]
        rows = FeedbackRound.objects.visible_to(user).prefetch_related("answers").order_by("-due_on", "-pk")[:MOST]
        lines = {each: line_of(rows, each, hide=hide) for each in Asked}
        contracts = Contract.objects.visible_to(user).filter(state="active").order_by("name", "pk")
        return context | {"chart": _chart(lines), "due": _due(contracts[:MOST], rows), "contracts": contracts[:MOST], "averages": _table(lines)}


def _due(contracts, rounds) -> list[dict]:
    """By when each contract asks next: the open round's day, or six months after the last."""
    found = []
    for contract in contracts:
        for asked in Asked:
            mine = [one for one in rounds if one.contract_id == contract.pk and one.asked == asked]
            last = max(mine, key=lambda one: one.due_on, default=None)
            if last is not None:
                day = last.due_on if last.closed_on is None else next_due(last.due_on)
                found.append({"contract": contract, "asked": asked.label, "on": day, "is_late": day < clock.today(), "open": last.closed_on is None})
    return found


def _table(lines) -> list[dict]:
    """The same averages as the chart's, as rows."""
    return [{"asked": asked.label, "on": on, "average": mean} for asked, points in lines.items() for on, mean in points]


def _chart(lines):
    """The averages of each who are asked, over the days."""
    days = [on for points in lines.values() for on, _ in points]
    if len(set(days)) < 2:
        return ""
    first, span = min(days), (max(days) - min(days)).days
    kinds = {Asked.CARERS: "planned", Asked.YOUNG_PEOPLE: "actual"}
    drawn = [
        Line(f"{asked.label} {points[-1][1]}", [((on - first).days / span, float(mean)) for on, mean in points], kinds[asked], dots=True)
        for asked, points in lines.items() if points
    ]  # fmt: skip
    across = [Tick(0, f"{first:%b %Y}"), Tick(1, f"{max(days):%b %Y}")]
    return line_chart(drawn, title_id="chart-title", across=across, up=UP, height=220, right=180)


class FeedbackRoundDetail(RecordDetail):
    """One round: marks by question, words, how people answered, and what came of it."""

    permission = Permission.SEE_FEEDBACK
    model = FeedbackRound
    template_name = "kpis/feedback_round.html"

    def records(self):
        return super().records().select_related("contract")

    def get_context_data(self, **kwargs):
        one, user = self.object, self.request.user
        hide = hides_feedback(user)
        seen = FeedbackAnswer.objects.visible_to(user).filter(round=one).select_related("child").order_by("-given_on", "-pk")
        said = [] if user.acting.role == Role.COMMISSIONER else seen.exclude(words="", impact="")[:MOST]
        answered, routes = ways([one], hide=hide)[one.pk]
        is_open = one.closed_on is None
        return super().get_context_data(
            round=one, results=results(one, hide=hide), answered=answered, hides=hide, said=said,
            routes=routes, may_add=is_open and user.can(Permission.ADD_FEEDBACK), uses=user.can(Permission.ADD_FEEDBACK),
            may_close=is_open and user.can(Permission.KEEP_ASSURANCE), opens_children=user.can(Permission.SEE_CHILDREN), **kwargs,
        )  # fmt: skip

