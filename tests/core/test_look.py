"""The words, marks and forms of the house say what they should, and nothing typed is lost."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template

from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField, TextField, day_from
from core.templatetags import ui

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))


class EveryField(HouseForm):
    """One of each kind of field."""

    name = TextField(label="Preferred <b>name</b>", max_length=5)
    story = LongTextField(label="Story", required=False, max_length=50)
    wanted = HouseDateField(label="Wanted from")
    cost = MoneyField(label="Cost a week", required=False)
    answer = forms.ChoiceField(
        label="What did the panel decide?", choices=[("a", "Agree")], widget=forms.RadioSelect
    )
    signs = forms.MultipleChoiceField(
        label="Tick each that is true",
        choices=[("f", "Fit"), ("c", "Clear")],
        widget=forms.CheckboxSelectMultiple,
    )
    sure = forms.BooleanField(label="I have read it")


def drawn(form):
    source = "{% load crispy_forms_tags %}{% crispy form %}"
    return Template(source).render(Context({"form": form}))


@pytest.mark.parametrize(
    "typed",
    ["27 3 2027", "27/3/2027", "27 March 2027", "27 mar 2027", "2027-03-27", "27.3.2027"],
)
def test_day_from_reads_the_ways_people_write_a_day(typed):
    assert day_from(typed) == date(2027, 3, 27)


@pytest.mark.parametrize(
    "typed",
    ["31 2 2027", "27 3 27", "3 2027", "", "0 0 0", "27 Ma 2027", "١ ٢ ٢٠٢٧", "1 1 9999", "x" * 5000],
)
def test_day_from_reads_nothing_else(typed):
    assert day_from(typed) is None


def test_date_field_reads_back_what_it_shows():
    form = EveryField(initial={"wanted": date(2026, 12, 3)})
    assert 'value="3 December 2026"' in drawn(form)
    assert day_from("3 December 2026") == day_from("Thursday 3 December 2026") == date(2026, 12, 3)


def test_long_text_is_kept_byte_for_byte():
    typed = "  one\r\n\ttwo \u200f\U0001f600  "
    form = EveryField({"story": typed})
    form.is_valid()
    assert form.cleaned_data["story"] == typed


def test_nul_is_refused_in_words_in_every_text_field():
    form = EveryField({"name": "a\x00", "story": "b\x00"})
    assert form.errors["name"] == [
        "Preferred <b>name</b> has a character in it that cannot be saved. Type that part again"
    ]
    assert "cannot be saved" in form.errors["story"][0]


@pytest.mark.parametrize(
    ("typed", "kept"), [("£1,200.50", "1200.50"), ("660", "660"), (" 0 ", "0")]
)
def test_money_field_takes_pounds_as_written(typed, kept):
    form = EveryField({"cost": typed})
    form.is_valid()
    assert form.cleaned_data["cost"] == Decimal(kept)


@pytest.mark.parametrize("typed", ["lots", "-1", "1.234", "1e999", "NaN", "Infinity", "9" * 400])
def test_money_field_refuses_the_rest(typed):
    assert EveryField({"cost": typed}).errors["cost"]


def test_error_summary_leads_to_the_first_control_of_each_field():
    page = drawn(EveryField({}))
    for control in ["id_name", "id_wanted", "id_answer_0", "id_signs_0", "id_sure"]:
        assert f'href="#{control}"' in page
        assert page.count(f'id="{control}"') == 1


def test_field_says_what_is_wrong_beside_itself():
    page = drawn(EveryField({"wanted": "31 2 2027"}))
    assert "Wanted from must be a real day, for example 27 3 2027" in page
    assert 'aria-describedby="id_wanted_helptext id_wanted_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="31 2 2027"' in page
    assert "This field is required" not in page


def test_labels_are_escaped():
    page = drawn(EveryField({}))
    assert "<b>" not in page
    assert "&lt;b&gt;name" in page


def test_check_boxes_are_not_drawn_as_radios():
    page = drawn(EveryField({"signs": ["c"], "answer": "a"}))
    assert page.count('type="checkbox" name="signs"') == 2
    assert page.count('type="radio" name="answer"') == 1
    assert page.count(" checked") == 2


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (411840, "£411,840"),
        (Decimal("660.50"), "£660.50"),
        (Decimal("-1500.00"), "−£1,500"),
        (0, "£0"),
        (None, ""),
        ("x", ""),
        (Decimal("NaN"), ""),
    ],
)
def test_money_shows_pence_only_when_there_are_some(amount, words):
    assert ui.money(amount) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(14, 14), "2:14pm"),
        (time(10), "10am"),
        (time(12), "midday"),
        (time(0), "midnight"),
        (time(0, 5), "12:05am"),
        (None, ""),
    ],
)
def test_times_are_written_as_people_say_them(at, words):
    assert ui.clock_time(at) == words


def test_days_and_counts_in_words():
    day = date(2026, 12, 3)
    assert ui.day(day) == "3 December 2026"
    assert ui.weekday(day) == "Thursday 3 December 2026"
    assert ui.day_short(day) == "3 Dec"
    assert ui.month(day) == "December 2026"
    assert ui.day_time(datetime(2026, 12, 3, 14, 14)) == "3 December 2026 at 2:14pm"  # noqa: DTZ001
    assert ui.count(1, "referral") == "1 referral"
    assert ui.count(3, "child,children") == "3 children"
    assert ui.day(None) == ui.weekday("") == ""


@pytest.mark.parametrize("rating", ["red", "amber", "green", "complete", "R", "C", None, "odd"])
def test_every_rating_has_a_shape_and_a_word(rating):
    page = Template("{% load ui %}{% rag_chip rating %}").render(Context({"rating": rating}))
    assert "<svg" in page
    assert page.split("</svg>")[1].split("<")[0].strip()


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_says_what_it_is_and_what_it_takes(path):
    first, second, *_ = path.read_text().splitlines()
    assert first.startswith("{# ")
    assert second.startswith("{# Inputs: ")


def test_nothing_of_the_frontend_that_is_not_ours_to_use_is_kept():
    for sheet in (ROOT / "static" / "vendor").rglob("*.css"):
        text = sheet.read_text()
        assert "GDS Transport" not in text
        assert "govuk-crest.svg" not in text
        assert "@font-face" not in text
        assert "url(/" not in text
        assert "sourceMappingURL" not in text


def test_every_vendored_folder_says_its_version_and_licence():
    for folder in (ROOT / "static" / "vendor").iterdir():
        assert re.search(r" \d+\.\d+", (folder / "VERSION").read_text())
        assert len((folder / "LICENCE").read_text()) > 400


def test_every_stylesheet_imports_files_that_exist():
    for sheet in (ROOT / "static" / "css").rglob("*.css"):
        for address in re.findall(r"url\(\"([^\"]+)\"\)", sheet.read_text()):
            assert (sheet.parent / address).exists(), f"{sheet.name} asks for {address}"


def _light(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("front", "behind", "least"),
    [
        ("text", "now", 7),
        ("text-second", "mist", 4.5),
        ("text-second", "sand", 4.5),
        ("link", "mist", 4.5),
        ("link", "sand", 4.5),
        ("control", "white", 3),
        ("worse", "white", 3),
        ("better", "white", 3),
        ("white", "green", 4.5),
        ("white", "red", 4.5),
        ("white", "harbour", 4.5),
        ("white", "ink", 4.5),
        ("text", "amber", 4.5),
        ("text", "focus", 4.5),
    ],
)
def test_colours_can_be_told_apart(front, behind, least):
    text = (ROOT / "static" / "css" / "tokens.css").read_text()
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", text), white="#ffffff")
    light = sorted((_light(tokens[front]), _light(tokens[behind])), reverse=True)
    assert (light[0] + 0.05) / (light[1] + 0.05) >= least
