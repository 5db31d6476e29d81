"""The rows of a return as a reader may see them: computed while it is a draft, as sent after."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Prefetch

from core import clock
from core.dates import day_in_words
from kpis.measures.returns import BY_SLUG, MARK, POSTS, TOPICS, WAITING, Asked, asked_of, scope_of
from kpis.measures.rows import is_hidden
from kpis.measures.service import HIDDEN, Count, count_in_words
from kpis.models import Return, ReturnCorrection, ReturnRow, ReturnTarget
from kpis.rules.rag import rag
from kpis.rules.returns import needs_words

NOT_COUNTED = "None counted"
ONE = {"children": "child"}


@dataclass
class Shown:
    """One row with nothing left for a template to decide."""

    asked: Asked
    row: ReturnRow
    value: str
    count: str
    target: str
    rating: str
    hidden: bool
    now: str = ""

    @property
    def needs_words(self) -> bool:
        """True where the provider says why it is so."""
        return needs_words(self.row.rating, self.row.was)

    @property
    def corrections(self) -> list[ReturnCorrection]:
        """Its dated corrections; a row that is not saved has none."""
        return list(self.row.corrections.all()) if self.row.pk else []

    @property
    def changed(self) -> bool:
        """True where its rating is not the one of the quarter before."""
        return bool(self.row.was and self.row.rating and self.row.was != self.row.rating)


def drafted(of: Return) -> list[ReturnRow]:
    """The rows of a return as they would be sent now, not saved: counted, compared with targets, and with the quarter before."""
    scope = scope_of(of.contract, of.starts_on, of.ends_on)
    goals, before = targets_of(of.contract, of.ends_on), _before(of)
    rows = {row.measure: row for row in of.rows.all()}
    made = []
    for order, asked in enumerate(asked_of(of.contract), 1):
        row = rows.get(asked.slug) or ReturnRow(provider_return=of, measure=asked.slug)
        count, goal = asked.count(scope), goals.get(asked.slug)
        row.order, row.was = order, before.get(asked.slug, "")
        row.value, row.numerator, row.denominator = count.value, count.numerator, count.denominator
        row.target = goal.value if goal else None
        row.rating = rag(count.value, goal.value, better=goal.better, tolerance=goal.tolerance) or "" if goal else ""
        made.append(row)
    return made


def targets_of(contract, day) -> dict[str, ReturnTarget]:
    """The target of each measure that is in force on a day."""
    rows = ReturnTarget.objects.filter(contract=contract, from_on__lt=day).order_by("from_on", "pk")
    return {row.measure: row for row in rows}


def _before(of: Return) -> dict[str, str]:
    """The ratings of the last accepted return before this one."""
    last = Return.objects.filter(contract=of.contract, state="accepted", starts_on__lt=of.starts_on).order_by("-starts_on").first()
    return dict(last.rows.values_list("measure", "rating")) if last else {}


def shown(of: Return, *, hide: bool, again: bool = False) -> list[Shown]:
    """Every row as this reader may see it; with `again`, what a count today comes to where it differs."""
    rows = drafted(of) if of.sent_at is None else sent_rows(of)
    scope = scope_of(of.contract, of.starts_on, of.ends_on) if again else None
    found = []
    for row in rows:
        asked = BY_SLUG[row.measure]
        one = _row(asked, row, Count(row.value, row.numerator or 0, row.denominator or 0), hide=hide)
        if again and row.measure != WAITING:
            count = asked.count(scope)
            if (count.value, count.numerator) != (_trimmed(row.value), row.numerator):
                one.now = _value(asked, count, hide=hide)
        found.append(one)
    return found


def sent_rows(of: Return) -> list[ReturnRow]:
    """The rows as they were sent, with their corrections."""
    corrections = ReturnCorrection.objects.select_related("by").order_by("at", "pk")
    return list(of.rows.order_by("order").prefetch_related(Prefetch("corrections", queryset=corrections)))


def _trimmed(value):
    """A stored value as it was counted: without the noughts that its column adds."""
    return None if value is None else value.quantize(Decimal("0.1")) if value % 1 else value.quantize(Decimal(1))


def _row(asked: Asked, row: ReturnRow, count: Count, *, hide: bool) -> Shown:
    hidden = small(asked, count, hide=hide)
    return Shown(
        asked, row, _value(asked, count, hide=hide),
        _count(asked, count, hide=hide),
        in_words(asked, row.target) if row.target is not None else "None entered",
        "" if hidden else row.rating, hidden,
    )  # fmt: skip


def _count(asked: Asked, count: Count, *, hide: bool) -> str:
    """What a percentage or a middle value was counted from; a plain number says it all."""
    if asked.slug == POSTS:
        return f"{Decimal(count.numerator) / 10:f} of {Decimal(count.denominator) / 10:f} posts"
    if asked.unit == MARK:
        return HIDDEN if small(asked, count, hide=hide) else f"{count.numerator} answer{'' if count.numerator == 1 else 's'}"
    return count_in_words(count, asked, hide=hide) if asked.unit in {"%", "days"} else ""


def small(asked: Asked, count: Count, *, hide: bool) -> bool:
    """True where a figure, or what it leaves out, rests on so few children that it is not shown."""
    left_out = count.denominator - count.numerator
    return is_hidden(count, asked, hide=hide) or (hide and asked.counts_children and asked.unit == "%" and 0 < left_out <= 5)


def _value(asked: Asked, count: Count, *, hide: bool) -> str:
    """A value in words; for those who watch an average mark is to the nearest half, which gives no single one away."""
    if small(asked, count, hide=hide):
        return HIDDEN
    if hide and asked.unit == MARK and count.value is not None:
        return f"about {in_words(asked, (count.value * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2)}"
    return in_words(asked, count.value)


def in_words(asked: Asked, value: Decimal | None) -> str:
    """A value with its unit, or that nothing was counted."""
    if value is None:
        return NOT_COUNTED
    text = f"{value.normalize():f}"
    if asked.unit in {"%", MARK}:
        return f"{text}%" if asked.unit == "%" else f"{text} {asked.unit}"
    return f"{text} {ONE.get(asked.unit, asked.unit.removesuffix('s')) if value == 1 else asked.unit}"


def by_topic(of: Return, rows: list[Shown]) -> list[dict]:
    """The seven topics of a review, each with its rows and what is said beside them."""
    found = [
        {"number": number, "name": name, "rows": [one for one in rows if one.asked.topic == key], "words": said_of(of, key)}
        for number, (key, name) in enumerate(TOPICS, 1)
    ]
    for topic in found:
        topic["words"] = topic["words"] or ("" if topic["rows"] else "Nothing was written.")
    return found


def said_of(of: Return, topic: str) -> str:
    """The words under one topic: the provider's, or what the service's own records say of it."""
    own = {"pilot": pilot_words, "reviews": review_before}
    typed = {"satisfaction": of.satisfaction, "complaints": of.complaints, "other": of.other}
    return own[topic](of) if topic in own else typed.get(topic, "")


def pilot_words(of: Return) -> str:
    """How the contract's pilot stands, whose figures are counted with the core's."""
    pilot = of.contract.lots.filter(kind="pilot").order_by("pk").first()
    if pilot is None:
        return "The contract has no pilot: everything stands under the core."
    gate = of.contract.gates.filter(lot=pilot).order_by("-due_on").first()
    stands = f" {gate}: {gate.get_decision_display().lower() or 'not decided, due ' + day_in_words(gate.due_on)}." if gate else ""
    return f"Counted with the core: the contract has one return. {pilot.name} began {day_in_words(pilot.starts_on)}.{stands}"


def review_before(of: Return) -> str:
    """What the review of the quarter before came to, and what was corrected of it since."""
    last = Return.objects.filter(contract=of.contract, starts_on__lt=of.starts_on, reviewed_at__isnull=False).order_by("-starts_on").first()
    if last is None:
        return "No earlier return was reviewed."
    said = list(last.rows.values_list("verdict", flat=True))
    corrected = ReturnCorrection.objects.filter(row__provider_return=last).count()
    day = day_in_words(last.reviewed_at.astimezone(clock.LONDON).date())
    return (
        f"{last.quarter}, reviewed {day}: {said.count('accept')} of {len(said)} rows accepted, "
        f"{said.count('challenge')} challenged, {corrected or 'none'} corrected since."
    )


def facts_of(of: Return, rows: list[ReturnRow]) -> dict:
    """What is frozen of a return: every count, with how it was counted, and every word."""
    return {
        "return": of.reference, "contract": of.contract.slug, "period": of.period, "quarter": str(of.quarter),
        "complaints": of.complaints, "satisfaction": of.satisfaction, "other": of.other, "commentary": of.commentary,
        "review": of.review_words, "frozen_on": clock.today().isoformat(),
        "rows": [
            {
                "measure": row.measure, "how": BY_SLUG[row.measure].how, "value": _text(row.value), "numerator": row.numerator,
                "denominator": row.denominator, "target": _text(row.target), "rating": row.rating, "was": row.was,
                "words": row.words, "verdict": row.verdict, "challenge": row.challenge, "answer": row.answer,
            }
            for row in rows
        ],
    }  # fmt: skip


def _text(value) -> str | None:
    return None if value is None else f"{_trimmed(value):f}"
