"""Settings from the environment fail loudly, and say what to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings import _postgres


def test_text_is_what_is_set(monkeypatch):
    monkeypatch.setenv("THROUGHLINE_WORD", "a word")

    assert env.text("THROUGHLINE_WORD") == "a word"
    assert env.text("THROUGHLINE_OTHER", "another") == "another"


@pytest.mark.parametrize("empty", [None, "", " "])
def test_text_without_value_or_default_says_what_to_set(monkeypatch, empty):
    if empty is not None:
        monkeypatch.setenv("THROUGHLINE_OTHER", empty)

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


def test_an_address_of_a_database_is_read_with_escaped_secrets_and_its_trust():
    address = "postgres://tl:p%25w%20d%40@db.example:6432/through%20line?sslmode=verify-full"
    read = _postgres(address)

    assert (read["USER"], read["PASSWORD"], read["NAME"]) == ("tl", "p%w d@", "through line")
    assert (read["HOST"], read["PORT"]) == ("db.example", "6432")
    assert read["OPTIONS"]["sslmode"] == "verify-full"
    assert "isolation=read\\ committed" in read["OPTIONS"]["options"]
    assert _postgres("postgres://tl@/tl?host=/run/tl")["HOST"] == "/run/tl"
