"""The interface for machines: held against its own description, closed to all but clients in force, and small counts kept."""

import json
import logging
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from core import clock
from core.models import AuditEvent
from core.roles import Role
from kpis.actions.api_client import agree_client, make_client, revoke_client
from kpis.models import ApiClient, IndicatorValue
from kpis.rules.api_clients import CALLS_A_MINUTE, SCOPES
from tests import people
from tests.conftest import TODAY
from tests.kpis.test_figures_export import SPRING, SUMMER, YEAR, a_value, an_indicator
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
LISTS = ["/api/v1/indicators", "/api/v1/figures", "/api/v1/capacity"]


def a_client(borough, scopes=tuple(SCOPES), *, is_agreed=True, ends_in=90):
    client, token = make_client(
        borough.authority, name="Power BI", purpose="The council’s report.", scopes=list(scopes), expires_on=TODAY + timedelta(days=ends_in),
        by=borough.administrator.acting_as(Role.ADMINISTRATOR),
    )  # fmt: skip
    if is_agreed:
        agree_client(client, by=borough.head_of_service.acting_as(Role.HEAD_OF_SERVICE))
    return client, token


@pytest.fixture
def ours(borough):
    return a_client(borough)


@pytest.fixture
def described(client):
    return client.get("/api/v1/openapi.json").json()


@pytest.fixture
def check(described):
    """Hold an answer against the description: its status, its media type and its shape."""
    registry = Registry().with_resource("urn:api", Resource(contents=described, specification=DRAFT202012))

    def held(answer, path):
        said = described["paths"][path]["get"]["responses"][str(answer.status_code)]
        (media, shape), = said["content"].items()
        assert answer["Content-Type"] == media
        schema = {"$ref": f"urn:api{shape['schema']['$ref']}"}
        errors = Draft202012Validator(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(answer.json())
        assert [f"{list(error.path)}: {error.message}" for error in errors] == []
        return answer.json()

    return held


def ask(token, url, **headers):
    return Client().get(url, HTTP_AUTHORIZATION=f"Bearer {token}", **headers)


def figures(token, query=""):
    return ask(token, f"/api/v1/figures{query}").json()["items"]


def test_the_description_is_valid_openapi_and_is_read_without_a_token(client, described):
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {"/api/v1/indicators", "/api/v1/indicators/{indicator}", "/api/v1/figures", "/api/v1/capacity"}
    assert "Set-Cookie" not in client.get("/api/v1/openapi.json")


def test_every_answer_is_as_it_is_described(borough, ours, check):
    outreach, token = places.an_outreach(borough), ours[1]
    places.a_place_given(borough, outreach)
    builders.a_waiting_referral(borough)
    a_value(borough, an_indicator(borough), 45, 585)
    few = an_indicator(borough, slug="few", unit="score", better="", targets=[])
    a_value(borough, few, 2, 9)
    a_value(borough, few, None, None, value=Decimal("15.25"), days=(date(2020, 4, 1), date(2021, 4, 1)))

    listed, one, figures, now = (
        check(ask(token, url), path) for url, path in [
            ("/api/v1/indicators", "/api/v1/indicators"), ("/api/v1/indicators/stability", "/api/v1/indicators/{indicator}"),
            ("/api/v1/figures", "/api/v1/figures"), ("/api/v1/capacity", "/api/v1/capacity"),
        ]
    )  # fmt: skip

    assert [row["id"] for row in listed["items"]] == ["few", "stability"]
    assert one == listed["items"][1]
    assert [(row["indicator"], row["suppressed"], row["value"]) for row in figures["items"]] == [
        ("few", True, None), ("few", False, 15.2), ("stability", False, 7.7),
    ]  # fmt: skip
    assert (figures["items"][2]["interval"], figures["items"][2]["rating"]) == ({"low": 5.8, "high": 10.1}, "A")
    assert (now["places"], now["inUse"], now["free"], now["weeklyCost"], now["waiting"]) == (12, 1, 11, 660, None)


@pytest.mark.parametrize(("query", "status"), [
    ("?limit=0", 400), ("?limit=501", 400), ("?limit=x", 400), ("?limit=٣", 400), ("?after=!!", 400), ("?after=W10=", 400), ("?after=%F0%9F%98%80", 400),
    ("?child=RK4", 400), ("?from=2026-02-30", 400), ("?from=20260203", 400), ("?until=3 December", 400), ("?indicator=none-such", 200),
    ("?indicator__authority=1", 400), ("?after=WyIiLCIiLCIiXQ==", 400),
])  # fmt: skip
def test_a_parameter_that_cannot_be_read_is_a_problem_and_never_a_crash(ours, check, query, status):
    answer = ask(ours[1], f"/api/v1/figures{query}")

    assert answer.status_code == status
    check(answer, "/api/v1/figures")


def test_problems_are_as_they_are_described(borough, check):
    _, token = a_client(borough, ["capacity"])

    assert check(ask(token, "/api/v1/figures"), "/api/v1/figures")["status"] == 403
    assert check(ask("nonsense", "/api/v1/capacity"), "/api/v1/capacity")["status"] == 401
    post = Client().post("/api/v1/capacity", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert (check(post, "/api/v1/capacity")["status"], post["Allow"]) == (405, "GET, HEAD")
    _, whole = a_client(borough)
    assert check(ask(whole, "/api/v1/indicators/none-such"), "/api/v1/indicators/{indicator}")["status"] == 404
    assert ask(whole, "/api/v1/children").json()["status"] == 404
    assert ask(whole, "/api/").json()["status"] == 404


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "bearer \x00", "Bearer tl_x", "Token {token}", "{token}"])
def test_without_a_token_in_its_header_nothing_is_told(ours, header):
    answer = Client().get("/api/v1/figures", HTTP_AUTHORIZATION=header.format(token=ours[1]))

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_in_the_address_or_a_cookie_opens_nothing(ours):
    browser = Client()
    browser.cookies["token"] = ours[1]

    assert browser.get(f"/api/v1/figures?token={ours[1]}").status_code == 401
    assert ours[1] not in " ".join(AuditEvent.objects.values_list("sentence", flat=True))


