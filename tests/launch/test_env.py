"""Settings from the environment fail loudly, and say what to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_text_is_what_is_set(monkeypatch):
    monkeypatch.setenv("THROUGHLINE_WORD", "a word")

    assert env.text("THROUGHLINE_WORD") == "a word"
    assert env.text("THROUGHLINE_OTHER", "another") == "another"


def test_text_without_value_or_default_says_what_to_set():
    with pytest.raises(ImproperlyConfigured, match=r"Set THROUGHLINE_OTHER .* \.env\.example"):
        env.text("THROUGHLINE_OTHER")


@pytest.mark.parametrize(
    ("typed", "meant"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_flag_is_read_in_the_usual_words(monkeypatch, typed, meant):
    monkeypatch.setenv("THROUGHLINE_FLAG", typed)

    assert env.flag("THROUGHLINE_FLAG", default=not meant) is meant


def test_flag_that_is_neither_is_refused(monkeypatch):
    monkeypatch.setenv("THROUGHLINE_FLAG", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="set it to 1 or 0"):
        env.flag("THROUGHLINE_FLAG")


def test_number_is_whole_or_refused(monkeypatch):
    monkeypatch.setenv("THROUGHLINE_NUMBER", "25")
    assert env.number("THROUGHLINE_NUMBER") == 25

    monkeypatch.setenv("THROUGHLINE_NUMBER", "many")
    with pytest.raises(ImproperlyConfigured, match="set it to a whole number"):
        env.number("THROUGHLINE_NUMBER")
