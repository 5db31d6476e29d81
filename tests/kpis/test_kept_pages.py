"""Pages of kept figures: what they say of their age, when they count afresh, and that nothing frozen is taken from what is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models.functions import Now
from django.template import Context, Template

from core import clock
from core.models import AuditEvent
from kpis.actions.figure import correct_value
from kpis.actions.indicator import set_target
from kpis.measures.indicator_rows import IndicatorRow
from kpis.measures.period import month_of
from kpis.measures.rows import rows_for
from kpis.measures.service import BY_SLUG
from kpis.measures.told import look
from kpis.models import FigureChange, KeptFigure
from kpis.tasks import keep_due_figures
from kpis.views.kpi_rows import indicator_rows
from referrals.actions.referral import withdraw_referral
from tests.conftest import TODAY
from tests.kpis.figures import an_indicator_with, decided
from tests.kpis.kept import unlike
from tests.kpis.records import builders as records
from tests.referrals.builders import a_sent_referral, a_waiting_referral
from tests.referrals.places import a_place_given, a_stay_ended, an_outreach

pytestmark = pytest.mark.django_db
WAITING = "Children waiting"


def page(browser, address="/kpis?view=all&period=2026-11"):
    return browser.get(address).content.decode()


def cells(words, name):
    """The words of a measure's value and count on a page."""
    row = words[words.index(f">{name}</a>"):]
    return row[:row.index("</tr>")]


def test_a_change_shows_within_a_sweep_and_the_page_says_how_old_its_figures_are(borough, sign_in):
    browser = sign_in(borough.head_of_service)
    a_waiting_referral(borough)
    assert "Counted at 09:00, for this page" in page(browser)
    keep_due_figures()
    assert "Counted at 09:00, and nothing that is counted has changed since" in page(browser)
    assert "<strong>1 child</strong>" in cells(page(browser), WAITING)

    a_waiting_referral(borough)

    words = page(browser)
    assert "Counted at 09:00; what was changed since follows within a minute" in words
    assert "<strong>1 child</strong>" in cells(words, WAITING)
    keep_due_figures()
    assert "<strong>2 children</strong>" in cells(page(browser), WAITING)


def test_what_nobody_counted_for_a_minute_is_counted_for_the_page(borough, sign_in):
    browser = sign_in(borough.head_of_service)
    keep_due_figures()
    a_waiting_referral(borough)
    FigureChange.objects.update(at=Now() - timedelta(seconds=61))

    words = page(browser)

    assert ", for this page" in words
    assert "<strong>1 child</strong>" in cells(words, WAITING)


@pytest.mark.parametrize("days", [1, -1])
def test_figures_of_another_day_are_never_shown(borough, sign_in, days):
    keep_due_figures()
    with clock.held_at(TODAY + timedelta(days=days)):
        browser = sign_in(borough.head_of_service)
        assert ", for this page" in page(browser)
        keep_due_figures()
        assert "nothing that is counted has changed since" in page(browser)
        assert unlike(borough.authority) == []


def test_every_cell_is_as_a_recount_says_after_each_deed(borough):
    outreach = an_outreach(borough)
    indicator = an_indicator_with(borough, "steady", 14, number=1)
    keep_due_figures()
    with clock.held_at(date(2026, 3, 4)):
        early = a_place_given(borough, outreach)
    deeds = (
        lambda: a_place_given(borough, outreach),
        lambda: a_waiting_referral(borough),
        lambda: withdraw_referral(a_sent_referral(borough), reason="Another way was found.", by=borough.social_worker),
        lambda: decided(borough, 2, on=date(2025, 12, 30)),
        lambda: a_stay_ended(borough, early),
        lambda: set_target(indicator, due_on=date(2027, 3, 31), value=Decimal(70), words="70%", because="Agreed anew.", by=borough.commissioner),
        lambda: correct_value(indicator.values.order_by("pk").first(), figure=Decimal(60), numerator=120, denominator=200, printed="60%", is_final=False,
                              because="A slip.", by=borough.panel_administrator),
        lambda: records.disposed_of(borough, records.a_due_child(borough)),
    )
    for deed in deeds:
        deed()
        keep_due_figures()
        assert unlike(borough.authority) == []
    assert not FigureChange.objects.exists()


