"""One child's need, walked in a browser from the referral to the pack, with and without JavaScript."""

from decimal import Decimal

import pytest

from contracts.actions.contract import activate_contract, add_contract, add_lot, set_price
from core.models import AuditEvent, Message
from kpis.models import Pack
from panels.models import Decision, Meeting, Minutes, Service
from referrals.actions.provision import add_home, add_provision, register_home
from referrals.models import Referral, Stay
from tests.journeys.conftest import wait_for
from tests.panels.builders import a_referral_panel, a_steering_group
from tests.people import SINCE, a_borough

pytestmark = pytest.mark.django_db(transaction=True)


def a_borough_in_service():
    """People, both bodies with their terms, and a contract that opens 12 places and 3 beds."""
    borough = a_borough()
    a_referral_panel(borough)
    a_steering_group(borough)
    contract = add_contract(slug="art", authority=borough.authority, name="ART", provider=borough.provider,
                            starts_on=SINCE, by=borough.commissioner)  # fmt: skip
    lot = add_lot(contract, kind="core", name="Outreach and hub", starts_on=SINCE, by=borough.commissioner)
    for kind, name, rate, basis, places in (
        ("outreach", "Outreach places", 660, "child week", 12), ("hub", "Hub assessment beds", 5200, "bed week", 3),
    ):  # fmt: skip
        provision = add_provision(slug=kind, authority=borough.authority, kind=kind, name=name,
                                  provider=borough.provider, by=borough.commissioner)  # fmt: skip
        if kind == "hub":
            home = add_home(provision, name="The hub", by=borough.commissioner)
            register_home(home, number="H1", covers_under_16=True, from_on=SINCE, by=borough.commissioner)
        set_price(lot, provision=provision, label=name, weekly_rate=Decimal(rate), basis=basis, places=places,
                  from_on=SINCE, by=borough.commissioner)  # fmt: skip
    activate_contract(contract, by=borough.commissioner)
    return borough


def write_referral(walker, name, service="Outreach, where the child lives", weeks="12"):
    """A social worker adds a child, fills the tasks in their own order, checks and sends."""
    walker.open("/").click("Start a referral")
    walker.click("Add the child by hand", role="link")
    walker.fill("Full name", name).fill("Date of birth", "4 3 2012").click("Add the child")
    walker.click("This is the right child")
    reference = walker.page.url.split("/referrals/")[1][:7]

    def task(which):
        walker.open(f"/referrals/{reference}/tasks/{which}")

    task("needs")
    walker.fill("What matters in the birth family", "An aunt is close.").fill("What has happened", "Two moves in a year.")
    finish(walker)
    task("request")
    walker.choose(service).choose("Is on the edge of care").choose("Stay in a family-based home")
    if "hub" in service:
        walker.page.get_by_text("For a hub bed", exact=True).click()
        walker.choose("Has complex health and social care needs")
    walker.fill("For how many weeks", weeks).fill("What you are asking", "Agree support so that home holds.")
    finish(walker)
    task("child")
    walker.choose("Girl").page.get_by_label("Ethnic group").select_option("White British")
    walker.fill("Address", "3 Orchard Row").fill("Person 1: name", "Nan").fill("Person 1: what they are", "Grandmother")
    walker.page.get_by_label("Person 1: parental responsibility").select_option(index=1)
    walker.page.get_by_label("Person 1: day to day care").select_option(index=1)
    finish(walker)
    task("views")
    walker.fill("The child’s own view", "I want to stay at Nan’s.")
    finish(walker)
    task("risk")
    walker.fill("Safeguarding issues", "None now.")
    for box in walker.page.get_by_label("No known risk").all():
        box.check()
    finish(walker)
    task("support")
    walker.page.get_by_label("Where the child lives now").select_option("home")
    walker.fill("What has been tried", "Early help.")
    walker.page.get_by_role("group", name="mental health").get_by_label("No", exact=True).check()
    finish(walker)
    task("consent")
    for group in ("Does the child agree", "Does each person"):
        walker.page.get_by_role("group", name=group).get_by_label("Yes").check()
    finish(walker)
    walker.open(f"/referrals/{reference}/check").click("Send to your team manager")
    return Referral.objects.get(reference=reference)


def finish(walker):
    """Say that a long section is finished where it asks, and go on."""
    box = walker.page.get_by_label("I have finished this section")
    if box.count():
        box.check()
    here = walker.page.url
    walker.click("Save and continue")
    walker.page.wait_for_url(lambda url: url != here)


def sign(walker, person, referral):
    """One signer reads, ticks the four confirmations and signs."""
    walker.be(person).open("/")
    assert walker.sees(f"Sign off {referral.reference}")
    walker.open(f"/referrals/{referral.reference}/sign-off")
    for box in walker.page.get_by_role("group", name="Tick each that is true").get_by_role("checkbox").all():
        box.check()
    walker.click("Save and go to next")


def call(walker, borough, slug, day):
    """The administrator calls a body together, having seen the last day for notice."""
    walker.be(borough.panel_administrator).open(f"/panels/{borough.authority.slug}-{slug}/call")
    walker.fill("Date of the meeting", day).fill("Start time", "10:00").fill("Place or link", "Room 3")
    walker.click("Call the meeting and serve notice")
    return Meeting.objects.get(panel__slug=f"{borough.authority.slug}-{slug}")


