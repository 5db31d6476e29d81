"""Who may: roles, what each may do, and nothing about what has happened."""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """The roles people hold; a person acts in one at a time."""

    SOCIAL_WORKER = "SW", "Social worker"
    TEAM_MANAGER = "TM", "Team manager"
    SERVICE_MANAGER = "SM", "Service manager"
    STRATEGIC_MANAGER = "STM", "Strategic manager"
    HEAD_OF_SERVICE = "HOS", "Head of service"
    PANEL_ADMINISTRATOR = "PA", "Panel administrator"
    CHAIR = "CH", "Chair"
    PANEL_MEMBER = "PM", "Panel member"
    PRACTITIONER = "PRV", "Provider practitioner"
    PROVIDER_MANAGER = "PRM", "ART manager"
    COMMISSIONER = "COM", "Commissioner"
    FINANCE = "FIN", "Contract and payments officer"
    GOVERNANCE = "IG", "Information governance officer"
    AUDITOR = "AUD", "Auditor"
    ADMINISTRATOR = "SYS", "System administrator"


class Permission(StrEnum):
    """Deeds that a role opens; whether one may be done now is for the rules."""

    START_REFERRALS = "start referrals"
    SIGN_OFF_REFERRALS = "sign off referrals"
    RETURN_REFERRALS = "return referrals"
    LOG_CONTACTS = "log contacts with those who wait"
    ORDER_WAITING = "order the waiting list"
    SEE_WAITING_REPORT = "see the waiting list report"
    WRITE_MESSAGES = "write messages on a referral"
    NAME_LEAD_WORKERS = "name lead workers"
    RECORD_HEALTH_LINKS = "record links with mental health services"
    SEE_REFERRALS = "see referrals"
    SEE_CHILDREN = "see children"
    LOG_CONSULTATIONS = "log consultations"
    CHANGE_AGENCIES = "change the directory of agencies"
    DECIDE_EXCEPTIONS = "decide exceptions to criteria"
    RECORD_JOURNEYS = "record journeys"
    CONFIRM_WEEKS = "confirm weeks"
    KEEP_CARE_RECORDS = "keep care records"
    COMPARE_JOURNEYS = "compare journeys"
    SEE_PLANS = "see support plans"
    WRITE_PLANS = "write support plans"
    END_SUPPORT = "end support"
    CLOSE_RECORDS = "close a child's record"
    TRIAGE_REFERRALS = "triage referrals"
    SEE_WAITING_LIST = "see the waiting list"
    SEE_PLACES = "see places"
    ALLOCATE_PLACES = "allocate places"
    ACCEPT_PLACES = "accept places"
    RELEASE_PLACES = "keep or let go of held places"
    CHANGE_PLACES = "take places out of use"
    SEE_DUTY = "see the duty page"
    START_EMERGENCIES = "start a stay in an emergency"
    SECOND_EMERGENCIES = "sign an emergency start second"
    AGREE_EXTRA_SUPPORT = "agree extra support and its price"
    TRANSFER_CASELOADS = "transfer a caseload"
    CHANGE_SERVICES = "change what stands behind a service"
    LOG_CALLS = "log calls to the on-call team"
    CALL_MEETINGS = "call meetings"
    RUN_MEETINGS = "run meetings"
    CHAIR_MEETINGS = "chair meetings"
    SEE_MEETINGS = "see meetings"
    READ_PAPERS = "read papers and minutes"
    DECLARE_INTERESTS = "declare interests"
    SEE_TERMS = "see terms of reference"
    PROPOSE_TERMS = "propose changes to terms"
    SEE_KPIS = "see KPIs"
    SEE_CONTRACTS = "see contracts"
    CHANGE_CONTRACTS = "change contracts"
    SEE_ESCALATIONS = "see what is put to the boards"
    RAISE_ESCALATIONS = "put something to a board"
    SEE_REPORTS = "see reports to the boards"
    DRAW_REPORTS = "draw a report to a board"
    SEE_PACKS = "see packs"
    BUILD_PACKS = "build packs"
    APPROVE_PACKS = "approve packs"
    SEE_AUDIT = "see the audit trail"
    RESTRICT_RECORDS = "restrict records"
    BREAK_GLASS = "open a restricted record in an emergency"
    SEE_READINGS = "see who has looked at a record"
    SEE_SHARING = "see consent and sharing"
    RECORD_SHARING = "record consent and sharing"
    SHARE_WITHOUT_PERMISSION = "show files without permission"
    EXPORT_NAMES = "export lists that say who a child is"
    AGREE_EXPORTS = "agree exports that say who a child is"
    CHANGE_PEOPLE = "change people and roles"
    SEE_SETTINGS = "see the numbers in force"
    CHANGE_SETTINGS = "settle numbers by date"
    CHANGE_WORKING_DAYS = "change the working-day calendar"


