"""Every page of the demonstration, as the people who use it: accessible, one heading, never wider than a phone."""

import random
from collections import Counter
from urllib.parse import urlparse

import pytest
from django.urls import Resolver404, get_resolver, resolve

from config.management.commands.seed_demo import load
from contracts.models import Benefit
from core import clock, outbox, post
from core.actions.exports import ask_for_export
from core.actions.roles import propose_role
from core.models import Message, User
from core.password_link import link_for
from core.references import drawn_from
from kpis.actions.pack import freeze_pack, plan_pack
from kpis.models import Pack
from kpis.tasks import plan_due_packs, plan_due_reports
from panels.models import AgendaItem, Decision, Dispute, Meeting
from referrals.actions.closing import record_death
from referrals.models import (
    Agency,
    Child,
    Disengagement,
    MissingEpisode,
    Place,
    Referral,
    Stay,
    StayResident,
    SupportPlan,
    Telling,
)
from tests.journeys.contract_pages import of_money
from tests.journeys.import_pages import of_imports
from tests.journeys.paper_pages import of_papers

pytestmark = pytest.mark.django_db(transaction=True)
ENOUGH = 2  # pages of one kind, each for another person
PEOPLE = [
    "Nadia Okafor", "Tom Whitlock", "Priya Nair", "Helen Marsh", "Ruth Calder", "Martin Feeney", "Joan Adeyemi",
    "Peter Vane", "Amina Begum", "David Achebe", "Omar Siddiq", "Dana Hope",
    "Beth Carver",
]  # fmt: skip
# Files, what machines ask, deeds whose address only takes a POST, and pages a demonstration person never meets.
NOT_PAGES = {
    "open_letter", "recall", "live", "ready", "demonstration_sign_in", "stay_signed_in", "account_logout", "account_inactive",
    "account_reauthenticate", "account_login", "directory_go", "directory_answer", "sign_out_elsewhere", "referrals:document", "referrals:remove_document",
    "referrals:child_document", "referrals:remove_child_document",
    "remove_view", "usual_view", "take_export", "search_glance", "kpis:calendar_feed", "referrals:unname_person", "referrals:save_task", "referrals:save_ending", "referrals:keep_draft", "referrals:let_draft_go", "referrals:sent", "panels:note",
    "panels:minutes_file", "kpis:report_file", "panels:minutes_word", "panels:check_entry", "panels:release_decision", "panels:enter_decision", "panels:finish_action", "kpis:pack_file", "kpis:pack_word", "kpis:pack_workbook",
    "kpis:pack_version_file", "kpis:pack_supplement_file", "contracts:confirm_price", "contracts:evidence_file", "kpis:regular_report_file", "document_file", "kpis:copy_pack", "kpis:pack_copy", "kpis:print_pack_again", "kpis:print_report_again",
    "panels:print_minutes_again",
    "panels:copy_papers", "panels:papers_file", "panels:late_file", "referrals:word_form", "referrals:ask_to_join", "referrals:turn_down_joiner", "referrals:end_cover", "referrals:read_messages", "referrals:release_place",
    "reopen_day", "open_account", "send_password_link", "set_password", "kpis:save_return", "kpis:check_value", "kpis:validate_value", "contracts:confirm_budget", "contracts:finish_step", "contracts:agree_variation", "contracts:activate",
    "contracts:end_contract",
    "panels:let_slot_go", "contracts:document_file", "contracts:take_off_document", "kpis:return_file",
    "kpis:import_problems", "kpis:store_import", "kpis:throw_away_import",
    "kpis:api_description", "kpis:api_indicators", "kpis:api_indicator", "kpis:api_figures", "kpis:api_capacity", "kpis:api_nothing",
    "kpis:gather_record", "kpis:finish_redacting", "kpis:entry_file", "kpis:disclosure_file", "kpis:agree_api_client", "referrals:placements_standard", "referrals:placements_schema",
}  # fmt: skip


