"""The dashboard and each measure's page: who is shown what, by what address, in how many questions, and what is in the trail."""

import itertools
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.rules.quarters import quarter_from
from core.models import AuditEvent
from kpis.actions.rebase import rebase_chart
from kpis.actions.release import release_figures
from kpis.forms.period import VIEWS
from kpis.measures.service import BY_SLUG
from referrals.models import Child
from tests.access.scene import a_contract
from tests.kpis.figures import QUARTER, an_indicator_with, decided, withdrawn
from tests.people import a_borough
from tests.referrals.places import a_hub, a_place_given, an_outreach

pytestmark = pytest.mark.django_db
DECISION = "/kpis/days-to-decision"


def words(answer) -> str:
    """A page's words without its marks."""
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def cells(answer, name) -> list[str]:
    """The cells of one row of the dashboard, by what a screen reader is told."""
    row = next(row for row in re.findall(r"<tr role=\"row\".*?</tr>", answer.content.decode(), re.S) if f">{name}</a>" in row)
    spoken = re.sub(r'<span aria-hidden="true">.*?</span>', "", row)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.findall(r"<td.*?</td>", spoken, re.S)]


def release(borough, *periods):
    for period in periods or (QUARTER,):
        release_figures(borough.authority, quarter_from(period))


@pytest.mark.parametrize("who", ["commissioner", "head_of_service"])
@pytest.mark.parametrize("months", [1, 60])
def test_p7_as_many_queries_for_40_indicators_as_for_one(borough, sign_in, who, months):
    browser = sign_in(getattr(borough, who))
    browser.get("/kpis")
    counts = []
    for first, last in ((0, 1), (1, 10), (10, 40)):
        for number in range(first, last):
            an_indicator_with(borough, f"i{number}", months, number=number + 1 if number % 2 else None)
        browser.get("/kpis")  # the session is marked once a minute, and building takes longer
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get("/kpis?view=all")
        assert answer.content.decode().count("Indicator i") == last
        counts.append(len(queries))

    # The first has no recommendation, so nothing of recommendations is asked: two prefetches fewer or more, and never one a row.
    assert counts[1] == counts[2]
    assert abs(counts[1] - counts[0]) <= 4
    assert counts[2] <= 60


def test_p7_as_many_queries_for_60_months_as_for_one(borough, sign_in):
    browser, counts = sign_in(borough.head_of_service), []
    browser.get("/kpis")
    for months in (1, 60):
        an_indicator_with(borough, f"m{months}", months)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/kpis?view=all")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_p7_as_many_queries_for_a_long_line_as_for_a_short_one(borough, sign_in):
    browser, counts = sign_in(borough.head_of_service), []
    for months in (13, 13, 60):
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/kpis/outreach-occupancy?months={months}")
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_g39_who_watches_is_told_nothing_of_children_before_the_release(borough, sign_in):
    decided(borough, 8)

    assert cells(sign_in(borough.commissioner).get("/kpis"), "Days from referral to decision")[:2] == ["–", "Not told yet"]
    assert cells(sign_in(borough.head_of_service).get("/kpis?view=all"), "Days from referral to decision")[1].startswith("8 of 8 decided")


def test_g39_who_watches_reads_the_figure_as_it_was_told_and_no_change_since(borough, sign_in):
    decided(borough, 8)
    release(borough)
    decided(borough, 1)

    assert cells(sign_in(borough.commissioner).get("/kpis"), "Days from referral to decision")[1].startswith("8 of 8 decided")
    assert cells(sign_in(borough.head_of_service).get("/kpis?view=all"), "Days from referral to decision")[1].startswith("9 of 9 decided")


