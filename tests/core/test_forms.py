"""Forms of the house."""

from django.template.loader import render_to_string

from core.forms import HouseForm, TextField


class Asked(HouseForm):
    """One thing, which has to be answered."""

    name = TextField(label="Name")


def test_a_page_sums_up_what_is_wrong_with_a_form_once():
    form = Asked({})

    pages = [render_to_string("house/errors.html", {"form": form}) for _ in range(2)]

    assert [page.count("There is a problem") for page in pages] == [1, 0]


def test_a_second_form_of_a_page_has_a_summary_of_its_own():
    pages = [render_to_string("house/errors.html", {"form": Asked({})}) for _ in range(2)]

    assert [page.count("There is a problem") for page in pages] == [1, 1]
