"""Facts of time and waiting: each step of a referral, and who waits."""

from datetime import date

from django.db.models import Q

from kpis.measures.facts import Fact, day_of, within
from referrals.choices import ReferralStatus, SignOffOutcome
from referrals.models import Referral, SignOff, StatusChange

WAITS = {ReferralStatus.WAITING, ReferralStatus.OFFERED}


def decided(authority, first: date, last: date) -> list[Fact]:
    """From the day first sent to the day the chair agreed; the withdrawn are counted beside."""
    sent = Referral.objects.filter(authority=authority, first_sent_at__isnull=False)
    rows = sent.filter(decided_at__range=within(first, last)).exclude(status=ReferralStatus.WITHDRAWN)
    found = [
        _step(reference, service, day_of(began), day_of(at))
        for reference, service, began, at in rows.values_list("reference", "wants", "first_sent_at", "decided_at")
    ]
    gone = sent.filter(status=ReferralStatus.WITHDRAWN, status_since__range=within(first, last))
    return found + [
        Fact(day_of(at), counted=False, record="referral", reference=reference, service=service)
        for reference, service, at in gone.values_list("reference", "wants", "status_since")
    ]


def placed(authority, first: date, last: date) -> list[Fact]:
    """From the day first sent to the first day of the stay."""
    rows = Referral.objects.filter(authority=authority, first_sent_at__isnull=False, placed_on__gte=first, placed_on__lt=last)
    return [
        _step(reference, service, day_of(sent), on)
        for reference, service, sent, on in rows.values_list("reference", "wants", "first_sent_at", "placed_on")
    ]


def signed(authority, first: date, last: date) -> list[Fact]:
    """From the day first sent to the last signature, of referrals signed by all whose signature stands; whenever they were sent."""
    rows = SignOff.objects.filter(
        referral__authority=authority, referral__first_sent_at__isnull=False, referral__sent_at__isnull=False,
        outcome=SignOffOutcome.AGREED, voided_at=None, signed_at__gte=within(first, last)[0],
    ).order_by("referral", "signed_at", "pk")  # fmt: skip
    ends = {row[0]: row for row in rows.values_list("referral__reference", "referral__wants", "referral__first_sent_at", "signed_at")}
    found = [_step(reference, service, day_of(sent), day_of(at)) for reference, service, sent, at in ends.values()]
    return [fact for fact in found if first <= fact.on < last]


def signed_to_decided(authority, first: date, last: date) -> list[Fact]:
    """From the last signature, when it was sent on, to the day the chair agreed."""
    rows = Referral.objects.filter(authority=authority, sent_at__isnull=False, decided_at__range=within(first, last))
    rows = rows.exclude(status=ReferralStatus.WITHDRAWN)
    return [
        _step(reference, service, day_of(sent), day_of(at))
        for reference, service, sent, at in rows.values_list("reference", "wants", "sent_at", "decided_at")
        if sent <= at
    ]


def decided_to_placed(authority, first: date, last: date) -> list[Fact]:
    """From the day the chair agreed to the first day of the stay; a start in an emergency, decided after, is left out."""
    rows = Referral.objects.filter(authority=authority, decided_at__isnull=False, placed_on__gte=first, placed_on__lt=last)
    return [
        _step(reference, service, day_of(at), on)
        for reference, service, at, on in rows.values_list("reference", "wants", "decided_at", "placed_on")
        if day_of(at) <= on
    ]


def waiting(authority, _first: date, last: date) -> list[Fact]:
    """The days on which each child waited, or had a place offered, by the moves of the referral."""
    # Only moves into waiting and out of it: every move says what was before, and the others change nothing here.
    waits = Q(now__in=WAITS) | Q(was__in=WAITS)
    rows = StatusChange.objects.filter(waits, referral__authority=authority, at__lt=within(last, last)[0]).order_by("referral", "at", "pk")
    ended: list[Fact] = []
    open_: dict[str, tuple[date, str]] = {}
    for reference, service, now, at in rows.values_list("referral__reference", "referral__wants", "now", "at"):
        if now in WAITS:
            open_.setdefault(reference, (day_of(at), service))
        elif reference in open_:
            on, service = open_.pop(reference)
            ended.append(Fact(on, until=day_of(at), record="referral", reference=reference, service=service))
    return ended + [Fact(on, record="referral", reference=reference, service=service) for reference, (on, service) in open_.items()]


def _step(reference: str, service: str, began: date, ended: date) -> Fact:
    """One step that ended on a day, with how many calendar days it took."""
    return Fact(ended, amount=(ended - began).days, record="referral", reference=reference, service=service)