def pages_without_a_link():
    """Pages that a button leads to, or a link that shows only at its moment, by the person who meets them."""
    soon = Meeting.objects.filter(status="called").order_by("starts_at")
    panel, group = soon.get(panel__kind="referral"), soon.get(panel__kind="steering")
    paper = AgendaItem.objects.exclude(paper=None).filter(meeting__panel=panel.panel).order_by("-meeting__starts_at").first()
    act = AgendaItem.objects.filter(kind="act", decision=None).first()
    again = Decision.objects.filter(item__referral__status="DEFERRED").first()
    waits, held = Decision.objects.filter(state="awaiting").first(), Decision.objects.filter(released_at=None, agreed_at__isnull=False).first()
    child = Child.objects.filter(social_worker__full_name="Nadia Okafor").first()
    told = f"/children/{Child.objects.get(full_name='Jayden Marlow').reference}"
    away = MissingEpisode.objects.order_by("from_at")
    here, back = away.get(until_at=None).get_absolute_url(), away.exclude(until_at=None).first().get_absolute_url()
    draft = Referral.objects.filter(author__full_name="Nadia Okafor", status="RETURNED").first()
    support = pages_of_support()
    stay = Stay.objects.filter(state="begun", is_living=True).first().get_absolute_url()
    return together(of_places(stay), support, of_money(), of_imports(), of_papers(), pages_of_benefits(), {
        "Nadia Okafor": [
            "/roles", "/children/new", f"/referrals/new/{child.reference}", f"{draft.get_absolute_url()}/check",
            f"{draft.get_absolute_url()}/eligibility/ask", "/referrals/import",
            f"{Referral.objects.exclude(form_import=None).first().get_absolute_url()}/imported",
            f"{Referral.objects.filter(author__full_name='Nadia Okafor', status='BOOKED').first().get_absolute_url()}/contact",
            *(f"{told}{part}" for part in ("", "/journey", "/journey/compare", "/homes", "/sdq", "/reviews", "/missing", "/documents", "/documents/add")),
        ],
        "Ruth Calder": ["/contracts/art/prices/new"],
        "Dana Hope": [a_role()],
        "Martin Feeney": ["/exports", an_export(), "/drafts", f"{told}/restrict"],
        "Peter Vane": ["/exceptions", f"{stay}/extra-support", "/places/services/outreach/transfer"],
        "Priya Nair": [
            f"/steering/packs/{group.reference}/commentary/risks",
            "/letters", f"/letters/{Message.objects.filter(kind='pack.issued').first().reference}/recall",
            "/search", f"/agencies/{Agency.objects.first().reference}", "/agencies/new", "/referrals/several", "/components", "/mail", "/triage", "/meetings", "/decisions", "/terms-of-reference",
            f"{panel.get_absolute_url()}/live", f"{panel.get_absolute_url()}/live/3", "/admin/working-days/close",
            f"{panel.get_absolute_url()}/service/record", *pages_of_seats(group.panel),
            f"{panel.get_absolute_url()}/present",
            f"{panel.panel.get_absolute_url()}/reasons", f"{panel.panel.get_absolute_url()}/between-meetings", "/unmet-needs", "/decisions/high-cost", "/decisions/entered", "/decisions/checked",
            "/steering/disputes/new", f"{again.get_absolute_url()}/present-again", f"{waits.get_absolute_url()}/decided",
            f"{held.get_absolute_url()}/hold-back", Dispute.objects.first().get_absolute_url(), "/steering/disputes",
        ],
        "Helen Marsh": [
            f"{act.meeting.get_absolute_url()}/act/{act.number}", f"{paper.meeting.get_absolute_url()}/minutes/agree",
            f"{paper.meeting.get_absolute_url()}/papers/{paper.number}", f"{group.get_absolute_url()}/cancel",
            f"{group.get_absolute_url()}/delegates/{paper.meeting.chair.reference}",
            f"{Pack.objects.get(state='frozen').get_absolute_url()}/approve", f"{Pack.objects.get(state='frozen').get_absolute_url()}/correction",
        ],
        "Tom Whitlock": [
            "/referrals/lead-workers", *pages_of_one(stay), *(f"/places/services/outreach/{deed}" for deed in ("kite-mark", "demand-review")),
            f"/places/{Place.objects.first().reference}", here, f"{here}/review", f"{here}/return", f"{back}/interview",
        ],
    })  # fmt: skip