def test_somebody_signed_in_is_nobody_here_and_no_cookie_is_given_or_read(borough, sign_in, ours):
    browser = sign_in(borough.commissioner)
    assert browser.get("/api/v1/figures").status_code == 401

    answer = browser.get("/api/v1/figures", HTTP_AUTHORIZATION=f"Bearer {ours[1]}")

    assert (answer.status_code, dict(answer.cookies), answer["Vary"]) == (200, {}, "Authorization")
    assert browser.get("/kpis").status_code == 200


def test_g21_revoked_is_refused_at_once(borough, ours):
    client, token = ours
    assert ask(token, "/api/v1/capacity").status_code == 200

    revoke_client(client, because="The report is not used any more.", by=borough.head_of_service)

    assert [ask(token, url).status_code for url in LISTS] == [401] * 3


def test_it_ends_on_its_day_and_does_not_begin_before_a_second_person_agrees(borough):
    client, token = a_client(borough, is_agreed=False, ends_in=3)
    assert ask(token, "/api/v1/capacity").status_code == 401

    agree_client(client, by=borough.head_of_service)

    for days, status in ((0, 200), (2, 200), (3, 401), (30, 401)):
        with clock.held_at(TODAY + timedelta(days=days)):
            assert ask(token, "/api/v1/capacity").status_code == status, days


@pytest.mark.parametrize("scope", SCOPES)
def test_a_client_reads_what_its_scopes_say_and_nothing_else(borough, scope):
    _, token = a_client(borough, [scope])
    opens = {"definitions": LISTS[0], "figures": LISTS[1], "capacity": LISTS[2]}

    assert {url: ask(token, url).status_code for url in LISTS} == {url: 200 if opens[scope] == url else 403 for url in LISTS}


