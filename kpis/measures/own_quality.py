"""Facts of what people say, and of money: complaints, marks, payments and budgets."""

from datetime import date

from contracts.choices import Account
from contracts.models import Budget, Complaint, FeedbackAnswer, Move
from contracts.models.feedback import QUESTIONS
from core.figures import average
from kpis.measures.facts import Fact


def complaints(authority, first: date, last: date) -> list[Fact]:
    """Complaints about services, by the day they were received."""
    rows = Complaint.objects.filter(contract__authority=authority, kind="complaint", received_on__gte=first, received_on__lt=last)
    return [Fact(on, record="complaint", reference=reference) for on, reference in rows.values_list("received_on", "reference")]


def answers(authority, first: date, last: date) -> list[Fact]:
    """Complaints and incidents by the day their answer was due, and whether it came by then."""
    rows = Complaint.objects.filter(contract__authority=authority, due_on__gte=first, due_on__lt=last)
    return [
        Fact(due, counted=answered is not None and answered <= due, record="complaint", reference=reference)
        for due, answered, reference in rows.values_list("due_on", "answered_on", "reference")
    ]


def marks(authority, first: date, last: date) -> list[Fact]:
    """Answers of carers and young people, each with the mean of its marks from 1 to 5."""
    rows = FeedbackAnswer.objects.filter(round__contract__authority=authority, given_on__gte=first, given_on__lt=last)
    return [
        Fact(on, amount=average([mark for mark in given if mark], 3), record="answer", reference=reference)
        for on, reference, *given in rows.values_list("given_on", "reference", *(name for name, _ in QUESTIONS))
    ]


def spend(authority, first: date, last: date) -> list[Fact]:
    """What was paid, by the quarter's last day that it was paid for; and confirmed budgets with the days they are for."""
    paid = Move.objects.filter(
        budget__contract__authority=authority, target=Account.PAID, payment__isnull=False,
        payment__ends_on__gt=first, payment__ends_on__lte=last,
    )  # fmt: skip
    budgets = Budget.objects.filter(contract__authority=authority, confirmed_at__isnull=False, from_on__lt=last, until_on__gt=first)
    return [
        Fact(date.fromordinal(ends.toordinal() - 1), amount=amount, record="payment", reference=reference)
        for ends, amount, reference in paid.values_list("payment__ends_on", "amount", "payment__reference")
    ] + [
        Fact(starts, counted=False, amount=amount, until=ends, record="budget", reference=reference)
        for starts, ends, amount, reference in budgets.values_list("from_on", "until_on", "amount", "reference")
    ]
