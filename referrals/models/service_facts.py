"""What stands behind one service, gathered for its page."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from core import clock
from referrals.choices import StayState
from referrals.models.home_words import home_words
from referrals.models.stay import Stay


@dataclass
class ServiceFacts:
    """Capacity by date, the team, its ratio, and the homes."""

    terms: list
    homes: list
    posts: list
    filled: Decimal
    children: int
    ratio: str
    reviews: list = field(default_factory=list)


def service_facts(service) -> ServiceFacts:
    """Everything the page shows, each read once."""
    today = clock.today()
    homes = list(service.homes.prefetch_related("registrations", "kite_marks", "demand_reviews", "places").order_by("pk"))
    for home in homes:
        home.words = home_words(home, today)
        home.marks = [(mark, superseded_on(home, mark)) for mark in home.kite_marks.all()]
    posts = list(service.team_posts.on(today).order_by("title"))
    filled = sum((post.filled for post in posts if post.works_with_children), Decimal(0))
    children = Stay.objects.filter(place__provision=service, state=StayState.BEGUN).count()
    return ServiceFacts(
        terms=list(service.terms.order_by("-from_on")[:20]), homes=homes, posts=posts, filled=filled, children=children,
        ratio=ratio(filled, children), reviews=[review for home in homes for review in home.demand_reviews.all()],
    )  # fmt: skip


def ratio(filled: Decimal, children: int) -> str:
    """Posts filled to children, in words: "1 to 2.5"."""
    if not filled or not children:
        return "Not known" if not filled else "No child is supported now"
    if filled >= children:
        return f"{_tenth(filled / children)} to 1"
    return f"1 to {_tenth(children / filled)}"


def _tenth(number: Decimal) -> str:
    text = f"{Decimal(number).quantize(Decimal('0.1'), ROUND_HALF_UP)}"
    return text.removesuffix(".0")


def superseded_on(home, mark):
    """The day a registration took the mark's place, or None."""
    days = [r.from_on for r in home.registrations.all() if not r.is_application and r.from_on >= mark.from_on]
    return min(days, default=None)