P = Permission
_MEMBER = {P.SEE_MEETINGS, P.READ_PAPERS, P.DECLARE_INTERESTS, P.SEE_TERMS, P.PROPOSE_TERMS, P.SEE_PACKS, P.SEE_KPIS}
_BOARDS = {P.SEE_ESCALATIONS, P.RAISE_ESCALATIONS, P.SEE_REPORTS, P.DRAW_REPORTS}
_KEEPS = {P.SEE_READINGS, P.BREAK_GLASS, P.SEE_SHARING}
_SHARES = {P.RESTRICT_RECORDS, P.RECORD_SHARING, P.EXPORT_NAMES}
_SIGNER = {P.SIGN_OFF_REFERRALS, P.RETURN_REFERRALS, P.SEE_REFERRALS, P.SEE_CHILDREN, P.SEE_WAITING_LIST, P.SEE_PLACES}
_SUPPORTS = {P.SEE_PLANS, P.WRITE_PLANS}
_MANAGES = {P.SEE_PLANS, P.CLOSE_RECORDS}

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.SOCIAL_WORKER: frozenset(
        {P.START_REFERRALS, P.LOG_CONSULTATIONS, P.SEE_REFERRALS, P.SEE_CHILDREN, P.ACCEPT_PLACES, P.SEE_TERMS, P.RECORD_SHARING} | _KEEPS
        | _SUPPORTS | {P.END_SUPPORT}
    ),
    Role.TEAM_MANAGER: frozenset(_SIGNER | {P.START_REFERRALS, P.LOG_CONSULTATIONS, P.SEE_TERMS} | _KEEPS | _SHARES | _MANAGES),
    Role.SERVICE_MANAGER: frozenset(
        _SIGNER | {P.TRIAGE_REFERRALS, P.SHARE_WITHOUT_PERMISSION} | _MEMBER | _KEEPS | _SHARES | _MANAGES
    ),
    Role.STRATEGIC_MANAGER: frozenset(_SIGNER | {P.DECIDE_EXCEPTIONS} | _MEMBER | _MANAGES),
    Role.HEAD_OF_SERVICE: frozenset(
        {P.SEE_REFERRALS, P.SEE_CHILDREN, P.SEE_WAITING_LIST, P.SEE_PLACES, P.SEE_CONTRACTS} | _MEMBER
        | {P.RESTRICT_RECORDS, P.SHARE_WITHOUT_PERMISSION, P.EXPORT_NAMES} | _KEEPS | _MANAGES | _BOARDS
    ),
    Role.PANEL_ADMINISTRATOR: frozenset(
        {P.SEE_REFERRALS, P.SEE_CHILDREN, P.TRIAGE_REFERRALS, P.SEE_WAITING_LIST, P.SEE_PLACES}
        | {P.RETURN_REFERRALS, P.CALL_MEETINGS, P.RUN_MEETINGS, P.BUILD_PACKS, P.CHANGE_AGENCIES}
        | _MEMBER
    ),
    Role.CHAIR: frozenset(
        {P.SEE_REFERRALS, P.CHAIR_MEETINGS, P.APPROVE_PACKS, P.SEE_WAITING_LIST, P.SEE_PLACES}
        | {P.SEE_CONTRACTS} | _BOARDS
        | _MEMBER
    ),
    Role.PANEL_MEMBER: frozenset(_MEMBER | {P.SEE_REFERRALS}),
    Role.PRACTITIONER: frozenset({P.LOG_CONSULTATIONS, P.SEE_REFERRALS, P.SEE_CHILDREN, P.SEE_TERMS} | _SUPPORTS),
    Role.PROVIDER_MANAGER: frozenset(
        {P.SEE_REFERRALS, P.SEE_CHILDREN, P.SEE_WAITING_LIST, P.SEE_PLACES, P.ALLOCATE_PLACES, P.LOG_CONSULTATIONS}
        | {P.SEE_CONTRACTS, P.EXPORT_NAMES, P.END_SUPPORT} | _SUPPORTS
        | _MEMBER
    ),
    Role.COMMISSIONER: frozenset(
        {P.SEE_KPIS, P.SEE_PLACES, P.SEE_CONTRACTS, P.CHANGE_CONTRACTS, P.SEE_PACKS, P.SEE_MEETINGS, P.SEE_TERMS}
        | _BOARDS
    ),
    Role.FINANCE: frozenset({P.SEE_CONTRACTS, P.SEE_ESCALATIONS}),
    Role.GOVERNANCE: frozenset(
        {P.SEE_REFERRALS, P.SEE_CHILDREN, P.SEE_AUDIT, P.SEE_TERMS, P.SHARE_WITHOUT_PERMISSION} | _KEEPS | _SHARES
    ),
    Role.AUDITOR: frozenset({P.SEE_AUDIT, P.SEE_READINGS, P.SEE_TERMS, P.SEE_PACKS, P.SEE_MEETINGS, P.READ_PAPERS, P.SEE_ESCALATIONS, P.SEE_REPORTS}),
    Role.ADMINISTRATOR: frozenset({P.CHANGE_PEOPLE, P.SEE_TERMS}),
}

