"""Minutes composed from what was recorded: nothing is typed twice, and no interest's nature is said."""

from django.db.models import Prefetch

from core import clock
from core.dates import day_in_words
from panels.choices import DecisionState, Outcome
from panels.models.decision import Action
from panels.models.interest import Recusal
from panels.models.room import representatives

SAID = {
    Outcome.AGREE: "The panel agreed",
    Outcome.CONDITIONS: "The panel agreed, with conditions",
    Outcome.PART: "The panel agreed in part",
    Outcome.DEFER: "The panel deferred this",
    Outcome.NOT_AGREED: "The panel did not agree",
    Outcome.REDIRECT: "The panel sent this to another panel",
}
STATES = {
    DecisionState.INQUORATE: "A recommendation to the next quorate meeting.",
    DecisionState.RECOMMENDED: "Not yet agreed by the chair.",
}


def clock_words(moment) -> str:
    """A time of day as minutes give it, or nothing."""
    return f"{moment.astimezone(clock.LONDON):%H:%M}" if moment else ""


def words_of(meeting) -> dict:
    """The minutes of a meeting as plain facts: attendance, each item, decisions and actions."""
    return {
        "meeting": str(meeting),
        "on": day_in_words(meeting.on),
        "venue": meeting.venue,
        "reason": meeting.reason,
        "breach": meeting.breach,
        "attendance": _attendance(meeting),
        "items": [_item(item) for item in _items(meeting)],
    }


def _items(meeting):
    """The items in their order, each with its decision, who left and what is to be done."""
    left = Recusal.objects.filter(withdrawn_at=None).select_related("person")
    to_do = Action.objects.order_by("pk")
    return meeting.items.standing().select_related("decision").order_by("number").prefetch_related(
        Prefetch("recusals", left, to_attr="left"), Prefetch("actions", to_do, to_attr="to_do")
    )


def _attendance(meeting) -> list[dict]:
    """Each seat, who came for it and when; then others who were there; then apologies."""
    rows = []
    present = list(meeting.presences.select_related("person", "stands_for").order_by("arrived_at"))
    seats = representatives(meeting)
    for seat in seats:
        there = [p for p in present if seat.holder.pk in {p.person_id, p.stands_for_id}]
        rows.append(
            {
                "seat": f"{seat.letter}. {seat.title}",
                "person": ", ".join(dict.fromkeys(p.person.full_name for p in there)) or seat.holder.full_name,
                "as": "delegate" if any(p.stands_for_id for p in there) else ("present" if there else "absent"),
                "times": "; ".join(f"{clock_words(p.arrived_at)} to {clock_words(p.left_at)}" for p in there),
            }
        )
    held = {seat.holder.pk for seat in seats}
    rows += [
        {"seat": "Also there", "person": p.person.full_name, "as": "present",
         "times": f"{clock_words(p.arrived_at)} to {clock_words(p.left_at)}"}
        for p in present if not held & {p.person_id, p.stands_for_id}
    ]  # fmt: skip
    return rows


def _item(item) -> dict:
    decision = getattr(item, "decision", None)
    return {
        "number": item.number,
        "key": item.pk,
        "title": item.title,
        "note": item.note,
        "left": [
            f"{r.person.full_name} left" + (f" at {clock_words(r.left_at)}" if r.left_at else "")
            + (f" and returned at {clock_words(r.returned_at)}" if r.returned_at else "")
            for r in item.left
        ],
        "decision": decision.sentence if decision else "",
        "reasons": decision.reasons if decision else "",
        "state": STATES.get(decision.state, "") if decision else "",
        "quorum": decision.quorum.get("sentence", "") if decision else "",
        "actions": [
            {"what": a.what, "who": a.owner_name, "by": day_in_words(a.due_on)} for a in item.to_do
        ],
    }  # fmt: skip


def compose_sentence(item, outcome: str, *, weeks=None, conditions="", review_on=None) -> str:
    """The sentence that will stand in the minutes, from what was recorded."""
    words = SAID.get(outcome, "The panel considered this")
    if item.referral_id and outcome in {Outcome.AGREE, Outcome.CONDITIONS, Outcome.PART}:
        words += f" to {item.referral.ask_sentence[:1].lower()}{item.referral.ask_sentence[1:]}"
        if weeks:
            words = words.rsplit(" for ", 1)[0] + f" for {weeks} weeks"
    sentences = [f"{words}."]
    if conditions.strip():
        sentences.append(f"Conditions: {conditions.strip().rstrip('.')}.")
    if review_on:
        sentences.append(f"It will be reviewed on {review_on.day} {review_on:%B %Y}.")
    return " ".join(sentences)