@pytest.mark.parametrize("who", ["commissioner", "chair", "member", "strategic_manager"])
def test_g39_a_hidden_figure_is_c_on_every_page(borough, sign_in, who):
    decided(borough, 8)
    withdrawn(borough, 2)
    release(borough)
    browser = sign_in(getattr(borough, who))

    assert cells(browser.get("/kpis?view=commissioner"), "Days from referral to decision")[:2] == ["c", "c"]
    page = words(browser.get(f"{DECISION}?period={QUARTER}"))
    assert "8 of 10" not in page and "Too few children to show a line" in page  # noqa: PT018
    listed = browser.get(f"{DECISION}/{QUARTER}")
    assert "This figure is hidden" in words(listed)
    assert not any(child.reference in listed.content.decode() for child in Child.objects.all())


@pytest.mark.parametrize("period", ["2026-11", "2026-08", "2026-27-q3", "2026-27"])
def test_g39_who_watches_is_told_by_no_month_and_by_no_quarter_or_year_that_runs(borough, sign_in, period):
    decided(borough, 8)
    release(borough)

    assert cells(sign_in(borough.commissioner).get(f"/kpis?period={period}"), "Days from referral to decision")[:2] == ["–", "Not told yet"]
    assert "has not been told yet" in words(sign_in(borough.commissioner).get(f"{DECISION}/{period}"))


def test_exact_small_counts_are_for_those_who_need_them_and_that_they_looked_is_in_the_trail(borough, sign_in):
    decided(borough, 3)
    looks = AuditEvent.objects.filter(verb="record.read", sentence__startswith="Read counts of children as they are")

    assert cells(sign_in(borough.head_of_service).get("/kpis?view=all"), "Days from referral to decision")[1].startswith("3 of 3 decided")
    assert [(look.person_id, look.role) for look in looks] == [(borough.head_of_service.pk, "HOS")]
    sign_in(borough.head_of_service).get(f"{DECISION}?period={QUARTER}")
    assert looks.all().count() == 2
    sign_in(borough.commissioner).get("/kpis?view=all")
    assert looks.all().count() == 2


def test_a_page_without_small_counts_writes_nothing(borough, sign_in):
    before = AuditEvent.objects.count()

    sign_in(borough.head_of_service).get("/kpis?view=all")

    assert AuditEvent.objects.count() == before


def test_j8_the_records_behind_a_figure_for_those_who_may_see_them(borough, sign_in):
    referrals = decided(borough, 3)
    answer = sign_in(borough.head_of_service).get(f"{DECISION}/{QUARTER}")

    for referral in referrals:
        assert f'href="{referral.get_absolute_url()}"' in answer.content.decode()
    assert AuditEvent.objects.filter(verb="record.read", child_id__in=[r.child_id for r in referrals], person_id=borough.head_of_service.pk).count() == 3


def test_j8_a_commissioner_ends_at_references_and_each_is_in_the_trail(borough, sign_in):
    referrals = decided(borough, 7)
    release(borough)
    answer = sign_in(borough.commissioner).get(f"{DECISION}/{QUARTER}")
    page = answer.content.decode()

    for referral in referrals:
        assert referral.reference in page
        assert referral.get_absolute_url() not in page
        assert referral.child.full_name not in page
    assert "12 August" not in page
    assert AuditEvent.objects.filter(verb="record.read", person_id=borough.commissioner.pk, child_id__isnull=False).count() == 7


def test_j8_where_a_record_is_kept_back_none_is_listed_for_those_who_watch(borough, sign_in):
    """How many are restricted would be told by how many are not."""
    referrals = decided(borough, 8)
    release(borough)
    Child.objects.filter(pk=referrals[0].child_id).update(is_restricted=True, restricted_because="A reason")

    page = sign_in(borough.commissioner).get(f"{DECISION}/{QUARTER}").content.decode()
    assert "These records are not listed" in page
    assert not any(referral.reference in page for referral in referrals)


def test_g39_what_was_written_down_after_the_release_is_not_told_by_the_list(borough, sign_in):
    referrals = decided(borough, 8)
    release(borough)
    referrals += decided(borough, 1)

    page = sign_in(borough.commissioner).get(f"{DECISION}/{QUARTER}").content.decode()
    assert "These records are not listed" in page
    assert not any(referral.reference in page for referral in referrals)


