"""Files as somebody sends them, and imports brought as far as a test needs them."""

import json
from datetime import date

import kpis.tasks  # noqa: F401 (it registers what the worker does)
from core import outbox
from kpis.actions.imports import Sent, begin_import, confirm_import
from kpis.models import Import

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
OC2 = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED\n"
OC3 = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
KPI = "indicator,reading,period_start,period_end,numerator,denominator,value,state\n"


def sent(name, content) -> Sent:
    """One file as a browser sends it."""
    raw = content if isinstance(content, bytes) else content.encode()
    return Sent(name, len(raw), lambda: raw)


def years() -> list[Sent]:
    """Three years' returns of eight children, one of whom moved twice in the last, with their scores and the rest."""
    header = HEADER + "".join(f"C{n},1,0{n}/02/2010,WBRI,A1,,\n" for n in range(1, 9))
    old = EPISODES + "".join(f"C{n},01/05/2015,S,C2,N1,U6,PR1,,,,LE1 1AA,LE2 2BB,SC{n}\n" for n in range(1, 9))
    ended = "".join(f"C{n},01/05/2015,S,C2,N1,U6,PR1,{'02/06/2018' if n == 1 else ''},,,LE1 1AA,LE2 2BB,SC{n}\n" for n in range(1, 9))
    moved = "C1,02/06/2018,P,C2,N1,K2,PR1,03/09/2018,,CARPL,LE1 1AA,LE3 3CC,SC9\nC1,03/09/2018,P,C2,N1,U6,PR1,,,,LE1 1AA,LE4 4DD,\n"
    scores = {year: OC2 + "".join(f"C{n},0{n}/02/2010,{n + plus},,0\n" for n in range(1, 9)) for year, plus in (("2018", 10), ("2019", 12))}
    return [
        sent("Header 2018-19.csv", header), sent("Episodes 2016-17.csv", old), sent("Episodes 2017-18.csv", old),
        sent("Episodes 2018-19.csv", EPISODES + ended + moved), sent("OC2_2018.csv", scores["2018"]), sent("OC2_2019.csv", scores["2019"]),
        sent("OC3 2019.csv", OC3 + "L1,01/05/1999,YES,F2,U1\nL2,01/06/1999,NO,G5,R2\nL3,01/06/2001,YES,P5,K2\n"),
        sent("Missing 2019.csv", MISSING + "C1,01/02/2010,M,01/07/2018,02/07/2018\nC1,01/02/2010,M,08/07/2018,\nC2,02/02/2010,A,08/07/2018,08/07/2018\n"),
    ]  # fmt: skip


def begun(borough, files, *, kind="ssda903", by=None, last_day: date | None = None, matches="") -> Import:
    """Some files sent, and not looked at."""
    return begin_import(borough.authority, kind=kind, sent=files, last_day=last_day, matches=matches, by=by or borough.administrator)


def checked(borough, files, **facts) -> Import:
    """Some files sent and checked by the worker."""
    batch = begun(borough, files, **facts)
    outbox.sweep(kinds=["import.check"])
    batch.refresh_from_db()
    return batch


def stored(borough, files, **facts) -> Import:
    """Some files checked and stored by the worker."""
    batch = checked(borough, files, **facts)
    assert batch.state == "checked", [str(problem) for problem in batch.problems.all()]
    confirm_import(batch, by=batch.made_by)
    outbox.sweep(kinds=["import.store"])
    batch.refresh_from_db()
    assert batch.state == "stored"
    return batch


def said(batch) -> list[tuple]:
    """Each error of an import: file, line, column."""
    return list(batch.problems.order_by("pk").values_list("file", "line", "column"))


def counted(batch) -> dict[str, tuple]:
    """Each list of an import by its file: rows, added, changed, unchanged, gone."""
    return {
        part.file.name: (part.rows, part.added, part.changed, part.unchanged, part.gone)
        for file in batch.files.all() for part in file.parts.all()
    }  # fmt: skip


def holidays(*days) -> bytes:
    """GOV.UK's list with these days, by name and date."""
    events = [{"title": name, "date": on, "notes": "", "bunting": True} for name, on in days]
    return json.dumps({"england-and-wales": {"division": "england-and-wales", "events": events}, "scotland": {"events": []}}).encode()