def pages_of_benefits():
    """Deeds about a benefit that is no child's, by the person who does them."""
    stated = Benefit.objects.get(child=None, is_modelled=False).get_absolute_url()
    deeds = [f"{stated}/{deed}" for deed in ("change", "actual", "close", "escalate")]
    return {"Ruth Calder": ["/benefits/new", "/benefits/children", "/benefits/unit-costs", *deeds], "Omar Siddiq": [f"{stated}/validate"]}


def an_export():
    """A list with names that waits for a second person."""
    person = User.objects.get(full_name="Martin Feeney").acting_as("TM")
    child = Child.objects.visible_to(person).first()
    return ask_for_export(path="/children", query="queue=all", rows=[child], because="An inspection.", by=person).get_absolute_url()


def a_role():
    """A role that waits for a second person."""
    by, person = User.objects.get(full_name="Dana Hope").acting_as("SYS"), User.objects.get(full_name="Karen Lisle")
    asked = {"role": "FIN", "organisation": person.organisation, "teams": [], "from_on": clock.today(), "until_on": None}
    return propose_role(person, because="She looks after payments now.", by=by, **asked).get_absolute_url()


def pages_of_seats(group):
    """Pages of a body's seats, terms and extra meetings that a link leads to only from another page of it."""
    stands, held = group.standing_delegates.get(), group.seat_holders.get(letter="b")
    seats, terms = f"{group.get_absolute_url()}/seats", f"/terms-of-reference/{group.slug}"
    return [
        seats, f"{seats}/b/give", f"{seats}/b/delegate", f"{seats}/b/{held.person.reference}",
        f"{seats}/{stands.letter}/delegate/{stands.person.reference}", f"{group.get_absolute_url()}/attendance",
        f"{group.get_absolute_url()}/extraordinary", terms, f"{terms}/1", f"{terms}/1/compare/1", f"{terms}/propose",
        f"{terms}/1/sign", *[row.get_absolute_url() for row in group.alterations.all()],
    ]  # fmt: skip


def together(*parts):
    """Each person's pages out of all of the parts."""
    return {name: [path for part in parts for path in part.get(name, [])] for part in parts for name in part}


def pages_of_support():
    """Pages of plans, endings and moving on, by the person who meets them."""
    plan = SupportPlan.objects.filter(actions__number=2, referral__stays__state="begun").first()
    child, stay = plan.child.get_absolute_url(), plan.referral.stays.get(state="begun").get_absolute_url()
    resident = StayResident.objects.first().stay.get_absolute_url()
    away = Disengagement.objects.first().child.get_absolute_url()
    ended = Referral.objects.filter(author__full_name="Nadia Okafor", checks__months=3).first().get_absolute_url()
    tell = Telling.objects.filter(told_at=None, teller__full_name="Nadia Okafor").first().referral.get_absolute_url()
    of_martin = Child.objects.filter(team__name="North team").first().get_absolute_url()
    bed = f"/places/{Place.objects.exclude(home=None).filter(provision__kind='hub').first().reference}/home"
    return {
        "Nadia Okafor": [f"{ended}/after", f"{ended}/after/3", f"{tell}/tell"],
        "Martin Feeney": [
            f"{of_martin}/death", f"{Child.objects.get(closing__kind='death').get_absolute_url()}/death/undo",
            f"{of_martin}/adoption", f"{of_martin}/council",
        ],
        "Tom Whitlock": [
            *(f"{child}/{page}" for page in (
                "plan", "plan/write", "plan/review", "plan/actions/new", "plan/actions/2", "sessions", "sessions/new",
                "moving-on", "moving-on/onward", "my-path",
            )),
            f"{stay}/end", f"{stay}/end/exit", f"{stay}/step-down", f"{resident}/residents", f"{resident}/residents/1",
            f"{away}/moving-on/not-taken-up/1", bed, f"{bed}/write",
        ],
    }  # fmt: skip


