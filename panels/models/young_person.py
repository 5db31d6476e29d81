"""The paper of a young person put to the high risk panel: what was asked, and what is known of how they move on."""

from core import clock
from core.dates import day_in_words
from panels.models.contents import section

MOST = 10


def young_person_sections(asked) -> list[dict]:
    """Take what the panel was asked; give the paper's sections, the young person's own words first; empty ones left out."""
    child = asked.child
    about = [("Called", child.called), ("Age", "Not known" if child.age is None else str(child.age)), ("Legal status", child.legal_status)]
    on = day_in_words(asked.asked_at.astimezone(clock.LONDON).date())
    found = [
        section("In their own words", rows=[(words, f"When a home was offered, {day_in_words(day)}") for words, day in _own_words(child)]),
        section("Why the panel is asked", words=asked.why),
        section("The young person", rows=[(label, said) for label, said in [*about, ("Put to the panel by", f"{asked.asked_by.full_name}, {on}")] if said]),
        section("Handover to adult services", rows=_handover(child)),
        section("Support that was not taken up", rows=[(row.noticed, row.tried) for row in child.disengagements.order_by("-noticed_on", "-pk")[:MOST]]),
        section("Referred on", rows=[(row.to, row.get_outcome_display()) for row in child.onward.order_by("-referred_on", "-pk")[:MOST]]),
        section("Came without a home", rows=[(day_in_words(row.came_on), row.get_choice_display()) for row in _offers(child)]),
    ]  # fmt: skip
    return [part for part in found if part["words"] or part["rows"]]


def _offers(child):
    """What was offered when they came without a home, the newest first."""
    return child.homeless_offers.order_by("-offered_on", "-pk")[:MOST]


def _own_words(child) -> list[tuple]:
    """What the young person said then, with the day."""
    return [(row.own_words, row.offered_on) for row in _offers(child) if row.own_words.strip()]


def _handover(child) -> list[tuple[str, str]]:
    """What they need as adults, and who takes over when; nothing where no handover is planned."""
    plan = getattr(child, "handover", None)
    if plan is None:
        return []
    days = (("They meet on", plan.meets_on), ("Work together from", plan.joint_from_on), ("Adult services lead from", plan.leads_from_on))
    rows = [("What they need", plan.needs), ("Service", ", ".join(filter(None, [plan.adult_service, plan.adult_contact])))]
    rows += [(label, day_in_words(day)) for label, day in days if day]
    return [(label, said) for label, said in [*rows, ("Support after 18", plan.after_18_decision)] if said]
