"""Several decisions entered on the case system at once, and checked by somebody else."""

import pytest

from core.models import AuditEvent
from core.roles import Role
from core.rules import RuleBroken
from panels.actions.entries import check_several, enter_several
from panels.models import Decision
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.panels.views.conftest import decide_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(borough):
    """Three decisions of one meeting, each released."""
    return decide_many(borough, 3)


def test_c8_several_are_entered_at_once_and_a_refusal_stops_no_other(borough, three, sign_in):
    administrator = acting(borough.panel_administrator)
    enter_several([three[0].reference], by=administrator)

    page = sign_in(borough.panel_administrator).post(
        "/decisions/entered", {"pick": [d.reference for d in three] + ["XXX-XXX"]}
    ).content.decode()

    assert page.count("On the case system.") == 2
    assert "It was entered before." in page
    assert "Not found among what you can see." in page
    assert Decision.objects.filter(on_case_system_by=borough.panel_administrator).count() == 3
    assert AuditEvent.objects.filter(verb="decision.entered").count() == 3


def test_c8_a_second_person_checks_several_and_not_their_own(borough, three, sign_in):
    other = builders.somebody(borough, "Second Administrator", role=Role.PANEL_ADMINISTRATOR)
    picked = [d.reference for d in three]
    enter_several(picked[:2], by=acting(borough.panel_administrator))
    enter_several(picked[2:], by=acting(other))

    own = check_several(picked, by=acting(borough.panel_administrator))

    assert [(o.is_done, o.says) for o in own] == [
        (False, "Somebody else checks what you entered."), (False, "Somebody else checks what you entered."), (True, "Checked."),
    ]  # fmt: skip
    page = sign_in(other).post("/decisions/checked", {"pick": picked[:2]}).content.decode()
    assert page.count("Checked.") == 2
    assert Decision.objects.filter(entry_checked_at=None).count() == 0


def test_c8_the_list_offers_what_this_person_may_do(borough, three, sign_in):
    other = builders.somebody(borough, "Second Administrator", role=Role.PANEL_ADMINISTRATOR)
    enter_several([three[0].reference], by=acting(borough.panel_administrator))

    mine = sign_in(borough.panel_administrator).get("/decisions").content.decode()
    theirs = sign_in(other).get("/decisions").content.decode()
    members = sign_in(borough.member).get("/decisions").content.decode()

    assert (mine.count('name="pick"'), theirs.count('name="pick"'), members.count('name="pick"')) == (2, 3, 0)
    assert "I have checked their entries" not in mine
    assert "I have checked their entries" in theirs


def test_c8_nothing_ticked_is_said_and_nobody_else_enters(borough, three, sign_in):
    with pytest.raises(RuleBroken, match="Tick at least one decision"):
        enter_several([], by=acting(borough.panel_administrator))

    answer = sign_in(borough.panel_administrator).post("/decisions/entered", {})
    assert answer.status_code == 200
    assert "Tick at least one decision." in answer.content.decode()
    for who in ("chair", "member", "social_worker"):
        assert sign_in(getattr(borough, who)).post("/decisions/entered", {"pick": [three[0].reference]}).status_code == 403
    assert not Decision.objects.exclude(on_case_system_at=None).exists()