def of_places(stay):
    """Pages of places and stays that a link leads a service manager to only at their moment."""
    place = Place.objects.filter(provision__kind="hub").first()
    return {"Joan Adeyemi": [f"{place.get_absolute_url()}/emergency", *[f"{stay}/{deed}" for deed in ("second", "let-go", "keep")]]}


def pages_of_one(stay):
    """The same for the provider's manager: a place out of use, and every deed to a stay."""
    out = Place.objects.filter(out_of_use__isnull=False).first().get_absolute_url()
    deeds = ["start", "dates", "move", "hold-for-one"]
    return ["/places", f"{out}/back-in-use", f"{out}/out-of-use", *[f"{stay}/{deed}" for deed in deeds]]


def borough_in_service():
    """The demonstration as on every first start, one past pack made, and the next one frozen."""
    with drawn_from(random.Random(7)):
        load()
    plan_due_packs()
    outbox.sweep(most=3, kinds=["pack.draft", "pack.freeze", "pack.issue"])
    plan_due_reports()
    outbox.sweep(kinds=["report.draft", "report.freeze"])
    group = Meeting.objects.get(status="called", panel__kind="steering")
    plan_pack(group, by=None)
    freeze_pack(group.reference)
    post.send("pack.issued", key="to a reader", to=User.objects.get(full_name="Helen Marsh"), subject="A pack", body="It can be read.", link=group.get_absolute_url(), about=group.pack)
    gone, manager = Child.objects.get(full_name="Poppy Elsworth"), User.objects.get(full_name="Martin Feeney")
    record_death(gone, died_on=clock.today(), by=manager)


def name_of(path):
    """The name of the address a link leads to; nothing for files and other places."""
    try:
        return resolve(urlparse(path).path).view_name
    except Resolver404:
        return None


def links(page):
    """Where the page's links lead, within the service."""
    found = page.evaluate("[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href'))")
    return [path for path in dict.fromkeys(found) if name_of(path)]


def look(walker, path, broken):
    """One page: what a machine can tell of its accessibility, wide, then its width on a phone."""
    answer = walker.page.goto(path)
    if answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
        return False
    page = walker.page
    page.set_viewport_size({"width": 1366, "height": 768})
    if page.locator("h1").count() != 1 or not page.title().endswith("Throughline"):
        broken.append(f"{path} has no heading or title of its own")
    for check, width in ((walker.check_access, 1366), (walker.check_reflow, 320)):
        page.set_viewport_size({"width": width, "height": 768})
        try:
            check()
        except AssertionError as problem:
            broken.append(str(problem))
    return True


def test_every_page_is_accessible_and_fits_a_phone(walk, settings):
    settings.DEMONSTRATION = True
    borough_in_service()
    more = pages_without_a_link()
    walker, seen, broken = walk(), Counter(), []
    for name in PEOPLE:
        walker.be(User.objects.get(full_name=name))
        waiting = ["/", *more.get(name, [])]
        mine = set(NOT_PAGES)
        while waiting:
            path = waiting.pop(0)
            kind = name_of(path)
            if kind in mine or (seen[kind] >= ENOUGH and path != "/"):
                continue
            mine.add(kind)
            if look(walker, path, broken):
                seen[kind] += 1
                waiting += links(walker.page)
    walker.context.clear_cookies()
    for path in ("/sign-in", "/help", "/accessibility-statement", "/privacy", "/cookies", "/security", "/impact-assessment", link_for(User.objects.get(full_name="Karen Lisle"))):
        look(walker, path, broken)
    assert broken == []
    ours = {name for name in every_name(get_resolver()) if not name.startswith("mfa_")}
    assert sorted(ours - set(seen) - NOT_PAGES) == []
    assert walker.problems == []


def every_name(resolver, prefix=""):
    """The name of every address, with its app's, walked from the resolver."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from every_name(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name}"
