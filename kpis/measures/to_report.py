"""Quarters whose reports are due to be drafted, or were."""

from datetime import date

from django.db.models import Max

from contracts.models import Contract
from contracts.rules.quarters import Quarter, quarter_before, quarters_of
from core import clock
from core.closures import working_days_of
from core.dated import numbers
from core.models import Authority
from kpis.models import RegularReport
from kpis.rules.readings import REPORT_DRAFTED, REPORT_FROZEN, REPORT_SENT
from kpis.rules.reports import ReportClock, report_days


def report_clock(authority: Authority, ends_on) -> ReportClock:
    """The days of an authority's reports about the quarter that ended before `ends_on`, by the numbers in force today."""
    found = numbers(REPORT_DRAFTED, REPORT_FROZEN, REPORT_SENT, authority=authority)
    draft, freeze, send = (found[key].number for key in (REPORT_DRAFTED, REPORT_FROZEN, REPORT_SENT))
    return report_days(ends_on - clock.ONE_DAY, working_days_of(authority.pk), draft=draft, freeze=freeze, send=send)


def quarters_to_report() -> list[tuple[Authority, Quarter]]:
    """For each authority with a contract, the quarters that ended since its last report, none of them missed; at first the last alone."""
    today = clock.today()
    told = dict(RegularReport.objects.values_list("authority").annotate(Max("ends_on")))
    ours = Contract.objects.filter(state="active").values("authority")
    return [
        (authority, quarter)
        for authority in Authority.objects.filter(pk__in=ours).order_by("pk")
        for quarter in _since(told.get(authority.pk), today)
        if report_clock(authority, quarter.ends_on).draft_on <= today
    ]


def _since(told_until: date | None, today: date) -> list[Quarter]:
    """The quarters from a day until the last that has ended; only the last where there was none before."""
    last = quarter_before(today)
    if told_until is None:
        return [last]
    return quarters_of(told_until, last.ends_on) if told_until < last.ends_on else []
