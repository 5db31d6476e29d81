"""What the tasks' answers say, gathered for rules, papers and pages."""

from decimal import Decimal, InvalidOperation

from core.forms import day_from
from core.money import annual_cost
from referrals.choices import ProvisionKind
from referrals.models.people_round import gap_facts

KINDS = dict(ProvisionKind.choices)


def facts_from(answers: dict) -> dict:
    """Every answer by field name, with the birth date as a date and yes or no as true or false."""
    facts = {name: value for task in answers.values() for name, value in task.items()}
    facts["born_on"] = day_from(str(facts.get("born_on", ""))) or facts.get("born_on", "")
    open_to = facts.get("open_to_mental_health")
    facts |= gap_facts(answers.get("child", {}))
    facts["open_to_mental_health"] = {"yes": True, "no": False, "waiting": True}.get(open_to)
    return facts


def whole(value) -> int | None:
    """A whole number of at most four figures, or None."""
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def pounds(value) -> Decimal | None:
    """An amount of money as typed, or None."""
    try:
        amount = Decimal(str(value or "").replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < 10**9 else None


def ask_sentence(request: dict) -> str:
    """What is asked for, in one phrase: "Outreach for 12 weeks"."""
    kind = request.get("service", "")
    name = KINDS.get(kind, "A service") if isinstance(kind, str) else "A service"
    weeks = whole(request.get("weeks"))
    return f"{name} for {weeks} week{'s' if weeks != 1 else ''}" if weeks else name


def cost_sentence(rate, weeks) -> str:
    """The weekly price and the total for the weeks asked, where both are known."""
    if rate is None or not weeks:
        return ""
    return f"£{rate:,.0f} a week, £{annual_cost(rate, weeks=weeks):,.0f} in all"
