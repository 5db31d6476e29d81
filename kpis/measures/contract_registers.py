"""What a return counts from the contract's registers: complaints, incidents, compliments, and what those who are supported say."""

from collections.abc import Callable
from decimal import Decimal

from contracts.models import Complaint, Compliment, FeedbackAnswer
from contracts.models.feedback import QUESTIONS
from core import clock
from core.dates import months_after
from core.figures import percentage
from kpis.measures.feedback import average
from kpis.measures.service import Count

ASKED_EVERY = 6  # months: satisfaction is asked for at least that often (002:907)


def received(kind: str) -> Callable:
    """Complaints, or incidents, that were received in the period."""

    def count(scope) -> Count:
        rows = Complaint.objects.filter(contract=scope.contract, kind=kind, received_on__gte=scope.starts_on, received_on__lt=scope.ends_on)
        return _number(rows.count())

    return count


def answered_in_time(scope) -> Count:
    """Of complaints and incidents whose answer was due in the period, those that were answered by their day."""
    due = Complaint.objects.filter(contract=scope.contract, due_on__gte=scope.starts_on, due_on__lt=scope.ends_on)
    days = due.values_list("answered_on", "due_on")
    whole, good = len(days), sum(answered is not None and answered <= last for answered, last in days)
    return Count(percentage(good, whole, 1), good, whole)


def compliments_given(scope) -> Count:
    """Compliments about the contract that were passed on in the period."""
    since, until = (clock.moment(day, clock.MIDNIGHT) for day in (scope.starts_on, scope.ends_on))
    return _number(Compliment.objects.filter(contract=scope.contract, given_at__gte=since, given_at__lt=until).count())


def said_by(asked: str) -> Callable:
    """The average mark, 1 to 5, of the answers that carers, or young people, gave in the six months to the end of the period."""

    def count(scope) -> Count:
        since = months_after(scope.ends_on, -ASKED_EVERY)
        rows = FeedbackAnswer.objects.filter(round__contract=scope.contract, round__asked=asked, given_on__gte=since, given_on__lt=scope.ends_on)
        answers = [[mark for mark in row if mark] for row in rows.values_list(*(name for name, _ in QUESTIONS))]
        marked = [marks for marks in answers if marks]
        marks = [mark for row in marked for mark in row]
        return Count(average(marks) if marks else None, len(marked), len(answers))

    return count


def _number(counted: int) -> Count:
    return Count(Decimal(counted), counted, counted)
