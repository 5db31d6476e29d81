"""The statutory return: several years' files stitched, and everything wrong with them said at once."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kpis.ssda903 import BadRows, read_births, read_episodes, read_scores

HEAD = "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,PL_POST,URN\n"


def written(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_years_are_stitched_and_what_was_left_open_is_closed(tmp_path):
    first = written(tmp_path, "episodes-2018.csv", HEAD + "7,01/05/2017,S,C2,N1,U6,,LE1 1AA,\n8,02/05/2017,S,C2,N1,U6,,,\n")
    second = written(
        tmp_path, "episodes-2019.csv",
        HEAD + "7,01/05/2017,S,C2,N1,U6,04/09/2018,le1 1aa,SC1\n7,04/09/2018,P,C2,N1,K2,,,\n8,05/06/2018,P,C2,N1,U6,,,\n", "utf-8-sig",
    )  # fmt: skip

    episodes = read_episodes(first, second)

    assert [(e.child, e.started_on, e.ended_on, e.urn) for e in episodes] == [
        ("7", date(2017, 5, 1), date(2018, 9, 4), "SC1"), ("7", date(2018, 9, 4), None, ""),
        ("8", date(2017, 5, 2), date(2018, 6, 5), ""), ("8", date(2018, 6, 5), None, ""),
    ]  # fmt: skip
    assert episodes[0].postcode == "LE1 1AA"


def test_every_bad_value_of_every_file_is_named_by_line_and_column(tmp_path):
    one = written(tmp_path, "one.csv", HEAD + "7,31/02/2018,S,C2,,U6,,,\n,01/01/2018,X,,,U6,01/01/2018,,\n\n")
    two = written(tmp_path, "two.csv", HEAD + '7,01/01/2018,S,C2,,U6,,,\n7,01/01/2018,P,C2,,"U\n6",,,\n')
    three = written(tmp_path, "three.csv", "CHILD,DECOM\n")

    with pytest.raises(BadRows) as refused:
        read_episodes(one, two, three)

    assert [(p.file, p.line, p.column) for p in refused.value.problems] == [
        ("one.csv", 2, "DECOM"), ("one.csv", 3, "CHILD"), ("one.csv", 3, "DEC"), ("one.csv", 3, "RNE"), ("one.csv", 3, "LS"),
        ("two.csv", 4, "DECOM"), ("three.csv", 1, "RNE"), ("three.csv", 1, "LS"), ("three.csv", 1, "PLACE"), ("three.csv", 1, "DEC"),
    ]  # fmt: skip
    assert "one.csv, line 2, DECOM: 31/02/2018 is not a date written as 31/03/2019." in str(refused.value)


def test_births_and_scores_are_read_and_bad_scores_refused(tmp_path):
    header = written(tmp_path, "header.csv", "CHILD,DOB,SEX\n7,01/02/2010,1\nÉmile,03/04/2011,1\n", "cp1252")
    good = written(tmp_path, "oc2.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n7,01/02/2010,17,\n8,01/02/2010,,SDQ2\n")
    bad = written(tmp_path, "bad.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n7,01/02/2010,41,\n8,01/02/2010,3,SDQ9\n")

    assert read_births(header) == {"7": date(2010, 2, 1), "Émile": date(2011, 4, 3)}
    assert {child: row.score for child, row in read_scores(good).items()} == {"7": 17, "8": None}
    with pytest.raises(BadRows) as refused:
        read_scores(bad)
    assert [p.column for p in refused.value.problems] == ["SDQ_SCORE", "SDQ_REASON", "SDQ_REASON"]


def test_h10_h11_the_command_prints_every_reading_and_stores_nothing(tmp_path):
    written(tmp_path, "Header_2019.csv", "CHILD,DOB\n7,01/02/2010\n")
    written(tmp_path, "Episodes_2019.csv", HEAD + "7,01/05/2015,S,C2,N1,U6,01/01/2018,,\n7,01/01/2018,P,C2,N1,U6,,,\n")
    written(tmp_path, "OC2_2018.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n7,01/02/2010,20,\n")
    written(tmp_path, "OC2_2019.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n7,01/02/2010,14,\n")
    said = StringIO()

    call_command("figures", "--from-903", str(tmp_path), "--year-end", "2019-03-31", stdout=said)

    lines = said.getvalue().splitlines()
    assert "Three or more placements in the year | carer, temporary left out | 0 of 1 | 0.0%" in lines
    assert "Same placement for two years | any change | 0 of 1 | 0.0%" in lines
    assert "SDQ, borderline | of those received | 1 of 1 | 100.0%" in lines
    assert "SDQ, mean change | below nought is better | -6.0" in lines
    with pytest.raises(CommandError, match="in its name"):
        call_command("figures", "--from-903", str(tmp_path / "none"), "--year-end", "2019-03-31")