def test_another_authoritys_figures_records_and_rebasings_are_not_shown(borough, sign_in):
    other = a_borough("other")
    referrals = decided(borough, 8)
    release(borough)
    rebase_chart(borough.authority, slug="days-to-decision", name="Days", from_on=date(2026, 4, 1), reason="Ours was joined.", by=borough.commissioner)

    for who in (other.commissioner, other.head_of_service):
        browser = sign_in(who)
        assert "8 of 8" not in words(browser.get(f"/kpis?period={QUARTER}&view=all"))
        assert "Ours was joined" not in words(browser.get(DECISION))
        page = browser.get(f"{DECISION}/{QUARTER}").content.decode()
        assert not any(referral.reference in page for referral in referrals)


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "all"])
def test_each_view_has_its_measures_and_fits_a_screen(borough, sign_in, view):
    an_outreach(borough)
    page = sign_in(borough.chair).get(f"/kpis?view={view}").content.decode()

    shown = {slug for slug in BY_SLUG if f'href="/kpis/{slug}?' in page}
    assert shown == set(VIEWS[view][1])
    assert len(shown) == 12


def test_each_role_begins_with_its_own_view(borough, sign_in):
    for who, slug in (("commissioner", "spend-of-budget"), ("head_of_service", "days-to-sign-off"), ("chair", "quorate-decisions")):
        assert f'href="/kpis/{slug}?' in sign_in(getattr(borough, who)).get("/kpis").content.decode()


def test_figures_narrow_by_service_and_contract_in_the_address(borough, sign_in):
    outreach, hub = an_outreach(borough), a_hub(borough)
    a_contract(borough, outreach, "art-outreach", borough.provider)
    a_place_given(borough, outreach)
    browser = sign_in(borough.head_of_service)

    everything = browser.get("/kpis?view=all&period=2026-11")
    by_service = browser.get("/kpis?view=all&period=2026-11&service=hub")
    by_contract = browser.get("/kpis?view=all&period=2026-11&contract=art-outreach")
    assert cells(everything, "Days from referral to place")[1].startswith("1 of 1 placed")
    assert cells(by_service, "Days from referral to place")[1].startswith("0 of 0 placed")
    assert cells(by_contract, "Days from referral to place")[1].startswith("1 of 1 placed")
    assert "Hub assessment beds in use" in words(by_service)
    assert "Outreach places in use" not in words(by_service).split("Measure Value")[1].split("What a week costs")[0]
    assert "Hub assessment beds in use" not in words(by_contract).split("Measure Value")[1].split("What a week costs")[0]
    assert hub.places.count() == 3


def test_g39_counts_of_children_are_not_divided_by_service_for_those_who_watch(borough, sign_in):
    an_outreach(borough)
    a_hub(borough)
    decided(borough, 8)
    release(borough)

    browser = sign_in(borough.commissioner)
    assert cells(browser.get("/kpis?service=outreach"), "Days from referral to decision")[:2] == ["–", "Whole service only"]
    assert cells(browser.get("/kpis"), "Days from referral to decision")[1].startswith("8 of 8 decided")


@pytest.mark.parametrize(
    "address",
    ["/kpis?view=nobodys", "/kpis?service=none", "/kpis?contract=no-such", "/kpis?period=2026-13", "/kpis/days-to-decision?months=7",
     "/kpis/days-to-decision/decade", "/kpis/days-to-decision/2026-27-q5", "/kpis/no-such/2026-10", "/kpis/no-such/limits", "/kpis/days-to-decision/2026-99"],
)  # fmt: skip
def test_an_address_that_names_nothing_is_not_found(borough, sign_in, address):
    assert sign_in(borough.commissioner).get(address).status_code == 404


