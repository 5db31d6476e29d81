"""What the page of a meeting in progress shows of one item: what is proposed, what is known, and who is where."""

from datetime import timedelta

from core import clock
from core.dates import day_in_words
from core.money import annual_cost
from panels.choices import DecisionState
from panels.models.decision import Decision
from panels.models.minute_words import clock_words
from panels.models.room import standing_delegates
from panels.rules.principles import evidence_from

PARTIES = ("The social worker", "The team manager", "ART", "The carers", "The parents", "School", "Health", "The child")


def proposed(item, terms) -> dict:
    """What an item's own referral proposes for its decision: the weeks asked, their cost, and when it is looked at again."""
    first = {"review_on": clock.today() + timedelta(weeks=terms.review_weeks)}
    referral = item.referral if item is not None else None
    if referral is None:
        return first
    request = referral.task_answers.get("request", {})
    weeks = str(request.get("weeks") or "").strip()
    support = referral.task_answers.get("support", {})
    first["tried_first"] = support.get("previous_interventions", "")[:1000]
    first |= {"weeks": weeks, "resource": referral.ask_sentence, "short_term": request.get("ask", "")[:1000]}
    paid = referral.provision_terms
    if paid is not None and paid.weekly_rate and weeks.isascii() and weeks.isdigit() and 0 < int(weeks) < 1000:
        first |= {"amount": annual_cost(paid.weekly_rate, weeks=int(weeks)), "budget": str(paid.provision)}
    return first


def recorded(decision) -> dict:
    """What was recorded of a decision, as its form shows it."""
    names = (
        "outcome", "reasons", "conditions", "weeks", "outreach_weeks", "review_on", "kind", "resource", "short_term", "long_term", "amount",
        "budget", "starts_on", "ends_on", "held_back_because", "unmet_need", "tried_first", "rate_because",
    )  # fmt: skip
    shown = {name: getattr(decision, name) for name in names}
    shown |= {"reason": decision.reason.reference if decision.reason else "", "sent_to": decision.sent_to.slug if decision.sent_to else ""}
    return shown | {f"principle_{key}": words for key, words in decision.principles.items()}


def evidence_for(item, terms, *, parties=(), review_on=None) -> dict:
    """What speaks to each principle, where this body's terms have them: the paper's answers, actions, and the review."""
    if item is None or item.referral_id is None or not terms.thresholds.get("principles"):
        return {}
    answers = item.paper.frozen.get("answers", {}) if item.paper_id else item.referral.task_answers
    facts = {name: value for task in answers.values() for name, value in task.items()}
    facts["permanence"] = item.paper.frozen.get("permanence", "") if item.paper_id else ""
    return evidence_from(facts, actions=parties, review=day_in_words(review_on) if review_on else "")


def recommended_before(item):
    """What an inquorate meeting recommended about the same referral, where no quorate one has decided since."""
    if item is None or item.referral_id is None:
        return None
    rows = Decision.objects.filter(item__referral=item.referral_id, agreed_at__isnull=False).exclude(item=item)
    last = rows.select_related("item__meeting__panel").order_by("-recorded_at").first()
    return last if last and last.state == DecisionState.INQUORATE else None


def people_of(meeting, room, item) -> list[dict]:
    """Everybody with a seat, under each their delegates, then others who are or were here, with their times in and out."""
    here = {p.person_id: p for p in room.present}
    out = room.out.get(item.pk, set()) if item is not None else set()
    times, everybody = {}, {}
    for row in meeting.presences.select_related("person").order_by("arrived_at"):
        times.setdefault(row.person_id, []).append(row)
        everybody[row.person_id] = row.person
    named = {}
    for row in meeting.delegations.select_related("delegate"):
        named.setdefault(row.holder_id, []).append(row.delegate)
    always, rows = standing_delegates(meeting), []
    for seat in room.seats:
        rows.append(_person(seat.holder, seat.title, seat.limb, here, out, times))
        delegates = named.get(seat.holder.pk, []) + always.get(seat.letter, [])
        rows += [_person(d, seat.title, seat.limb, here, out, times, stands_for=seat.holder) for d in delegates]
    known = {row["person"].pk for row in rows}
    rows += [_person(p, "Also here", "", here, out, times) for key, p in everybody.items() if key not in known]
    return rows


def _person(person, title, limb, here, out, times, *, stands_for=None) -> dict:
    """One line of the attendance: who, for which seat, how they stand now, and when they were in the room."""
    presence = here.get(person.pk)
    words = f"Delegate for seat of {title}" if stands_for else title
    if person.pk in out:
        words += ". Out for this item"
    elif presence and limb:
        words += ". Fills a quorum seat"
    spans = [f"{clock_words(p.arrived_at)} to {clock_words(p.left_at) or 'now'}" for p in times.get(person.pk, [])]
    return {
        "person": person, "title": words, "here": presence is not None, "stands_for": stands_for,
        "since": presence.arrived_at if presence else None, "times": ", ".join(spans) if len(spans) > 1 or not presence else "",
    }  # fmt: skip
