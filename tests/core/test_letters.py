"""The link of a letter with papers: it opens for its reader alone, for so many days, and no more once it went to the wrong person."""

from datetime import date, timedelta

import pytest
from django.core import mail

from core import clock, outbox
from core.actions.recall import recall_letter, settle_recall
from core.letters import LASTS, why_not_open, why_not_recall, why_not_settle_recall
from core.models import AuditEvent, DatedSetting, Message, Recall
from core.rules import RuleBroken
from kpis.actions.pack import issue_pack, plan_pack
from kpis.measures.to_do.letters import recalled
from kpis.models import Pack
from tests.panels.actions.test_booking import acting
from tests.panels.builders import a_called_meeting, a_steering_group

MEETS, ISSUE = date(2026, 12, 17), date(2026, 12, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(borough):
    """The service manager's letter with a pack that has been circulated."""
    meeting = a_called_meeting(borough, a_steering_group(borough), on=MEETS)
    with clock.held_at(ISSUE):
        plan_pack(meeting, by=None)
        issue_pack(meeting.reference)
    return Message.objects.get(kind="pack.issued", person=borough.service_manager)


def opened(sign_in, person, letter, on=ISSUE):
    with clock.held_at(on):
        return sign_in(person).get(f"/letters/{letter.reference}")


def recall(borough, letter):
    with clock.held_at(ISSUE):
        return recall_letter(letter, because="The wrong Ruth.", by=acting(borough.panel_administrator))


def test_a_link_opens_until_its_day_and_not_once_it_was_recalled():
    until = date(2027, 1, 9)
    assert why_not_open(is_recalled=False, until=until, today=until) == ""
    assert "has run out" in why_not_open(is_recalled=False, until=until, today=until + timedelta(days=1))
    assert "by mistake" in why_not_open(is_recalled=True, until=until, today=ISSUE)


def test_a_letter_is_recalled_once_and_looked_into_by_somebody_else():
    assert (why_not_recall(is_recalled=False), len(why_not_recall(is_recalled=True))) == ([], 1)
    assert why_not_settle_recall(is_settled=False, is_same=False) == []
    assert len(why_not_settle_recall(is_settled=True, is_same=True)) == 2


def test_g43_the_link_of_the_email_opens_for_its_reader_alone_once_signed_in(letter, borough, sign_in, client):
    with clock.held_at(ISSUE + timedelta(days=1)):
        outbox.sweep(kinds=["message.send"], most=40)
    (sent,) = [one for one in mail.outbox if one.to == [borough.service_manager.email] and "can be read" in one.subject]
    assert f"/letters/{letter.reference}" in sent.body
    assert "/steering/packs" not in sent.body
    assert opened(sign_in, borough.service_manager, letter)["Location"] == letter.link
    assert opened(sign_in, borough.head_of_service, letter).status_code == 404
    client.logout()
    assert client.get(f"/letters/{letter.reference}")["Location"].startswith("/sign-in?")


def test_g43_the_link_runs_out_on_the_day_that_the_settings_say(letter, borough, sign_in):
    DatedSetting.objects.create(authority=borough.authority, name=LASTS, value=10, from_on=date(2026, 1, 1))
    assert opened(sign_in, borough.service_manager, letter, ISSUE + timedelta(days=10)).status_code == 302
    answer = opened(sign_in, borough.service_manager, letter, ISSUE + timedelta(days=11))
    assert (answer.status_code, "has run out" in answer.content.decode()) == (410, True)


def test_g43_a_letter_to_the_wrong_person_is_closed_with_what_it_led_to(letter, borough, sign_in):
    pack = Pack.objects.get()
    assert sign_in(borough.service_manager).get(pack.get_absolute_url()).status_code == 200
    found = recall(borough, letter)
    assert not found.was_opened
    answer = opened(sign_in, borough.service_manager, letter)
    assert (answer.status_code, "sent to you by mistake" in answer.content.decode()) == (410, True)
    for path in (pack.get_absolute_url(), f"{pack.get_absolute_url()}/pack.pdf", f"/documents/{pack.document.reference}"):
        assert sign_in(borough.service_manager).get(path).status_code == 404
    assert sign_in(borough.head_of_service).get(pack.get_absolute_url()).status_code == 200
    assert AuditEvent.objects.filter(verb="letter.recalled").count() == 1
    with pytest.raises(RuleBroken):
        recall(borough, letter)


def test_a_recall_says_whether_it_was_opened_and_waits_for_information_governance(letter, borough, sign_in):
    opened(sign_in, borough.service_manager, letter)
    found = recall(borough, letter)
    assert found.was_opened
    (thing,) = recalled(acting(borough.governance))
    assert (thing.url, "was opened" in thing.why) == (found.get_absolute_url(), True)
    assert Message.objects.filter(kind="letter.recalled", person=borough.governance).count() == 1
    page = sign_in(borough.governance).get(found.get_absolute_url()).content.decode()
    assert "The wrong Ruth." in page
    with pytest.raises(RuleBroken):
        settle_recall(found, finding="Nothing.", by=acting(borough.panel_administrator))
    settle_recall(found, finding="Deleted, and the address mended.", by=acting(borough.governance))
    assert recalled(acting(borough.governance)) == []


def test_the_administrator_recalls_from_the_list_and_nobody_else_does(letter, borough, sign_in):
    client = sign_in(borough.panel_administrator)
    assert f"/letters/{letter.reference}/recall" in client.get("/letters").content.decode()
    assert client.post(f"/letters/{letter.reference}/recall", {"because": "A wrong address."}).status_code == 302
    assert Recall.objects.get().message == letter
    assert "Recalled" in client.get("/letters").content.decode()
    assert sign_in(borough.chair).get("/letters").status_code == 403
