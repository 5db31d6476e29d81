"""The words of one decision as they are copied onto the council's case system."""

from core import clock
from core.dates import day_in_words
from panels.models.minute_words import settled_words


def case_text(decision, actions) -> str:
    """Take a released decision and its actions; give the whole entry, a fact to a line, without a name of a child."""
    item = decision.item
    about = f", about referral {item.referral.reference}" if item.referral_id else ""
    lines = [
        f"{decision.numbered} of {item.meeting}{about}.",
        decision.sentence,
        f"Reasons: {decision.reasons.strip()}",
        settled_words(decision),
        f"Resource: {decision.resource}" if decision.resource else "",
        f"In the short term: {decision.short_term}" if decision.short_term else "",
        f"In the long term: {decision.long_term}" if decision.long_term else "",
        f"Cost agreed: £{decision.amount:,.0f}{f' from {decision.budget}' if decision.budget else ''}" if decision.amount else "",
        f"Starts: {day_in_words(decision.starts_on)}" if decision.starts_on else "",
        f"Ends: {day_in_words(decision.ends_on)}" if decision.ends_on else "",
        f"Review: {day_in_words(decision.review_on)}" if decision.review_on else "",
        *(f"Action: {a.what} ({a.owner_name}, by {day_in_words(a.due_on)})" for a in actions),
        f"Agreed by the chair on {day_in_words(decision.agreed_at.astimezone(clock.LONDON).date())}." if decision.agreed_at else "",
    ]
    return "\n".join(line for line in lines if line)