def hear(walker, borough, meeting, referrals):
    """The panel meets: who is there, the interest, each decision; the chair agrees; it ends."""
    live = f"/meetings/{meeting.reference}/live"
    walker.be(borough.panel_administrator).open(live).click("Begin the meeting").click("All present")
    for referral in referrals:
        item = meeting.items.get(referral=referral)
        walker.open(f"{live}/{item.number}").choose("Agree").fill("Reasons", "One steady worker gives this its best chance.")
        walker.fill("Weeks", str(referral.agreed_weeks or 12)).fill("Action", "Tell the child what was decided")
        walker.page.get_by_label("Who", exact=True).fill("The social worker")
        walker.page.get_by_label("By", exact=True).fill("10 December 2026")
        walker.click("Save and next item")
        wait_for(lambda item=item: Decision.objects.filter(item=item).exists(), 10)  # what is being saved by itself goes first
        assert Decision.objects.get(item=item).agreed_at is None
    walker.be(borough.chair).open(live).click("Agree 2 decisions")
    walker.be(borough.panel_administrator).open(live).click("Finish the meeting")


def allocate(walker, borough, referral):
    """The provider's manager gives an outreach place from the board."""
    walker.be(borough.provider_manager).open("/places").click("Free now on Outreach 1", role="link")
    walker.page.get_by_label(referral.reference).check()
    walker.click("Allocate the place")
    stay = Stay.objects.get(referral=referral)
    assert (stay.state, stay.place.name) == ("begun", "Outreach 1")


def propose(walker, borough, referral):
    """A bed is proposed with its impact, accepted by the social worker, and started on arrival."""
    walker.be(borough.provider_manager).open("/places").click("Free now on Hub bed 1", role="link")
    walker.page.get_by_label(referral.reference).check()
    walker.fill("Impact on those who live there", "Nobody lives there now.").click("Propose the bed")
    stay = Stay.objects.get(referral=referral, is_living=True)
    assert stay.state == "offered"
    walker.be(borough.social_worker).open(f"/stays/{stay.reference}/accept").click("Accept the bed")
    walker.be(borough.provider_manager).open(f"/stays/{stay.reference}/start").click("Start the stay")
    stay.refresh_from_db()
    assert stay.state == "begun"
    assert Stay.objects.get(follows=stay).state == "planned"


def walk_the_line(walker, timetable):
    """The seven steps, each by the person named."""
    borough = a_borough_in_service()
    walker.be(borough.social_worker)
    outreach = write_referral(walker, "Zzcanary Walker")
    bed = write_referral(walker.be(borough.social_worker), "Zzcanary Second", "A hub assessment bed", "8")
    for referral in (outreach, bed):
        sign(walker, borough.team_manager, referral)
        sign(walker, borough.service_manager, referral)
    panel = call(walker, borough, "panel", "3 December 2026")
    group = call(walker, borough, "steering", "17 December 2026")
    assert group.breach == ""
    for referral in (outreach, bed):
        walker.open(f"/triage/{referral.reference}").choose("Book it onto a panel").click("Save and next")
        walker.open(f"/meetings/{panel.reference}/agenda").click(f"Add {referral.reference}")
    walker.open(f"/meetings/{panel.reference}/circulate").click("Circulate to")
    timetable.start()
    wait_for(lambda: Service.objects.filter(meeting=panel, kind="agenda").count() == 3)
    assert Service.objects.filter(meeting=group, kind="notice").count() == 6

    timetable.go_to("2026-12-03")
    hear(walker, borough, panel, (outreach, bed))
    walker.open(f"/meetings/{panel.reference}/minutes").click("Send to the chair")
    walker.be(borough.chair).open(f"/meetings/{panel.reference}/minutes").click("I have checked these")
    wait_for(lambda: Minutes.objects.get(meeting=panel).document.versions.filter(file__isnull=False).exists())
    allocate(walker, borough, outreach)
    propose(walker, borough, bed)
    walker.be(borough.commissioner).open("/kpis")
    assert walker.sees("2 of 15")
    assert walker.sees("£5,860")
    assert not walker.sees(outreach.reference)

    wait_for(lambda: Pack.objects.filter(meeting=group, state="drafted"))
    for day, state in (("2026-12-09", "frozen"), ("2026-12-10", "issued")):
        timetable.go_to(day)
        wait_for(lambda state=state: Pack.objects.filter(meeting=group, state__in=[state, "issued"]))
        if state == "frozen":
            walker.be(borough.chair).open(f"/steering/packs/{group.reference}").click("Approve pack")
            walker.click("Approve pack")
            assert Pack.objects.get(meeting=group).approved_by == borough.chair
    wait_for(lambda: Message.objects.filter(kind="pack.issued", state="sent").count() == 6)
    assert walker.problems == []
    for verb in ("referral.sent", "referral.signed_off", "meeting.called", "papers.circulated", "decision.agreed",
                 "stay.allocated", "stay.accepted", "pack.issued"):  # fmt: skip
        assert AuditEvent.objects.filter(verb=verb).exists(), verb


def test_the_whole_line_with_javascript(walk, timetable):
    walk_the_line(walk(), timetable)


def test_the_whole_line_without_javascript(walk, timetable):
    walk_the_line(walk(javascript=False), timetable)
