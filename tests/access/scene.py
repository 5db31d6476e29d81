"""A borough with a record of every kind, and the records its people must not see, made by actions."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from contracts.actions.contract import activate_contract, add_contract, add_lot, set_price
from core import clock, outbox
from core.actions.authority import add_organisation
from core.actions.closure import close_day
from core.actions.exports import ask_for_export
from core.actions.lists import save_view
from core.actions.person import add_person, give_role
from core.actions.recall import recall_letter
from core.actions.roles import propose_role
from core.models import Message
from core.roles import Role
from kpis.actions.indicator import add_indicator, add_recommendation, enter_value
from kpis.actions.pack import draft_pack, freeze_pack, issue_pack, plan_pack
from kpis.models import Pack
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.altering import propose_alteration
from panels.actions.decision import agree_all, record_decision
from panels.actions.dispute import raise_dispute
from panels.actions.live import finish_meeting
from panels.actions.minutes import check_minutes
from panels.actions.panel import name_standing_delegate
from referrals.actions.allocation import allocate_place
from referrals.actions.copies import ask_to_join
from referrals.actions.cover import add_cover
from referrals.actions.document import add_child_documents, add_documents
from referrals.actions.eligibility import ask_for_exception
from referrals.actions.lead_worker import name_lead_worker
from referrals.actions.message import write_message
from referrals.actions.network import log_consultation, record_residency, save_agency
from referrals.actions.provision import add_home, add_provision, register_home
from referrals.actions.referral import save_task
from referrals.actions.restriction import restrict_child
from referrals.actions.sharing import add_protocol, record_disclosure, record_told
from referrals.actions.waiting import log_contact, plan_waiting
from tests import people
from tests.access.benefits import with_a_benefit
from tests.access.boards import put_to_boards, with_more
from tests.access.canaries import Canaries
from tests.access.contracts import in_contracts
from tests.access.kept_records import a_relied_document, in_records
from tests.access.measured import in_registers
from tests.access.money import in_money
from tests.access.papers import copied, late
from tests.access.registers import evaluated, registers
from tests.access.support import supported
from tests.conftest import TODAY
from tests.panels import builders as panels
from tests.panels.actions.test_booking import acting
from tests.people import Borough
from tests.referrals import builders as referrals
from tests.referrals import journeys, places

CALLED, HELD, SINCE = date(2026, 10, 5), (date(2026, 11, 9), date(2026, 11, 10)), date(2025, 1, 1)
STEERING, TO_COME = date(2026, 11, 26), date(2027, 1, 14)
# At which meeting each one's referral is decided: ours, and the restricted child's.
MEETINGS = {"M": "held", "R": "held_too"}
PACK_STAGES = [date(2026, 11, 12), date(2026, 11, 18), date(2026, 11, 19)]
ROLES = {
    "SW": "social_worker", "TM": "team_manager", "SM": "service_manager", "STM": "strategic_manager",
    "HOS": "head_of_service", "PA": "panel_administrator", "CH": "chair", "PM": "member",
    "PRV": "practitioner", "PRM": "provider_manager", "COM": "commissioner", "FIN": "finance",
    "IG": "governance", "AUD": "auditor", "SYS": "administrator",
}  # fmt: skip


@dataclass
class Scene:
    """Records by the word that matrix.py uses, for each of those whose they are."""

    borough: Borough
    records: dict[str, dict] = field(default_factory=dict)
    canaries: Canaries = field(default_factory=Canaries)
    others: dict = field(default_factory=dict)
    absent: dict = field(default_factory=dict)


def a_scene() -> Scene:
    """Ours, and beside it: elsewhere, the other team's, a restricted child's, another provider's."""
    scene = Scene(people.a_borough())
    hide, ours = scene.canaries.hidden_in, scene.borough
    scene.records["ours"] = own = bodies(ours)
    own["view"] = save_view(path="/referrals", query="queue=all", name="A view.", by=ours.head_of_service)
    with hide("O"):
        own |= of_a_child(ours)
        own["export"] = ask_for_export(
            path="/children", query="queue=all", rows=[own["child"]], because="An inspection.", by=acting_as(ours.head_of_service)
        )
        own["kept"] = restrict(referrals.a_child(ours), ours.social_worker, ours.team_manager)
    with hide("T"):
        scene.records["other team"] = of_a_child(seen_from_the_other_team(ours), waits=False)
    with hide("R"):
        scene.records["restricted"] = kept = of_a_child(ours)
    meet(ours, own, {"M": own, "R": kept}, scene.canaries)
    placed(ours, own, kept)
    with hide("O"):
        supported(ours, own)
        own |= evaluated(ours, own) | in_records(ours, own["child"])
    own |= with_a_benefit(ours, own["contract"], own["child"])
    with hide("R"):
        supported(ours, kept)
        kept |= with_a_benefit(ours, own["contract"], kept["child"])
    kept["kept"] = restrict(kept["child"], ours.other_social_worker)
    copied(ours, own, acting_as)
    scene.records["other provider"] = of_another_provider(scene)
    with hide("E"):
        elsewhere = people.a_borough("elsewhere")
        scene.records["elsewhere"] = theirs = bodies(elsewhere)
        theirs |= of_a_child(elsewhere)
        meet(elsewhere, theirs, {"M": theirs}, scene.canaries)
        placed(elsewhere, theirs)
        supported(elsewhere, theirs)
        theirs |= evaluated(elsewhere, theirs) | in_records(elsewhere, theirs["child"])
        theirs |= with_a_benefit(elsewhere, theirs["contract"], theirs["child"])
    return scene