def test_another_authority_reads_its_own_rows_and_none_of_ours(borough):
    elsewhere = people.a_borough("elsewhere")
    a_value(borough, an_indicator(borough), 45, 585)
    a_value(elsewhere, an_indicator(elsewhere, slug="theirs"), 60, 600)
    places.an_outreach(borough)
    _, token = a_client(elsewhere)

    assert [row["indicator"] for row in figures(token)] == ["theirs"]
    assert [row["indicator"] for row in figures(token, "?indicator=stability")] == []
    assert [row["id"] for row in ask(token, "/api/v1/indicators").json()["items"]] == ["theirs"]
    assert ask(token, "/api/v1/capacity").json()["services"] == []


def test_provisional_figures_are_never_told(borough, ours):
    indicator = an_indicator(borough)
    a_value(borough, indicator, 45, 585, released=False)
    assert figures(ours[1]) == []

    IndicatorValue.objects.update(state="checked")
    assert figures(ours[1]) == []


def test_g39_no_filter_page_or_day_gives_a_small_count_back(borough, ours):
    """A year, its quarters and another reading, told as they are released, asked for in every way, on every day."""
    indicator, token, seen = an_indicator(borough), ours[1], {}
    spans = [(SPRING, 20, "carer"), (SUMMER, 3, "carer"), ((date(2018, 10, 1), date(2019, 1, 1)), 31, "carer"), (YEAR, 54, "carer"), (SPRING, 22, "any")]
    queries = ["", "?limit=1", "?indicator=stability", "?from=2018-07-01", "?until=2018-06-30", "?from=2018-07-01&until=2018-09-30", "?until=2019-03-31&limit=2"]
    for at, (days, count, reading) in enumerate(spans):
        a_value(borough, indicator, count, 1000, days=days, reading=reading, at=TODAY - timedelta(days=20 - at))
        for query in queries:
            for row in figures(token, query):
                seen.setdefault((row["firstDay"], row["lastDay"], row["reading"]), set()).add(row["numerator"])

    assert seen == {
        ("2018-04-01", "2018-06-30", "carer"): {20}, ("2018-07-01", "2018-09-30", "carer"): {None}, ("2018-10-01", "2018-12-31", "carer"): {31},
        ("2018-04-01", "2019-03-31", "carer"): {None}, ("2018-04-01", "2018-06-30", "any"): {None},
    }  # fmt: skip


def test_of_a_hidden_figure_nothing_that_counts_is_told(borough, ours):
    a_value(borough, an_indicator(borough), 3, 9)

    (row,) = figures(ours[1])
    assert {name: row[name] for name in ("numerator", "denominator", "value", "asPrinted", "interval", "rating", "suppressed", "suppressionSign")} == {
        "numerator": None, "denominator": None, "value": None, "asPrinted": None, "interval": None, "rating": None, "suppressed": True,
        "suppressionSign": "c",
    }  # fmt: skip


@pytest.mark.parametrize(("waiting", "told"), [(0, 0), (1, None), (5, None), (6, 6)])
def test_children_who_wait_are_hidden_while_they_are_few(borough, ours, waiting, told):
    places.an_outreach(borough)
    for _ in range(waiting):
        builders.a_waiting_referral(borough)

    assert ask(ours[1], "/api/v1/capacity").json()["waiting"] == told


def test_pages_follow_one_another_and_miss_and_repeat_nothing(borough, ours):
    for number in range(5):
        indicator = an_indicator(borough, slug=f"i-{number}")
        for days in (SPRING, SUMMER):
            a_value(borough, indicator, 45, 585, days=days)

    for path, size in (("/api/v1/figures", 3), ("/api/v1/indicators", 2), ("/api/v1/figures", 10), ("/api/v1/figures", 1)):
        found, url = [], f"{path}?limit={size}"
        while url:
            page = ask(ours[1], url).json()
            assert len(page["items"]) <= size
            found, url = found + page["items"], page["next"]
        assert found == ask(ours[1], path).json()["items"]


