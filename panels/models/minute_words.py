"""Minutes composed from what was recorded: nothing is typed twice, and no interest's nature is said."""

from django.db.models import Prefetch

from core import clock
from core.dates import day_in_words
from panels.choices import DecisionState, ItemKind, Outcome, Settled
from panels.models.decision import Action
from panels.models.interest import Recusal
from panels.models.room import representatives
from panels.rules.principles import lacking
from referrals.choices import ProvisionKind

SAID = {
    Outcome.AGREE: "The panel agreed",
    Outcome.CONDITIONS: "The panel agreed",
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
    return meeting.items.standing().select_related("decision__sent_to").order_by("number").prefetch_related(
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
        "kind": item.kind,
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
        **_agreed(decision),
    }  # fmt: skip


def _agreed(decision) -> dict:
    """What a decision commits, who has still to decide, and what became of the chair's act."""
    if decision is None:
        return {"facts": [], "settled": "", "lacking": []}
    money = f"£{decision.amount:,.0f}{f' from {decision.budget}' if decision.budget else ''}" if decision.amount else ""
    span = " to ".join(day_in_words(day) for day in (decision.starts_on, decision.ends_on) if day)
    facts = [
        ("Number", decision.number), ("Resource", decision.resource), ("Cost agreed", money), ("Runs", span),
        ("Conditions", decision.conditions), ("In the short term", decision.short_term), ("In the long term", decision.long_term),
        ("Sent to", str(decision.sent_to or "")),
        ("Awaiting", decision.awaiting if decision.state == DecisionState.AWAITING else ""),
        ("Needed but not to be had", decision.unmet_need),
        ("Took no part after all", ", ".join(decision.quorum.get("voided", []))),
    ]  # fmt: skip
    return {
        "facts": [[label, words] for label, words in facts if words],
        "settled": settled_words(decision),
        "lacking": [p.words for p in lacking(decision.principles)] if decision.principles else [],
    }


def settled_words(decision) -> str:
    """What a meeting made of the chair's act, as the minutes say it."""
    more = f": {decision.settled_words.rstrip('.')}" if decision.settled_words else ""
    stands = " What was done before this day stands."
    if decision.settled_as == Settled.RATIFIED:
        return f"The panel ratified the chair’s act{more}."
    if decision.settled_as == Settled.VARIED:
        return f"The panel varied the chair’s act{more}.{stands}"
    if decision.settled_as == Settled.ENDED:
        return f"The panel did not go on with the chair’s act, which ends on {day_in_words(decision.ends_on)}{more}.{stands}"
    return ""


def gaps_of(words: dict) -> list[str]:
    """What minutes leave unsaid: items neither decided nor noted, actions of nobody, acts not settled, principles without evidence."""
    found = []
    for item in words.get("items", []):
        name = f"Item {item['number']}"
        if item.get("kind") == ItemKind.ACT and item["decision"] and not item.get("settled"):
            found.append(f"{name}: the chair’s act was not ratified, varied or ended.")
        elif not item["decision"] and not item["note"].strip():
            decides = item.get("kind") in {ItemKind.REFERRAL, ItemKind.REVIEW}
            found.append(f"{name}: {'neither decided nor adjourned.' if decides else 'nothing is written.'}")
        if item["state"] == STATES[DecisionState.RECOMMENDED]:
            found.append(f"{name}: the chair has not agreed the decision.")
        if item.get("lacking"):
            found.append(f"{name}: no evidence for {len(item['lacking'])} of the twelve principles.")
    return found


def changes_between(before: dict, after: dict) -> list[dict]:
    """Take two versions of minutes; give each part that differs, with its words then and now."""
    found = []
    old = {item["key"]: item for item in before.get("items", [])}
    parts = {"title": "Title", "note": "Notes", "decision": "Decision", "reasons": "Reasons", "settled": "Chair’s act"}
    for item in after.get("items", []):
        was = old.get(item["key"], {})
        for name, label in parts.items():
            if (was.get(name) or "") != (item.get(name) or ""):
                found.append({
                    "key": item["key"], "where": f"Item {item['number']}: {label.lower()}",
                    "was": was.get(name) or "", "now": item.get(name) or "",
                })  # fmt: skip
    if before.get("attendance") != after.get("attendance"):
        found.append({"key": None, "where": "Attendance", "was": _rolls(before), "now": _rolls(after)})
    return found


def _rolls(words: dict) -> str:
    """Attendance in one line."""
    return "; ".join(f"{row['person']}: {row['as']}" for row in words.get("attendance", []))


def compose_sentence(item, outcome: str, *, weeks=None, after=None, conditions="", review_on=None, who="panel") -> str:
    """The sentence that will stand in the minutes, from what was recorded; `who` is the panel, or the chair between meetings."""
    words = SAID.get(outcome, "The panel considered this").replace("The panel", f"The {who}", 1)
    if item.referral_id and outcome in {Outcome.AGREE, Outcome.CONDITIONS, Outcome.PART}:
        words += f" to {item.referral.ask_sentence[:1].lower()}{item.referral.ask_sentence[1:]}"
        if weeks:
            words = words.rsplit(" for ", 1)[0] + f" for {weeks} weeks"
    words += ", with conditions" if outcome == Outcome.CONDITIONS else ""
    sentences = [f"{words}."]
    if after and item.referral_id and item.referral.wants == ProvisionKind.HUB:
        sentences.append(f"Outreach follows the bed for {after} weeks.")
    if conditions.strip():
        sentences.append(f"Conditions: {conditions.strip().rstrip('.')}.")
    if review_on:
        sentences.append(f"It will be reviewed on {review_on.day} {review_on:%B %Y}.")
    return " ".join(sentences)
