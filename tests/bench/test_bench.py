"""The benchmark on some hundreds of rows: that it fills, that every list walks the same rows as it reads at once, and that its table can be judged."""

from itertools import product

import pytest
from django.utils import timezone

from core import clock
from core.counting import Counts
from core.keyset import Mark, Way, keys_of
from referrals.models import Referral, Stay
from referrals.views.lists import ChildList, ReferralList
from tests.bench import fill
from tests.bench.measure import Result, by_turns
from tests.bench.report import table

SIZE = 600
READERS = ("head_of_service", "panel_administrator", "service_manager", "team_manager", "small_manager", "social_worker", "chair", "provider_manager",
           "practitioner", "strategic_manager", "governance")  # fmt: skip


@pytest.fixture
def filled(db, settings):
    """Two authorities with six hundred referrals between them, as the benchmark fills them, on today's own clock."""
    with clock.held_at(timezone.localdate()):
        yield fill.fill(SIZE, authorities=2, workers=2, places=4)


def listed(view_class, person):
    """A list as somebody has it, made without a request from a browser."""
    view = view_class()
    request = type("Request", (), {"GET": {}, "user": person, "path": "/", "method": "GET"})()
    view.setup(request)
    return view


def walked(view, rows, queue, size=29, *, is_back=False):
    """Every key of a list, page after page, by its marks."""
    keys, way = [], Way(view.is_falling, is_back=is_back)
    while page := keys_of(view.parts_of(rows, queue), way, size):
        keys += page
        mark = Mark(*rows.order_by().filter(pk=page[-1]).values_list(view.walked_by, "pk").get())
        way = Way(view.is_falling, mark, is_back=is_back)
    return keys


def test_the_fill_makes_what_is_measured_and_every_reference_is_its_own(filled):
    assert filled["referrals_referral"] == filled["referrals_child"] == SIZE
    assert Referral.objects.values("reference").distinct().count() == SIZE
    assert Stay.objects.filter(state="begun").exists()
    assert fill.person("small_manager").acting.team_ids
    assert min(filled.values()) > 0


def test_a_list_walked_page_by_page_is_the_list_as_visible_to_gives_it(filled):
    for name, view_class in product(READERS, (ReferralList, ChildList)):
        view = listed(view_class, fill.person(name))
        for queue in view.queues:
            rows = queue.narrow(view.records(), view.request.user)
            whole, parts = list(rows.values_list("pk", flat=True)), view.parts_of(rows, queue)

            assert walked(view, rows, queue) == whole, (name, queue.key, view_class)
            assert walked(view, rows, queue, is_back=True) == whole[::-1], (name, queue.key, view_class)
            assert Counts(lambda parts=parts: [parts])() == [(len(whole), False)], (name, queue.key, view_class)


def test_a_line_of_the_table_says_whether_its_goal_was_met():
    met = Result("P1", "a list", [1.0, 3.0, 2.0], 9, 4.0)
    missed = Result("P9", "a place", [0.2, 0.1, 0.3], 9, 0.3, at_least=True)

    assert met.cells()[3:8] == ["2.00", "1.00 to 3.00", "9", "≤ 4 x", "pass"]
    assert missed.cells()[7] == "MISS"
    assert len({line.count("|") for line in table([met, missed])}) == 1


def test_ours_and_the_peer_are_called_by_turns():
    called = []
    by_turns(lambda: called.append("ours"), lambda: called.append("peer"), n=3, rounds=2)

    assert called == ["ours", "peer"] * (len(called) // 2)