def bodies(borough) -> dict:
    """A panel, a steering group, a service at £660 under a contract, and an indicator."""
    slug = borough.authority.slug
    with clock.held_at(CALLED):
        panel = panels.a_referral_panel(borough)
        steering = panels.a_steering_group(borough)
        outreach = add_provision(
            slug=f"{slug}-outreach", authority=borough.authority, kind="outreach", name="Outreach places",
            provider=borough.provider, by=None,
        )  # fmt: skip
        contract = a_contract(borough, outreach, slug, borough.provider)
        add_protocol(
            authority=borough.authority, name="A protocol", parties="Two agencies", covers="What is shared.",
            owner_role="Governance", from_on=SINCE, review_on=TODAY, by=None,
        )  # fmt: skip
        held, held_too = (panels.a_called_meeting(borough, panel, on=day) for day in HELD)
        meeting = panels.a_called_meeting(borough, panel, on=TO_COME)
        group = panels.a_called_meeting(borough, steering, on=STEERING)
        name_standing_delegate(panel, letter="b", person=borough.finance, from_on=SINCE, by=borough.panel_administrator)
        proposal = propose_alteration(
            panel, changes=[{"number": "3", "text": "It meets every week."}], reason="A reason.", by=borough.member
        )
        closure = close_day(borough.authority, on=date(2026, 12, 29), name="A closed day", by=borough.administrator)
        dispute = raise_dispute(
            steering, about="Who pays.", words="Not settled.", on=CALLED, due_on=STEERING, by=borough.panel_administrator
        )
    with clock.held_at(TODAY):
        asked_role = propose_role(
            borough.finance, role="COM", organisation=borough.council, teams=[], from_on=TODAY, until_on=None, because="A reason.",
            by=acting_as(borough.administrator),
        )  # fmt: skip
        cover = add_cover(acts=borough.service_manager, from_on=TODAY, last_on=TODAY, by=borough.team_manager)
    agency = save_agency(
        authority=borough.authority, kind="advocacy", name="An agency", reach="01632 960000", helps_with="Help.", by=None
    )
    return {
        "asked_role": asked_role, "relied": a_relied_document(borough),
        "agency": agency, "cover": cover, "panel": panel, "contract": contract, "outreach": outreach, "held": held, "held_too": held_too, "meeting": meeting,
        "indicator": an_indicator(borough), "pack": a_pack(group), "place": outreach.places.get(number=4),
        "holder": borough.member, **letters_of(borough), "group": group, "dispute": dispute, **put_to_boards(borough, contract), **in_contracts(borough, contract), **in_money(borough, contract), "stands": borough.finance, "proposal": proposal, "steering": steering,
        "closure": closure, **registers(borough, contract), **in_registers(borough),
    }  # fmt: skip


def a_contract(borough, provision, slug, provider):
    """A contract in force that pays for one provision, after another provider's."""
    before = add_contract(
        slug=f"{slug}-before", authority=borough.authority, name="The one before",
        provider=add_organisation(slug=f"{slug}-gone", name="Gone", kind="provider", authority=None, by=None),
        starts_on=date(2018, 1, 1), annual_value=Decimal(450_000), by=None,
    )  # fmt: skip
    contract = add_contract(
        slug=slug, authority=borough.authority, name="Contract", provider=provider, starts_on=SINCE,
        follows=before, value_note="A note.", by=None,
    )  # fmt: skip
    lot = add_lot(contract, kind="core", name="Core", starts_on=SINCE, by=None)
    set_price(
        lot, provision=provision, label="Place", weekly_rate=Decimal(660), basis="child week", places=4,
        from_on=SINCE, by=None,
    )  # fmt: skip
    return activate_contract(contract, by=None)


