"""What has been put to the boards, and a report drawn for one of them."""

from datetime import timedelta

from contracts.actions.escalation import escalate, record_answer
from kpis.actions.board_report import draw_report


def tell_boards(story) -> None:
    """One question was answered, another waits; the last report was drawn the day before the group met."""
    borough, today = story.borough, story.today
    asked: list = []
    story.at(today - timedelta(days=80), 11, lambda: asked.append(_ask_for_post(borough, today)))
    story.at(today - timedelta(days=40), 15, lambda: _answer(asked[0], borough, today))
    story.at(today - timedelta(days=12), 10, lambda: _ask_for_home(borough, today))
    story.at(today - timedelta(days=20), 16, lambda: draw_report(borough.authority, board="scip", by=borough.com))


def _ask_for_post(borough, today):
    return escalate(
        borough.authority, board="scip", what="Fund a second speech and language post, or accept the wait",
        why="The post has been empty since spring, and assessments take longer than was planned.",
        wanted_by=today - timedelta(days=45), by=borough.com,
    )  # fmt: skip


def _answer(escalation, borough, today):
    record_answer(
        escalation, decision="Fund the post for a year and look again.", decided_by="The board’s chair",
        decided_on=today - timedelta(days=42), by=borough.com,
    )  # fmt: skip


def _ask_for_home(borough, today):
    escalate(
        borough.authority, board="bmb", what="Open the third property later than the plan says",
        why="Its registration has taken longer than was allowed for, so what it was to save will come later.",
        wanted_by=today + timedelta(days=16), by=borough.com,
    )  # fmt: skip
