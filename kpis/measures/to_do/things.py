"""What each role has to do, and all of it in groups."""

from datetime import date

from core import clock
from core.roles import Role
from kpis.measures.to_do import (
    agendas,
    assurance,
    benefits,
    contracts,
    endings,
    exports,
    figures,
    journeys,
    letters,
    meetings,
    money,
    packs,
    papers,
    payments,
    people,
    places,
    printing,
    records,
    referrals,
    reports,
    reviews,
    settings,
    terms,
    waiting,
)
from kpis.measures.to_do.thing import Thing, count_for, group_of, worded

GROUPS = ("Overdue", "Due today", "This week", "Later", "Waiting on others")
EVERYBODY = (
    meetings.invitations, meetings.papers_to_read, meetings.actions, places.on_call_now, places.held_places_to_decide,
    places.emergencies_to_sign, places.emergencies_to_finish, papers.register, letters.unsure,
    packs.commentary_to_write,
)  # fmt: skip
SUPPORT = (endings.plans_to_review, endings.steps_to_agree, endings.handovers_to_plan)
# For whoever takes a chair, in whichever role: a head of service on one panel, an agency's member in its turn.
AS_CHAIR = (
    agendas.acts_to_do, meetings.decisions_to_agree, meetings.minutes_to_check, papers.late_papers, terms.to_sign, terms.proposals,
    packs.corrections, meetings.agendas_late,
)  # fmt: skip
BY_ROLE = {
    Role.SOCIAL_WORKER: (
        referrals.mine_to_finish, referrals.mine_elsewhere, places.offers_to_answer, waiting.plans_to_agree,
        waiting.messages_unread, journeys.missing, journeys.reviews, endings.children_to_tell, endings.exit_plans_due,
        endings.checks_after, *SUPPORT,
    ),
    Role.TEAM_MANAGER: (
        referrals.to_sign, referrals.drafts_to_read, waiting.messages_unread, endings.children_to_tell, exports.to_take,
        records.subject_requests,
    ),
    Role.SERVICE_MANAGER: (referrals.to_sign, waiting.messages_unread, exports.to_agree, exports.to_take, *AS_CHAIR),
    Role.HEAD_OF_SERVICE: (
        records.disposals_to_answer, records.holds_to_answer, records.subject_requests,
        exports.to_agree, exports.to_take, benefits.off_course, benefits.asked_of_the_board, settings.numbers_to_confirm,
        figures.values_to_check, figures.high_sdqs, reviews.not_called, settings.clients_to_agree, people.roles_to_agree, printing.reports, *AS_CHAIR,
    ),
    Role.PANEL_MEMBER: AS_CHAIR,
    Role.ADMINISTRATOR: (settings.numbers_to_confirm, settings.clients_to_agree),
    Role.GOVERNANCE: (letters.recalled, exports.to_agree, exports.to_take, records.records_due, records.subject_requests),
    Role.STRATEGIC_MANAGER: (referrals.to_sign, referrals.exceptions_to_decide),
    Role.PANEL_ADMINISTRATOR: (
        referrals.to_triage, referrals.to_book, referrals.asked_for_more, meetings.to_circulate_or_close,
        meetings.minutes_to_send, meetings.minutes_with_chair, meetings.decisions_to_copy,
        meetings.decisions_held_back, meetings.decisions_elsewhere, meetings.decisions_to_present_again, packs.packs_and_corrections, printing.papers,
        waiting.messages_unread, agendas.acts_to_ratify, agendas.slots_waited_for, agendas.slots_held,
        agendas.young_people_to_put,
    ),
    Role.CHAIR: (
        *AS_CHAIR, agendas.acts_to_ratify, agendas.slots_waited_for, packs.packs, printing.reports, reviews.not_called,
    ),
    Role.PROVIDER_MANAGER: (
        places.to_allocate, places.to_start, places.over_their_time, places.ending_soon, places.offers_made,
        *assurance.KEPT, waiting.contacts_and_bands, waiting.messages_unread, exports.to_take,
        journeys.weekly_round, journeys.missing, endings.exit_plans_due, endings.places_to_release, terms.to_sign,
        contracts.variations_to_answer, *SUPPORT,
    ),
    Role.PRACTITIONER: (journeys.weekly_round, journeys.missing, assurance.evaluations_to_use, *SUPPORT),
    Role.COMMISSIONER: (
        money.prices_to_confirm, money.values_to_validate, contracts.budgets_to_confirm, contracts.variations_to_answer,
        contracts.subcontracts_to_answer, contracts.gates_to_decide, assurance.dbs_run_out, benefits.off_course,
        benefits.asked_of_the_board, reviews.to_call, reviews.to_write, reports.regular, printing.reports,
    ),
    Role.FINANCE: (money.prices_to_confirm, contracts.budgets_to_confirm, benefits.to_validate),
}  # fmt: skip
for _role, _gather in payments.BY_ROLE.items():
    BY_ROLE[_role] += _gather


def things_for(user) -> list[Thing]:
    """Everything that waits for this person in the role they act in, the soonest first."""
    if user.acting is None:
        return []
    today = clock.today()
    count_for(user)
    found = [
        thing for gather in (*BY_ROLE.get(user.acting.role, ()), *EVERYBODY) for thing in gather(user)
    ]
    found.sort(key=lambda thing: (thing.due is None, thing.due or date.max, thing.label))
    return [worded(thing, today) for thing in found]


def grouped(things: list[Thing]) -> list[dict]:
    """The page's groups, in their order, each with its things; empty ones left out."""
    today = clock.today()
    by_name: dict[str, list[Thing]] = {name: [] for name in GROUPS}
    for thing in things:
        by_name[group_of(thing, today)].append(thing)
    return [{"title": name, "things": rows} for name, rows in by_name.items() if rows]
