"""Templates hold no script, no style, and no word that the house does not use."""

import re

import pytest

from tests.architecture.code import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
BANNED = {
    r"\bplease\b": "leave it out",
    r"\binvalid\b": "say what to do",
    r"\bwhitelist\b": "allow list",
    r"click here": "name where the link leads",
    r"service user": "child, carer or worker",
    r"\babscond": "went missing",
    r"case closed": "support ended",
    r"challenging behaviour": "distressed behaviour",
}


def words_of(path):
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", path.read_text(), flags=re.S)
    return text.lower()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_style_or_script(path):
    text = re.sub(r"{%.*?%}", "", path.read_text(), flags=re.S)

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    assert "|safe" not in text.replace("flat_attrs|safe", "")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_use_the_words_of_the_house(path):
    found = [word for word in BANNED if re.search(word, words_of(path))]

    assert found == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates/components").glob("*.html")), ids=lambda path: path.name
)
def test_every_component_names_its_inputs(path):
    assert path.read_text().startswith("{#")