# What is done about a referral while it waits, and who writes to whom about it.
for _role, _deeds in {
    Role.SOCIAL_WORKER: {P.WRITE_MESSAGES, P.RECORD_HEALTH_LINKS},
    Role.TEAM_MANAGER: {P.WRITE_MESSAGES, P.RECORD_HEALTH_LINKS},
    Role.SERVICE_MANAGER: {P.WRITE_MESSAGES, P.ORDER_WAITING, P.RECORD_HEALTH_LINKS, P.SEE_WAITING_REPORT},
    Role.STRATEGIC_MANAGER: {P.ORDER_WAITING, P.SEE_WAITING_REPORT},
    Role.HEAD_OF_SERVICE: {P.SEE_WAITING_REPORT},
    Role.PANEL_ADMINISTRATOR: {P.WRITE_MESSAGES, P.LOG_CONTACTS, P.SEE_WAITING_REPORT},
    Role.PROVIDER_MANAGER: {
        P.WRITE_MESSAGES, P.LOG_CONTACTS, P.ORDER_WAITING, P.NAME_LEAD_WORKERS, P.RECORD_HEALTH_LINKS,
        P.SEE_WAITING_REPORT,
    },
    Role.PRACTITIONER: {P.LOG_CONTACTS},
    Role.COMMISSIONER: {P.SEE_WAITING_REPORT},
}.items():  # fmt: skip
    PERMISSIONS[_role] |= _deeds

# Who writes a child's journey down, who confirms the weeks of the children in place, and who compares.
for _role, _deeds in {
    Role.SOCIAL_WORKER: {P.RECORD_JOURNEYS, P.KEEP_CARE_RECORDS, P.COMPARE_JOURNEYS},
    Role.TEAM_MANAGER: {P.RECORD_JOURNEYS, P.KEEP_CARE_RECORDS, P.COMPARE_JOURNEYS},
    Role.SERVICE_MANAGER: {P.COMPARE_JOURNEYS},
    Role.STRATEGIC_MANAGER: {P.COMPARE_JOURNEYS},
    Role.HEAD_OF_SERVICE: {P.COMPARE_JOURNEYS},
    Role.PRACTITIONER: {P.RECORD_JOURNEYS, P.CONFIRM_WEEKS},
    Role.PROVIDER_MANAGER: {P.RECORD_JOURNEYS, P.CONFIRM_WEEKS},
}.items():
    PERMISSIONS[_role] |= _deeds

# What is done about places: held ones, those out of use, the night, and what stands behind a service.
_HOLDS = {P.RELEASE_PLACES, P.SEE_DUTY, P.SECOND_EMERGENCIES}
for _role, _deeds in {
    Role.TEAM_MANAGER: {P.SEE_DUTY},
    Role.SERVICE_MANAGER: _HOLDS | {P.START_EMERGENCIES},
    Role.STRATEGIC_MANAGER: _HOLDS | {P.AGREE_EXTRA_SUPPORT, P.TRANSFER_CASELOADS},
    Role.HEAD_OF_SERVICE: _HOLDS,
    Role.PROVIDER_MANAGER: {P.RELEASE_PLACES, P.CHANGE_PLACES, P.SEE_DUTY, P.CHANGE_SERVICES, P.LOG_CALLS},
    Role.PRACTITIONER: {P.LOG_CALLS},
}.items():
    PERMISSIONS[_role] |= _deeds

# Who settles a number by date, who reads what is in force, and who is second to an export with names.
for _role, _deeds in {
    Role.ADMINISTRATOR: {P.SEE_SETTINGS, P.CHANGE_SETTINGS},
    Role.HEAD_OF_SERVICE: {P.SEE_SETTINGS, P.AGREE_EXPORTS},
    Role.SERVICE_MANAGER: {P.AGREE_EXPORTS},
    Role.GOVERNANCE: {P.AGREE_EXPORTS},
    Role.AUDITOR: {P.SEE_SETTINGS},
}.items():
    PERMISSIONS[_role] |= _deeds


# Who keeps the calendar of Working Days.
for _role in (Role.ADMINISTRATOR, Role.PANEL_ADMINISTRATOR):
    PERMISSIONS[_role] |= {P.CHANGE_WORKING_DAYS}


def can(person, permission: Permission) -> bool:
    """True when the role the person is acting in opens `permission`."""
    acting = getattr(person, "acting", None)
    return acting is not None and permission in PERMISSIONS[acting.role]
