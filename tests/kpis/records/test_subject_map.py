"""Every column of every table is mapped for subject access; and the plain rules of a request."""

from datetime import date

import pytest

from kpis.models.whose import histories, paths, tables
from kpis.papers.subject_words import the_map
from kpis.rules.relied_on import why_not_add_document, why_not_say_held
from kpis.rules.subject_access import (
    answer_by,
    names_in,
    names_left,
    read_map,
    why_not_check,
    why_not_extend,
    why_not_finish,
    why_not_gather,
    why_not_give,
    why_not_give_file,
    why_not_judge_harm,
    why_not_receive,
    why_not_redact,
    without_names,
)

DAY = date(2026, 11, 24)


def unmapped(found) -> dict[str, set]:
    """Columns that the models have and the map has not, and the other way round."""
    wanted = {model._meta.label: {field.name for field in model._meta.concrete_fields} for model in tables()}
    labels = wanted.keys() | found.keys()
    wrong = {label: wanted.get(label, set()) ^ found.get(label, {}).keys() for label in labels}
    return {label: names for label, names in wrong.items() if names}


def test_g42_every_column_of_every_table_is_mapped():
    assert unmapped(the_map()) == {}


def test_g42_the_control_a_column_that_is_not_mapped_is_found():
    short = {**the_map(), "referrals.Child": {name: kind for name, kind in the_map()["referrals.Child"].items() if name != "address"}}

    assert unmapped(short) == {"referrals.Child": {"address"}}


def test_g42_what_a_child_is_told_holds_the_tables_that_are_theirs():
    """Every table with a way to a child gives something, or says why not."""
    silent = {model._meta.label for model in paths() if not {"included", "third party", "exempt"} & set(the_map()[model._meta.label].values())}

    assert silent == set()
    assert {event.pgh_tracked_model for event in histories().values()} <= set(tables())


def test_a_map_that_says_one_column_twice_is_refused():
    with pytest.raises(ValueError, match=r"core\.A"):
        read_map("core.A | included: x | exempt: x")
    with pytest.raises(ValueError, match=r"core\.A"):
        read_map("core.A | secret: x")


@pytest.mark.parametrize(
    ("came", "due"),
    [(date(2026, 11, 24), date(2026, 12, 24)), (date(2027, 1, 31), date(2027, 2, 28)), (date(2028, 1, 31), date(2028, 2, 29)), (date(2026, 8, 31), date(2026, 9, 30))],
)
def test_k10_the_month_ends_on_the_same_day_or_the_last(came, due):
    assert answer_by(came) == due


def test_k10_extended_it_is_three_months_from_the_day_it_came():
    assert answer_by(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_names_of_others_go_whole_and_ours_stay():
    names = names_in(["Nan Childname", "Jo Li-Smith"], "Zz Childname")

    assert names == ["Nan Childname", "Jo Li-Smith", "Li-Smith", "Nan"]
    assert without_names("nan childname, NAN and Childname; nanny, Jo Li-Smith.", names) == (
        "[name withheld], [name withheld] and Childname; nanny, [name withheld]."
    )
    assert names_left("Nanny and Nan", names) == ["Nan"]


def test_SAR1_why_not_receive():
    assert why_not_receive(may=True, received_on=DAY, today=DAY, is_open=False) == []
    assert len(why_not_receive(may=False, received_on=date(2026, 11, 25), today=DAY, is_open=True)) == 3


def test_SAR2_why_not_extend():
    facts = {"may": True, "is_open": True, "was_extended": False, "due_on": DAY, "today": DAY, "because": "Complex."}
    assert why_not_extend(**facts) == []
    assert why_not_extend(**{**facts, "due_on": date(2026, 11, 23)}) == ["The month is over: the requester had to be told before."]
    assert len(why_not_extend(**{**facts, "may": False, "was_extended": True, "because": " "})) == 3


def test_SAR3_why_not_gather():
    assert why_not_gather(may=True, state="received") == why_not_gather(may=True, state="redacting") == []
    assert len(why_not_gather(may=False, state="harm")) == 2


def test_SAR4_why_not_redact():
    assert why_not_redact(may=True, state="redacting", withheld="", because="", left=[]) == []
    assert why_not_redact(may=True, state="redacting", withheld="others", because="Her address.", left=["Nan"]) == []
    assert why_not_redact(may=True, state="redacting", withheld="others", because=" ", left=[]) == ["Say why it is withheld"]
    assert why_not_redact(may=True, state="redacting", withheld="", because="", left=["Nan"]) == ["Still to be read: Nan. Take it out, or withhold the whole"]
    assert len(why_not_redact(may=False, state="given", withheld="", because="", left=[])) == 2


def test_SAR5_why_not_finish():
    assert why_not_finish(may=True, state="redacting", unread=0) == []
    assert why_not_finish(may=False, state="received", unread=3)[-1] == "Still to be looked at: 3."


def test_SAR6_why_not_judge_harm():
    assert why_not_judge_harm(may=True, state="harm", is_reader=False, words="None.") == []
    assert why_not_judge_harm(may=True, state="check", is_reader=False, words="None.") == ["This request does not wait for the test of harm."]
    assert len(why_not_judge_harm(may=False, state="harm", is_reader=True, words="")) == 3


def test_SAR7_why_not_check():
    assert why_not_check(may=True, state="check", had_part=False, agrees=True, because="") == []
    assert why_not_check(may=True, state="check", had_part=True, agrees=False, because="") == [
        "You had a part in it: somebody else checks it.", "Say what has to be looked at again",
    ]
    assert len(why_not_check(may=False, state="harm", had_part=True, agrees=True, because="")) == 1


def test_SAR8_why_not_give():
    assert why_not_give(may=True, state="ready", given_on=DAY, today=DAY, how="By hand.") == []
    assert len(why_not_give(may=False, state="given", given_on=date(2026, 11, 25), today=DAY, how="")) == 4


def test_SAR9_why_not_give_file():
    assert why_not_give_file(media_type="text/plain", pages=0, left=[]) == why_not_give_file(media_type="application/pdf", pages=2, left=[]) == []
    assert "locked" in why_not_give_file(media_type="application/pdf", pages=0, left=[])[0]
    assert "older versions" in why_not_give_file(media_type="application/zip", pages=0, left=[])[0]
    assert why_not_give_file(media_type="application/pdf", pages=1, left=["Nan"]) == ["Still to be read in the file: Nan. Covering words does not remove them."]


def test_REG1_why_not_add_document():
    assert why_not_add_document(may=True, title="Clause 59", is_there=False) == []
    assert len(why_not_add_document(may=False, title=" ", is_there=True)) == 3


def test_REG2_why_not_say_held():
    assert why_not_say_held(may=True, asked_on=None, held_on=None, held_where="", today=DAY) == []
    assert why_not_say_held(may=True, asked_on=DAY, held_on=DAY, held_where="In the file plan.", today=DAY) == []
    assert why_not_say_held(may=True, asked_on=None, held_on=DAY, held_where=" ", today=DAY) == ["Say where it is kept"]
    assert len(why_not_say_held(may=False, asked_on=date(2026, 11, 25), held_on=date(2026, 11, 25), held_where="x", today=DAY)) == 3