def an_indicator(borough):
    """An indicator under a recommendation, with a value."""
    recommendation = add_recommendation(
        borough.authority, number=1, text="A recommendation.", aim="An aim.", progress="G", progress_on=SINCE, by=None
    )
    indicator = add_indicator(
        borough.authority, slug=f"{borough.authority.slug}-indicator", name="An indicator",
        recommendation=recommendation, from_on=SINCE, targets=[(TODAY, Decimal(9), "Nine")], by=None,
    )  # fmt: skip
    enter_value(
        indicator, period_start=SINCE, period_end=TODAY, period_label="A year", value=Decimal(8),
        printed="Eight", by=borough.panel_administrator,
    )  # fmt: skip
    return indicator


def letters_of(borough):
    """A letter with a pack to a service manager, and one to somebody else that was recalled."""
    sent = Message.objects.get(kind="pack.issued", person=borough.service_manager)
    wrong = Message.objects.get(kind="pack.issued", person=borough.people["planning"])
    return {"posted": sent, "recall": recall_letter(wrong, because="A wrong address.", by=acting(borough.panel_administrator))}


def a_pack(group):
    """A steering group's pack, circulated."""
    for day, stage in zip(PACK_STAGES, (draft_pack, freeze_pack, issue_pack), strict=True):
        with clock.held_at(clock.moment(day) + timedelta(hours=8)):
            plan_pack(group, by=None)
            stage(group.reference)
    return with_more(Pack.objects.get(meeting=group))


def seen_from_the_other_team(borough) -> Borough:
    """The same borough as the south team has it."""
    theirs = {who: borough.people[f"other_{who}"] for who in ("social_worker", "team_manager")}
    return Borough(
        borough.authority, borough.council, borough.provider, borough.other_team, borough.team,
        {**borough.people, **theirs},
    )  # fmt: skip


def of_a_child(borough, *, waits: bool = True) -> dict:
    """One child with a referral at each stage before a panel, one that waits, and what was shared about them."""
    child = referrals.a_child(borough)
    author = child.social_worker
    record_disclosure(
        child, recipient="police", recipient_name="A sergeant.", purpose="crime", what="Where they were.", shared_on=TODAY, by=author
    )
    record_told(child, how="spoken", told_on=TODAY, note="A question.", by=author)
    draft = referrals.a_filled_referral(borough, child)
    add_documents(draft, uploads=[("A letter.txt", b"Words of a letter.")], by=author)
    kept = [("A plan.txt", b"Words of a plan.")]
    (letter,) = add_child_documents(child, uploads=kept, document_type="care plan", is_shareable=True, by=author)
    with clock.held_at(CALLED):
        found = {
            "unsigned": referrals.a_sent_referral(borough, child=child),
            "sent": referrals.a_triaged_referral(borough, child=child),
            "ready": referrals.a_signed_off_referral(borough, child=child),
            "referral": referrals.a_signed_off_referral(borough, child=child),
            "booked": referrals.a_signed_off_referral(borough, child=child),
        }
        if waits:
            found["waiting"] = that_waits(borough, child)
    log_consultation(
        on=TODAY, asked_by="carer", about="A child", advice="Some advice.", child=child, by=acting_as(author)
    )
    return {
        "child": child, "draft": draft, "file": draft.documents.get().file, "letter": letter, "exception": an_exception(borough, child), **found,
        **asked_to_join(borough, draft),
        **journeys.a_written_journey(child),
    }  # fmt: skip


def asked_to_join(borough, draft) -> dict:
    """Somebody asks to be the draft's second referrer, where the borough has another social worker."""
    other = borough.people["other_social_worker"]
    return {"joining": ask_to_join(draft, by=acting_as(other))} if other.pk != draft.author_id else {}


def acting_as(person):
    """The person in the first role they hold, as a page would have them."""
    person.acting = person.current_roles[0]
    return person


def an_exception(borough, child):
    """An exception asked for a draft that says the child is grown up."""
    referral = referrals.a_filled_referral(borough, child)
    task = referral.tasks.get(name="child")
    save_task(task, answers={**task.answers, "born_on": "1 1 2008"}, version=task.version, by=referral.author)
    return ask_for_exception(referral, criterion="age", reason="A reason.", by=referral.author)