def test_only_what_a_change_touches_is_counted_again(borough):
    with clock.held_at(date(2026, 3, 4)):
        referral = a_waiting_referral(borough)
    keep_due_figures()
    told = AuditEvent.objects.filter(verb="figures.kept").count()
    KeptFigure.objects.update(counted_at=clock.moment(date(2026, 1, 1)))
    with clock.held_at(clock.moment(TODAY, clock.TEN)):
        withdraw_referral(referral, reason="Another way was found.", by=borough.social_worker)
        keep_due_figures()

    again = KeptFigure.objects.exclude(counted_at=clock.moment(date(2026, 1, 1)))
    march = set(again.filter(month=date(2026, 3, 1)).values_list("measure", flat=True))
    assert march == {"days-to-decision", "days-signed-to-decision", "days-to-place", "days-decision-to-place"}
    assert not again.filter(month__lt=date(2026, 11, 1)).exclude(month=date(2026, 3, 1)).exists()
    assert "children-waiting" in set(again.values_list("measure", flat=True))
    assert AuditEvent.objects.filter(verb="figures.kept").count() == told == 1
    assert unlike(borough.authority) == []


def test_nothing_that_is_frozen_is_taken_from_what_is_kept(borough):
    """The control is the page, which does."""
    decided(borough, 7)
    keep_due_figures()
    KeptFigure.objects.update(numerator=99, denominator=99, parts={"outreach": [99, [[1, 99]]]})

    figure = BY_SLUG["days-to-decision"]
    row = next(row for row in rows_for(borough.authority, starts_on=date(2026, 7, 1), ends_on=date(2026, 10, 1), hide=False) if row.measure == figure)
    reading = look(borough.authority, hide=False, until=date(2026, 8, 31), may_be_kept=True)

    assert row.counted.numerator == 7
    assert reading.of(figure, month_of(date(2026, 8, 1))).count.numerator == 99


ENGINE = """{% load ui %}<tr><th scope="row"><a class="govuk-link" href="{{ row.url }}">{{ row.name }}</a>{% if row.flag %}<span class="table__why">{{ row.flag }}</span>{% endif %}</th>\
<td role="cell" class="num num--value num--printed" data-label="Value"><strong>{{ row.latest }}</strong></td><td role="cell" class="num" data-label="Count">{{ row.count }}</td>\
<td role="cell" class="num num--printed" data-label="Target">{{ row.target }}</td><td role="cell" data-label="Rating">{% if row.rating %}{% rag_chip row.rating %}{% else %}<span class="quiet">Not rated</span>{% endif %}</td>\
{% if row.variation %}<td role="cell" data-label="Variation">{% variation_mark row.variation %}</td><td role="cell" data-label="Assurance">{% if row.assurance %}{% assurance_mark row.assurance %}\
{% else %}<span class="quiet dash">–</span>{% endif %}</td><td role="cell" data-label="Line">{% sparkline row.points row.variation %}</td>{% else %}\
<td role="cell" data-label="Variation"><span class="quiet">Too few to say</span></td><td role="cell" data-label="Assurance"><span class="quiet dash">–</span></td>\
<td role="cell" data-label="Line">{% if row.points|length > 1 %}{% sparkline row.points "same" %}{% else %}<span class="quiet">Too few points</span>{% endif %}</td>{% endif %}</tr>"""
HOSTILE = "<script>alert('x')</script> & \" {{ y }}"


@pytest.mark.parametrize("row", [
    IndicatorRow(HOSTILE, "/kpis/a", HOSTILE, HOSTILE, HOSTILE, "R", "worse", "fail", ["1", "2.5", "3"], HOSTILE),
    IndicatorRow("A name", "/kpis/a", "None printed", "", "None printed", ""),
    IndicatorRow("A name", "/kpis/a", "c", "c", "80%", "", points=["1", "2"]),
    IndicatorRow("A name", "/kpis/a", "7", "1 of 2", "80%", "G", "unsaid", "", ["1", "2"]),
])  # fmt: skip
def test_a_row_is_filled_as_the_template_engine_would_draw_it(row):
    assert indicator_rows([row]).strip() == Template(ENGINE).render(Context({"row": row})).strip()
