"""Lists with names: two people and a reason, made by the worker, judged again at each step, gone when their time is up."""

from datetime import timedelta

import pytest

from core import clock, files, outbox
from core.actions.exports import (
    ask_for_export,
    decide_export,
    let_export_go,
    make_export,
    take_export,
)
from core.exporting import Standing, why_not_ask, why_not_decide, why_not_have
from core.models import AuditEvent, Message, NamedExport, StoredFile, User
from core.models.named_export import ExportState
from core.rules import RuleBroken
from referrals.actions.restriction import restrict_child
from referrals.models import Child
from tests import people
from tests.conftest import TODAY
from tests.referrals import builders

pytestmark = pytest.mark.django_db
GOOD = Standing(is_theirs=True, has_the_role=True, may_name=True, sees_every_row=True)


def fresh(person):
    return User.objects.get(pk=person.pk)


@pytest.fixture
def asked(borough):
    """A team manager asks for the children of the team."""
    children = [builders.a_child(borough) for _ in range(2)]
    return ask_for_export(path="/children", query="queue=all", rows=children, because="An inspection.", by=fresh(borough.team_manager))


@pytest.fixture
def ready(borough, asked):
    """Agreed by the head of service, and made."""
    decide_export(asked, agrees=True, by=fresh(borough.head_of_service))
    outbox.sweep(kinds=["export.make"])
    asked.refresh_from_db()
    assert asked.state == ExportState.READY
    return asked


@pytest.mark.parametrize(
    ("changed", "count"),
    [({}, 0), ({"may_name": False}, 1), ({"because": " "}, 1), ({"rows": 0}, 1), ({"rows": 5_000}, 0), ({"rows": 5_001}, 1),
     ({"open_now": 4}, 0), ({"open_now": 5}, 1)],
)  # fmt: skip
def test_n2_asking_needs_the_right_a_reason_and_a_list_that_is_not_too_long(changed, count):
    assert len(why_not_ask(**{"may_name": True, "because": "x", "rows": 1, "open_now": 0, **changed})) == count


@pytest.mark.parametrize(
    ("changed", "count"),
    [({}, 0), ({"is_asker": True}, 1), ({"may_agree": False}, 1), ({"waits": False}, 1), ({"agrees": False}, 1), ({"agrees": False, "because": "No."}, 0)],
)  # fmt: skip
def test_n2_the_answer_is_somebody_elses_once_and_a_refusal_says_why(changed, count):
    assert len(why_not_decide(**{"is_asker": False, "may_agree": True, "waits": True, "agrees": True, "because": "", **changed})) == count


@pytest.mark.parametrize(
    ("standing", "facts", "count"),
    [(GOOD, {}, 0), (Standing(False, True, True, True), {}, 1), (Standing(True, False, True, True), {}, 1), (Standing(True, True, False, True), {}, 1),
     (Standing(True, True, True, False), {}, 1), (GOOD, {"is_over": True}, 1), (GOOD, {"is_ready": False}, 1)],
)  # fmt: skip
def test_n2_the_file_is_for_the_asker_in_that_role_while_each_row_is_theirs(standing, facts, count):
    assert len(why_not_have(standing, **{"is_ready": True, "is_over": False, **facts})) == count


def test_n2_two_people_and_a_reason_give_a_file_with_names_and_every_step_is_in_the_trail(borough, ready, sign_in):
    answer = sign_in(borough.team_manager).post(f"/exports/{ready.reference}/file")

    assert answer["Content-Disposition"] == f'attachment; filename="export-{ready.reference}.xlsx"'
    assert answer.content == files.read(ready.file)
    verbs = AuditEvent.objects.filter(subject_reference=ready.reference).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["export.asked", "export.agreed", "export.made", "export.taken"]
    assert AuditEvent.objects.filter(verb="record.exported").count() == 2
    said = " ".join(f"{m.subject} {m.body} {m.link}" for m in Message.objects.all())
    assert "Zzcanary" not in said
    assert {m.kind for m in Message.objects.filter(person=borough.team_manager)} == {"export.agreed", "export.ready"}


def test_n2_nobody_agrees_their_own_and_a_second_answer_is_refused(borough, asked):
    own = ask_for_export(path="/children", query="", rows=[builders.a_child(borough)], because="x", by=fresh(borough.head_of_service))
    with pytest.raises(RuleBroken, match="somebody else agrees"):
        decide_export(own, agrees=True, by=fresh(borough.head_of_service))
    with pytest.raises(RuleBroken, match="Your role does not agree"):
        decide_export(own, agrees=True, by=fresh(borough.team_manager))

    decide_export(asked, agrees=False, note="Not needed.", by=fresh(borough.governance))
    with pytest.raises(RuleBroken, match="does not wait"):
        decide_export(asked, agrees=True, by=fresh(borough.head_of_service))
    assert outbox.sweep(kinds=["export.make"]) == 0