def that_waits(borough, child):
    """A referral whose child waits, with what helps meanwhile, a contact, a message and a lead worker."""
    referral = referrals.a_waiting_referral(borough, child=child)
    plan_waiting(referral, meanwhile="A plan.", ring_name="A name", ring_number="01632 960000", by=borough.provider_manager)
    log_contact(referral, with_whom="carer", note="A note.", by=borough.provider_manager)
    write_message(referral, words="A message.", to_roles=["SW"], by=borough.panel_administrator)
    name_lead_worker(referral, borough.practitioner, by=borough.provider_manager)
    return referral


def meet(borough, own, subjects, canaries) -> None:
    """Each subject's referral is decided at a meeting of its own; the papers of the next one are out."""
    with clock.held_at(CALLED):
        for letter, subject in subjects.items():
            list_referral(subject["referral"], own[MEETINGS[letter]], by=borough.panel_administrator)
            subject["item"] = list_referral(subject["booked"], own["meeting"], by=borough.panel_administrator)
            circulate_agenda(own[MEETINGS[letter]], by=borough.panel_administrator)
        circulate_agenda(own["meeting"], by=borough.panel_administrator)
        own |= late(borough, own, acting_as)
    for letter, subject in subjects.items():
        meeting = own[MEETINGS[letter]]
        with clock.held_at(clock.moment(meeting.on, clock.TEN)):
            decide(borough, meeting, subject, canaries.sign(letter))


def decide(borough, meeting, subject, sign) -> None:
    """The referral is agreed with an action, and the minutes are checked and printed; all say `sign`."""
    held = panels.begin(borough, meeting)
    item = subject["referral"].items.get()
    subject["decision"] = record_decision(
        item, outcome="agree", reasons=f"Its reasons. {sign}", weeks=12, by=borough.panel_administrator,
        actions=[{"what": f"An action. {sign}", "owner_name": "Member", "owner": borough.member, "due_on": TODAY}],
    )  # fmt: skip
    subject["action"] = item.actions.get()
    agree_all(held, by=borough.chair)
    held = finish_meeting(held, by=borough.panel_administrator)
    check_minutes(held.minutes, by=borough.chair)
    outbox.sweep(kinds=["minutes.print"])


def placed(borough, own, *more) -> None:
    """Whoever was agreed a place has one, and lives in a small group home."""
    for subject in (own, *more):
        subject["referral"].refresh_from_db()
        subject["stay"] = allocate_place(
            subject["referral"], own["outreach"], starts_on=TODAY, planned_end_on=TODAY + timedelta(weeks=12),
            out_of_order_because="Urgent.", agreed_by=borough.strategic_manager, by=borough.provider_manager,
        )  # fmt: skip
        record_residency(subject["child"], home="A small home", moved_in_on=TODAY, by=borough.team_manager)


def restrict(child, *people):
    """The record is kept to these people alone."""
    return restrict_child(child, ground="profile", because="High profile.", people=people, by=child.social_worker)


def of_another_provider(scene) -> dict:
    """A second provider of the same council, with its people, its bed, its contract and its child."""
    ours = scene.borough
    provider = add_organisation(slug="second", name="Otherhands", kind="provider", authority=None, by=None)
    for code, role in (("PRV2", Role.PRACTITIONER), ("PRM2", Role.PROVIDER_MANAGER)):
        person = add_person(full_name=code, email=f"{code}@second.example", organisation=provider, by=None)
        give_role(person, role, organisation=provider, authority=ours.authority, from_on=SINCE, by=None)
        scene.others[code] = person
    with scene.canaries.hidden_in("P"):
        hub = add_provision(
            slug="second-hub", authority=ours.authority, kind="hub", name="Second hub", provider=provider, by=None
        )
        home = add_home(hub, name="Second home", by=None)
        register_home(home, number="R2", covers_under_16=True, from_on=SINCE, by=None)
        contract = a_contract(ours, hub, "second-contract", provider)
        kept = registers(ours, contract, by=scene.others["PRM2"])
    at_second = Borough(ours.authority, ours.council, provider, ours.team, ours.other_team, dict(ours.people))
    at_second.people["provider_manager"] = scene.others["PRM2"]
    with scene.canaries.hidden_in("Q"):
        child = referrals.a_child(ours)
        waits = referrals.a_waiting_referral(ours, child=child, service="hub")
        stay = places.a_bed_begun(at_second, hub, referral=waits, follow_plan="Home.")
    return {"child": child, "referral": waits, "stay": stay, "place": hub.places.get(number=2), "contract": contract, **kept}
