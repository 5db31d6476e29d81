"""Rows and widgets drawn without the template engine are what it would draw, and nobody's words become a mark-up."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.template.exceptions import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from core import filled
from core.widgets import HouseWidgets

HOSTILE = "<script>alert('x')</script> & \"{{ reference }}\" {% now 'Y' %} {0} %s \\1"
NAMES = ("reference", "pick", "child", "ask", "priority", "status", "next", "first_sent", "days")


def lines(drawn):
    """What was drawn, without the empty lines that a template leaves."""
    return [line.strip() for line in drawn.splitlines() if line.strip()]


def test_a_row_is_what_the_template_engine_makes_of_it_whatever_the_words():
    row = dict.fromkeys(NAMES, HOSTILE) | {"status": format_html("<strong>{}</strong>", HOSTILE), "days": 3}

    drawn = filled.filled("referrals/referral_row.html", [row, row])

    assert lines(drawn) == lines(render_to_string("referrals/referral_row.html", row) * 2)
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_words_with_signs_of_their_own_stay_as_they_are_and_a_changed_fragment_is_read_again():
    pattern, names = filled._parts("any.html", "{# Not said: {{ x }} #}\n<td title='100% of {{ a }}'>{{ b }} %s</td>")

    assert pattern % (1, 2) == "<td title='100% of 1'>2 %s</td>"
    assert names == ["a", "b"]
    assert filled._parts("any.html", "{{ c }}")[1] == ["c"]


@pytest.mark.parametrize("value", [HOSTILE, mark_safe("<b>kept</b>"), 3, True, None, 2.5, "", gettext_lazy("a <b>"), format_lazy("{}<i>", "x")])
def test_a_value_is_written_as_the_engine_writes_it(value):
    assert filled.said(value) == Template("{{ value }}").render(Context({"value": value}))


def test_a_fragment_that_decides_something_is_refused():
    with pytest.raises(TemplateSyntaxError):
        filled.filled("components/pill.html", [])


class Everything(forms.Form):
    """One of each kind, with words that would be mark-up."""

    text = forms.CharField(label="Text", required=False, widget=forms.TextInput({"data-x": HOSTILE, "hidden": True, "disabled": False, "maxlength": 9}))
    day = forms.DateField(required=False)
    number = forms.DecimalField(required=False, min_value=0)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    chosen = forms.ChoiceField(choices=[("", "Any"), ("a", HOSTILE), (HOSTILE, "b"), ("In a group", [("c", "C"), (4, mark_safe("<b>D</b>"))])], required=False)
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False, widget=forms.SelectMultiple)
    whether = forms.NullBooleanField(required=False)


@pytest.mark.parametrize("answers", [None, {}, {"text": HOSTILE, "day": HOSTILE, "number": "-3", "kept": HOSTILE, "chosen": HOSTILE, "several": ["a", "b"]},
                                     {"chosen": "4", "text": "", "whether": "true"}])  # fmt: skip
def test_every_widget_is_drawn_as_django_draws_it(answers):
    ours, django = Everything(answers, renderer=HouseWidgets()), Everything(answers, renderer=DjangoTemplates())

    for name in Everything.base_fields:
        for attrs in (None, {"class": HOSTILE}):
            assert lines(ours[name].as_widget(attrs=attrs)) == lines(django[name].as_widget(attrs=attrs))
