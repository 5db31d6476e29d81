"""Q3: no rating is told by colour alone: each has a word, and a shape that no other rating has."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.access.scene import an_indicator

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
LETTERS = ["R", "A", "G", "C", "pass", "check", "stop", "not_enough_data", "", None, "something new"]
CHIP = re.compile(r'<(strong|span)[^>]*class="chip\b.*?</\1>', re.S)


class Chip(HTMLParser):
    """What is in one chip: its words, its drawing, and whether the drawing is only a picture of the words."""

    def __init__(self, html):
        super().__init__()
        self.words, self.shape, self.is_named, self.is_hidden, self.drawing = "", "", False, False, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "svg":
            self.drawing = True
            self.is_hidden, self.is_named = facts.get("aria-hidden") == "true", bool(facts.get("aria-label") or facts.get("role") == "img")
        elif self.drawing:
            self.shape += tag + str(sorted(attrs))

    def handle_data(self, data):
        self.words += data.strip()


def chips_in(html):
    """Every chip of a page."""
    return [Chip(found[0]) for found in CHIP.finditer(html)]


def tells_without_colour(chip) -> bool:
    """A word of two letters or more, and a drawing that is named or hidden behind that word."""
    return bool(re.search(r"[A-Za-z]{2,}", chip.words)) and bool(chip.shape) and (chip.is_hidden or chip.is_named)


def chip_of(rating):
    return chips_in(Template("{% load ui %}{% rag_chip rating %}").render(Context({"rating": rating})))[0]


@pytest.mark.parametrize("rating", LETTERS[:8])
def test_q3_a_rating_has_a_word_and_a_shape(rating):
    assert tells_without_colour(chip_of(rating))


@pytest.mark.parametrize("rating", LETTERS[8:])
def test_q3_what_is_not_rated_says_so(rating):
    assert tells_without_colour(chip_of(rating)), chip_of(rating).__dict__


def test_q3_no_two_ratings_look_alike_without_colour():
    drawn = {rating: chip_of(rating) for rating in ("R", "A", "G", "C")}

    assert len({chip.words for chip in drawn.values()}) == 4
    assert len({chip.shape for chip in drawn.values()}) == 4


def test_q3_every_rating_on_a_page_is_told_without_colour(borough, sign_in):
    an_indicator(borough)
    client, seen = sign_in(borough.head_of_service), 0
    for url in ("/kpis", "/kpis/testborough-indicator"):
        for chip in chips_in(client.get(url).content.decode()):
            assert tells_without_colour(chip), (url, chip.__dict__)
            seen += 1
    assert seen >= 1


@pytest.mark.parametrize(("rating", "word"), [("R", "Red"), ("A", "Amber"), ("G", "Green"), ("C", "Complete"), ("", "Not rated")])
def test_q3_in_the_pack_a_rating_has_its_word_and_its_own_drawing(rating, word):
    printed = render_to_string("kpis/pack/rating.html", {"rating": rating})
    style = (ROOT / "static/css/print-pack.css").read_text()

    assert word in printed
    if rating:
        assert f'.chip--{rating} {{' in style
        drawing = re.search(rf"\.chip--{rating} {{[^}}]*url\(\"\.\./(img/[^\"]+)\"\)", style)[1]
        assert (ROOT / "static" / drawing).read_text().startswith("<svg")


def test_q3_the_drawings_of_the_pack_differ():
    drawings = [(ROOT / f"static/img/chip-{rating}.svg").read_text() for rating in "ragc"]

    assert len({re.sub(r'(fill|stroke)="[^"]*"', "", drawing) for drawing in drawings}) == 4


def test_q3_no_template_draws_a_chip_without_a_drawing():
    """A chip that a template draws by itself has a drawing too; the pack's have theirs in its style."""
    paths = [path for path in (ROOT / "templates").rglob("*.html") if path.parent.name not in {"pack", "print"}]
    found = [(path.name, chip[0]) for path in paths for chip in CHIP.finditer(path.read_text())]

    assert [one for one in found if "{% icon" not in one[1]] == []
    assert len(found) >= 2


def test_q3_a_chip_of_colour_alone_would_be_found():
    """The control."""
    assert not any(tells_without_colour(chip) for chip in chips_in('<strong class="chip chip--red"></strong><span class="chip chip--R">R</span>'))