def test_what_has_not_changed_is_not_sent_again(borough, ours):
    a_value(borough, an_indicator(borough), 45, 585)
    first = ask(ours[1], "/api/v1/figures")

    again = ask(ours[1], "/api/v1/figures", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    a_value(borough, an_indicator(borough, slug="more"), 45, 585)
    assert ask(ours[1], "/api/v1/figures", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
    assert Client().get("/api/v1/figures", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 401


def test_too_many_calls_in_a_minute_are_told_when_to_come_again(borough, ours, check):
    ApiClient.objects.update(minute_began_at=clock.now(), calls_this_minute=CALLS_A_MINUTE - 1)
    other = a_client(borough)[1]

    assert [ask(ours[1], "/api/v1/capacity").status_code for _ in range(3)] == [200, 429, 429]
    assert ask(other, "/api/v1/capacity").status_code == 200
    answer = ask(ours[1], "/api/v1/capacity")
    assert (check(answer, "/api/v1/capacity")["status"], answer["Retry-After"]) == (429, "60")
    assert AuditEvent.objects.filter(verb="api.refused").count() == 1
    with clock.held_at(clock.now() + timedelta(seconds=60)):
        assert ask(ours[1], "/api/v1/capacity").status_code == 200


def test_every_call_leaves_a_row_that_names_the_client_and_no_person(borough, ours):
    client, token = ours
    before = AuditEvent.objects.count()
    for url in (*LISTS, "/api/v1/figures?indicator=x&limit=bad", "/api/v1/nothing?Zqx=1"):
        ask(token, url)
    revoke_client(client, because="Enough.", by=borough.head_of_service)
    ask(token, "/api/v1/figures")

    rows = list(AuditEvent.objects.order_by("pk")[before:].values_list("verb", "sentence", "person_name", "person_id", "authority_id", "subject_reference"))
    assert [row[0] for row in rows] == ["api.called"] * 5 + ["api_client.revoked", "api.refused"]
    assert [row[1] for row in rows[3:5]] == ["Asked for /api/v1/figures.", "Asked for an address that is none."]
    assert {row[2:] for row in rows if row[0].startswith("api.")} == {
        (f"Client {client.reference}: Power BI", None, borough.authority.pk, client.reference)
    }


def test_if_the_call_cannot_be_kept_it_is_not_answered(ours, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("The trail cannot be written.")

    monkeypatch.setattr("core.audit.record", broken)
    with pytest.raises(RuntimeError):
        ask(ours[1], "/api/v1/capacity")

    assert ApiClient.objects.get(pk=ours[0].pk).calls_this_minute == 0


def test_a_token_is_in_no_log_no_row_and_no_page(borough, ours, caplog, sign_in):
    client, token = ours
    with caplog.at_level(logging.DEBUG):
        ask(token, "/api/v1/figures")
        ask(f"{token}x", "/api/v1/figures")
        ask(token, f"/api/v1/figures?indicator={token}")

    secret = token.removeprefix("tl_")
    assert secret not in caplog.text
    rows = [json.dumps(row, default=str) for model in (ApiClient, AuditEvent) for row in model.objects.values()]
    assert not any(secret in row for row in rows)
    assert secret not in sign_in(borough.administrator).get(client.get_absolute_url()).content.decode()


@pytest.mark.parametrize("url", LISTS)
def test_an_answer_takes_as_many_queries_for_one_as_for_three(borough, ours, url):
    counts = []
    ask(ours[1], url)
    for number in range(3):
        a_value(borough, an_indicator(borough, slug=f"i-{number}"), 45, 585)
        with CaptureQueriesContext(connection) as queries:
            ask(ours[1], url)
        counts.append(len(queries))

    assert counts[0] == counts[2]


@pytest.mark.django_db(transaction=True)
def test_calls_at_once_are_counted_one_by_one(borough):
    client, token = a_client(borough, ["capacity"])
    ApiClient.objects.update(minute_began_at=clock.now(), calls_this_minute=CALLS_A_MINUTE - 3)
    gate, answers, moment = Barrier(8), [], clock.now()

    def call():
        try:
            with clock.held_at(moment):
                gate.wait()
                answers.append(ask(token, "/api/v1/capacity").status_code)
        finally:
            connection.close()

    threads = [Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200] * 3 + [429] * 5
    assert ApiClient.objects.get(pk=client.pk).calls_this_minute == CALLS_A_MINUTE + 5
