"""Rules of the interface's clients."""

from datetime import date, timedelta

import pytest

from kpis.rules.api_clients import (
    SCOPES,
    why_not_agree_client,
    why_not_answer_client,
    why_not_make_client,
    why_not_revoke_client,
)

TODAY = date(2026, 11, 24)
GOOD = {"name": "Power BI", "purpose": "A report.", "scopes": ["figures"], "expires_on": TODAY + timedelta(days=90)}


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [({}, []), ({"name": " "}, ["name"]), ({"purpose": ""}, ["purpose"]), ({"scopes": []}, ["scopes"]), ({"scopes": ["children"]}, ["scopes"]),
     ({"scopes": list(SCOPES)}, []), ({"expires_on": None}, ["expires_on"]), ({"expires_on": TODAY}, ["expires_on"]),
     ({"expires_on": TODAY + timedelta(days=1)}, []), ({"expires_on": TODAY + timedelta(days=366)}, []),
     ({"expires_on": TODAY + timedelta(days=367)}, ["expires_on"]), ({"name": "", "purpose": "", "scopes": ()}, ["name", "purpose", "scopes"])],
)  # fmt: skip
def test_API1_why_not_make_client_asks_for_everything_at_once(changed, wrong):
    assert fields(why_not_make_client(**{**GOOD, **changed}, today=TODAY)) == wrong


@pytest.mark.parametrize(
    ("changed", "count"),
    [({}, 0), ({"agreeing": 1}, 1), ({"is_agreed": True}, 1), ({"is_revoked": True}, 1), ({"expires_on": TODAY}, 1),
     ({"expires_on": TODAY + timedelta(days=1)}, 0), ({"agreeing": 1, "is_revoked": True}, 2)],
)  # fmt: skip
def test_API2_why_not_agree_client_wants_somebody_else_once_in_time(changed, count):
    usual = {"made_by": 1, "agreeing": 2, "is_agreed": False, "is_revoked": False, "expires_on": TODAY + timedelta(days=9)}

    assert len(why_not_agree_client(**{**usual, **changed}, today=TODAY)) == count


@pytest.mark.parametrize(("is_revoked", "because", "count"), [(False, "Not used.", 0), (False, " ", 1), (True, "Not used.", 1), (True, "", 2)])
def test_API3_why_not_revoke_client_once_with_a_reason(is_revoked, because, count):
    assert len(why_not_revoke_client(is_revoked=is_revoked, because=because)) == count


@pytest.mark.parametrize(
    ("is_agreed", "is_revoked", "left", "count"), [(True, False, 1, 0), (False, False, 1, 1), (True, True, 1, 1), (True, False, 0, 1), (False, True, -1, 3)]
)
def test_API4_why_not_answer_client_while_it_is_in_force(is_agreed, is_revoked, left, count):
    assert len(why_not_answer_client(is_agreed=is_agreed, is_revoked=is_revoked, expires_on=TODAY + timedelta(days=left), today=TODAY)) == count