def test_g21_a_role_removed_between_asking_and_making_makes_nothing(borough, asked):
    decide_export(asked, agrees=True, by=fresh(borough.head_of_service))
    borough.team_manager.roles_held.update(until_on=TODAY)

    outbox.sweep(kinds=["export.make"])

    asked.refresh_from_db()
    assert (asked.state, asked.file, StoredFile.objects.count()) == (ExportState.STOPPED, None, 0)


@pytest.mark.parametrize("change", ["role", "disabled", "row", "time"])
def test_g21_what_changed_between_making_and_taking_stops_the_taking(borough, ready, change):
    day = TODAY
    if change == "role":
        borough.team_manager.roles_held.update(until_on=TODAY)
    elif change == "disabled":
        User.objects.filter(pk=borough.team_manager.pk).update(is_active=False)
    elif change == "row":
        child = Child.objects.get(pk=ready.keys[0])
        restrict_child(child, ground="profile", because="High profile now.", people=[borough.social_worker], by=borough.social_worker)
    else:
        day = TODAY + timedelta(days=3)

    with clock.held_at(day), pytest.raises(RuleBroken):
        take_export(ready, by=fresh(borough.team_manager))

    assert not AuditEvent.objects.filter(verb__in=["export.taken", "record.exported"]).exists()


def test_g21_another_role_of_the_same_person_does_not_take_it(borough, ready):
    person = fresh(borough.team_manager)
    person.acting = fresh(borough.service_manager).acting

    with pytest.raises(RuleBroken, match="role it was asked in"):
        take_export(ready, by=person)


def test_n2_a_restricted_child_is_not_in_a_file_made_after_the_restriction(borough, asked):
    child = Child.objects.order_by("pk").first()
    restrict_child(child, ground="profile", because="High profile now.", people=[borough.social_worker], by=borough.social_worker)
    decide_export(asked, agrees=True, by=fresh(borough.head_of_service))

    made = make_export(asked, by=None)

    assert (made.rows, child.pk in made.keys) == (1, False)


def test_n2_when_its_time_is_up_the_file_is_gone_and_who_had_it_stays(borough, ready):
    where = files.path_of(ready.file.sha256)
    assert where.exists()
    let_export_go(ready, by=None)
    ready.refresh_from_db()
    assert ready.file is not None

    with clock.held_at(TODAY + timedelta(days=3)):
        outbox.sweep(kinds=["export.expire"])

    ready.refresh_from_db()
    assert (ready.state, ready.file, ready.keys, ready.decided_by) == (ExportState.OVER, None, [], borough.head_of_service)
    assert not StoredFile.objects.exists()


def test_n2_each_sees_their_own_and_the_second_people_and_the_log_the_councils(borough, asked, sign_in):
    elsewhere = people.a_borough("elsewhere")
    for who, sees in (("team_manager", True), ("head_of_service", True), ("governance", True), ("auditor", True), ("other_team_manager", False), ("administrator", False)):
        assert (asked.reference in sign_in(getattr(borough, who)).get("/exports").content.decode()) is sees, who
    assert sign_in(elsewhere.head_of_service).get(asked.get_absolute_url()).status_code == 404
    assert "An inspection." in sign_in(borough.head_of_service).get(asked.get_absolute_url()).content.decode()
    assert "An inspection." not in sign_in(borough.auditor).get(asked.get_absolute_url()).content.decode()


def test_n2_a_refusal_without_a_reason_is_said_beside_the_field(borough, asked, sign_in):
    answer = sign_in(borough.head_of_service).post(asked.get_absolute_url(), {"agrees": "no"})

    assert answer.context["form"].errors["note"]
    assert NamedExport.objects.get().state == ExportState.ASKED


@pytest.mark.parametrize("rows", [1, 3])
def test_the_exports_ask_as_often_for_three_as_for_one(borough, sign_in, rows, django_assert_max_num_queries):
    for _ in range(rows):
        ask_for_export(path="/children", query="", rows=[builders.a_child(borough)], because="x", by=fresh(borough.team_manager))
    client = sign_in(borough.head_of_service)

    with django_assert_max_num_queries(8):
        client.get("/exports")