def chart_of(answer):
    """The line's drawing, and the table of the same numbers."""
    page = answer.content.decode()
    svg = ElementTree.fromstring(re.search(r'<svg class="plot" .*?</svg>', page, re.S)[0])
    table = re.search(r'<table class="[^"]*table--series".*?</table>', page, re.S)[0]
    return page, svg, table


def test_a17_a_line_is_a_figure_with_its_sentence_and_the_same_numbers_in_a_table(borough, sign_in):
    indicator = an_indicator_with(borough, "lined", 24)
    page, svg, table = chart_of(sign_in(borough.commissioner).get(indicator.get_absolute_url()))

    assert svg.get("role") == "img"
    named = re.search(rf'<figcaption id="{svg.get("aria-labelledby")}">(.*?)</figcaption>', page, re.S)[1]
    assert "No real change; the months vary as chance would have it" in named
    values = re.findall(r'data-label="Value"><strong>([^<]+)</strong>', table)
    marks = [node for node in svg.iter() if "plot__mark" in (node.get("class") or "")]
    assert len(values) == len(marks) == 24
    words_drawn = [node.text for node in svg.iter() if node.tag.endswith("text")]
    assert f"Oct {values[0]}" in words_drawn
    # The higher a value in the table, the higher its mark.
    heights = [float(node.get("cy")) for node in marks][::-1]
    numbers = [float(value.rstrip("%")) for value in values]
    pairs = sorted(zip(numbers, heights, strict=True))
    assert all(later[1] <= earlier[1] + 0.06 for earlier, later in itertools.pairwise(pairs))


@pytest.mark.parametrize(("months", "says"), [(5, "this is a run chart"), (11, "These are trial limits"), (12, "chance alone keeps nearly every month")])
def test_h10_a_short_line_says_what_it_is(borough, sign_in, months, says):
    indicator = an_indicator_with(borough, "short", months)
    page = words(sign_in(borough.commissioner).get(indicator.get_absolute_url()))

    assert says in page
    assert ("trial limits" in page) is (months == 11)


def test_h10_a_rebasing_breaks_the_lines_and_says_why(borough, sign_in):
    indicator = an_indicator_with(borough, "rebased", 24)
    browser = sign_in(borough.commissioner)
    asked = {"from_on": "1 11 2025", "reason": "The team was joined with another."}

    answer = browser.post(f"{indicator.get_absolute_url()}/limits", asked, follow=True)
    page, svg, _ = chart_of(answer)
    assert "The team was joined with another." in page
    assert "1 November 2025" in page and "Commissioner" in page  # noqa: PT018
    assert len([node for node in svg.iter() if node.get("class") == "plot__mean"]) == 2


def test_h10_a_rebasing_refused_says_why_and_keeps_what_was_typed(borough, sign_in):
    answer = sign_in(borough.commissioner).post(
        "/kpis/days-to-place/limits", {"from_on": "2 4 2026", "reason": "It looks better so."}
    )

    assert "Give the first day of a month that has come." in words(answer)
    assert "It looks better so." in answer.content.decode()


def test_g39_an_indicator_of_1_to_5_children_is_hidden_from_those_who_watch(borough, sign_in):
    indicator = an_indicator_with(borough, "few", 7, of=6)
    watched = words(sign_in(borough.commissioner).get(indicator.get_absolute_url()))
    seen = words(sign_in(borough.head_of_service).get(indicator.get_absolute_url()))

    assert "3 of 6" in seen
    assert "3 of 6" not in watched and "50.0%" not in watched  # noqa: PT018


@pytest.mark.parametrize(("months", "is_drawn"), [(1, False), (2, True)])
def test_one_period_is_no_line_and_two_are(borough, sign_in, months, is_drawn):
    page = sign_in(borough.commissioner).get(an_indicator_with(borough, "new", months).get_absolute_url()).content.decode()
    assert ("One period so far." in page) is not is_drawn
    assert ("figure--plot" in page) is is_drawn
    assert "The same numbers, newest first" in page
