"""What a page asks for once, what a deed asks for anew, and libraries that wait for their first use."""

import sys

import pytest

from core import once
from core.late import Late


@pytest.fixture
def asked():
    """A question that counts how often it was asked; what a request read is let go of afterwards."""
    times = []
    yield lambda: times.append(1) or len(times)
    once._end()


def begin(method):
    """A request begins."""
    once._begin(environ={"REQUEST_METHOD": method})


def test_a_page_asks_once_and_the_next_page_again(asked):
    begin("GET")
    assert [once.once("key", asked), once.once("key", asked), once.once("another", asked)] == [1, 1, 2]

    begin("GET")
    assert once.once("key", asked) == 3


def test_a_deed_asks_anew_each_time_for_a_lock_may_have_been_waited_for_in_between(asked):
    begin("POST")

    assert [once.once("key", asked), once.once("key", asked)] == [1, 2]


def test_a_deed_keeps_what_whoever_writes_it_lets_go_of(asked):
    begin("POST")
    assert [once.once("key", asked, in_deeds=True), once.once("key", asked, in_deeds=True)] == [1, 1]

    once.forget()
    assert once.once("key", asked, in_deeds=True) == 2


def test_outside_of_requests_nothing_is_kept(asked):
    begin("GET")
    once._end()

    once.know("key", 0)
    assert [once.once("key", asked), once.once("key", asked)] == [1, 2]


def test_what_was_read_with_something_else_is_not_asked_for(asked):
    begin("GET")
    once.know("key", "known")

    assert once.once("key", asked) == "known"


def test_a_late_library_is_imported_with_its_first_use(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    library = Late("colorsys")
    assert "colorsys" not in sys.modules

    assert library.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert "colorsys" in sys.modules
