"""Who may: roles, what each may do, and nothing about what has happened."""

from django.db import models

from core.permissions import Permission


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


P = Permission
_MEMBER = {P.SEE_MEETINGS, P.READ_PAPERS, P.READ_DECISIONS, P.SEE_DISPUTES, P.DECLARE_INTERESTS, P.SEE_TERMS, P.PROPOSE_TERMS, P.SEE_PACKS, P.SEE_KPIS}
_BOARDS = {P.SEE_ESCALATIONS, P.RAISE_ESCALATIONS, P.SEE_REPORTS, P.DRAW_REPORTS}
_KEEPS = {P.SEE_READINGS, P.BREAK_GLASS, P.SEE_SHARING}
_SHARES = {P.RESTRICT_RECORDS, P.RECORD_SHARING, P.EXPORT_NAMES}
_SIGNER = {P.SIGN_OFF_REFERRALS, P.RETURN_REFERRALS, P.SEE_REFERRALS, P.SEE_CHILDREN, P.SEE_WAITING_LIST, P.SEE_PLACES}
_SUPPORTS = {P.SEE_PLANS, P.WRITE_PLANS}
_MANAGES = {P.SEE_PLANS, P.CLOSE_RECORDS}

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.SOCIAL_WORKER: frozenset(
        {P.START_REFERRALS, P.FILL_REFERRALS, P.LOG_CONSULTATIONS, P.SEE_REFERRALS, P.SEE_CHILDREN, P.ACCEPT_PLACES, P.SEE_TERMS, P.RECORD_SHARING} | _KEEPS
        | _SUPPORTS | {P.END_SUPPORT}
    ),
    Role.TEAM_MANAGER: frozenset(_SIGNER | {P.START_REFERRALS, P.FILL_REFERRALS, P.LOG_CONSULTATIONS, P.SEE_TERMS} | _KEEPS | _SHARES | _MANAGES),
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
    Role.AUDITOR: frozenset({P.SEE_AUDIT, P.SEE_READINGS, P.SEE_TERMS, P.SEE_PACKS, P.SEE_MEETINGS, P.READ_PAPERS, P.READ_DECISIONS, P.SEE_DISPUTES, P.SEE_ESCALATIONS, P.SEE_REPORTS}),
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
    Role.HEAD_OF_SERVICE: {P.COMPARE_JOURNEYS, P.LOOK_AT_SDQS},
    Role.PRACTITIONER: {P.RECORD_JOURNEYS, P.CONFIRM_WEEKS},
    Role.PROVIDER_MANAGER: {P.RECORD_JOURNEYS, P.CONFIRM_WEEKS},
}.items():
    PERMISSIONS[_role] |= _deeds

# What is done about places: held ones, those out of use, the night, and what stands behind a service.
_HOLDS = {P.RELEASE_PLACES, P.SEE_DUTY, P.SECOND_EMERGENCIES}
for _role, _deeds in {
    Role.TEAM_MANAGER: {P.SEE_DUTY},
    Role.SERVICE_MANAGER: _HOLDS | {P.START_EMERGENCIES, P.FILL_REFERRALS},
    Role.STRATEGIC_MANAGER: _HOLDS | {P.AGREE_EXTRA_SUPPORT, P.TRANSFER_CASELOADS},
    Role.HEAD_OF_SERVICE: _HOLDS,
    Role.PROVIDER_MANAGER: {P.RELEASE_PLACES, P.CHANGE_PLACES, P.SEE_DUTY, P.CHANGE_SERVICES, P.LOG_CALLS},
    Role.PRACTITIONER: {P.LOG_CALLS},
}.items():
    PERMISSIONS[_role] |= _deeds

# Who settles a number by date, who reads what is in force, and who is second to an export with names.
for _role, _deeds in {
    Role.ADMINISTRATOR: {P.SEE_SETTINGS, P.CHANGE_SETTINGS, P.CONFIRM_SETTINGS},
    Role.HEAD_OF_SERVICE: {P.SEE_SETTINGS, P.CONFIRM_SETTINGS, P.AGREE_EXPORTS},
    Role.SERVICE_MANAGER: {P.AGREE_EXPORTS},
    Role.GOVERNANCE: {P.AGREE_EXPORTS, P.RECALL_LETTERS},
    Role.PANEL_ADMINISTRATOR: {P.RECALL_LETTERS},
    Role.AUDITOR: {P.SEE_SETTINGS},
}.items():
    PERMISSIONS[_role] |= _deeds


# Who agrees to what changes a contract, each for its own party; and who of the council confirms prices and budgets.
for _role, _deeds in {
    Role.COMMISSIONER: {P.AGREE_VARIATIONS, P.CONFIRM_BUDGETS},
    Role.PROVIDER_MANAGER: {P.AGREE_VARIATIONS},
    Role.FINANCE: {P.CONFIRM_BUDGETS},
}.items():
    PERMISSIONS[_role] |= _deeds

# Who writes a quarter's return, who reviews it, and the three who see to it that it is paid.
for _role, _deeds in {
    Role.PROVIDER_MANAGER: {P.SEE_RETURNS, P.WRITE_RETURNS, P.RECORD_INVOICES},
    Role.COMMISSIONER: {P.SEE_RETURNS, P.REVIEW_RETURNS, P.DECIDE_PAYMENTS},
    Role.FINANCE: {P.CLEAR_PAYMENTS},
}.items():
    PERMISSIONS[_role] |= _deeds

# Who reads the register of benefits, who keeps it, and who validates what came of them.
for _role, _deeds in {
    Role.COMMISSIONER: {P.SEE_BENEFITS, P.KEEP_BENEFITS},
    Role.HEAD_OF_SERVICE: {P.SEE_BENEFITS, P.KEEP_BENEFITS},
    Role.CHAIR: {P.SEE_BENEFITS},
    Role.FINANCE: {P.SEE_BENEFITS, P.VALIDATE_BENEFITS},
    Role.AUDITOR: {P.SEE_BENEFITS},
}.items():
    PERMISSIONS[_role] |= _deeds

# Who is told how often panels wrote down a need that could not be met; and the disputes of a contract's parties.
for _role in (Role.HEAD_OF_SERVICE, Role.PANEL_ADMINISTRATOR, Role.CHAIR, Role.COMMISSIONER):
    PERMISSIONS[_role] |= {P.COUNT_NEEDS, P.SEE_DISPUTES}

# Either side calls a review of a contract that cannot wait (002:881).
for _role in (Role.COMMISSIONER, Role.PROVIDER_MANAGER):
    PERMISSIONS[_role] |= {P.CALL_REVIEWS}

# Who sits on the reviews of their contract, and on nothing else: `Meeting.objects.read_by` says of which.
PERMISSIONS[Role.COMMISSIONER] |= {P.READ_PAPERS, P.DECLARE_INTERESTS}

# Who looks behind the figure of what compared journeys cost: no name, no birth date, no words.
PERMISSIONS[Role.COMMISSIONER] |= {P.SEE_COMPARED}

# Who keeps the register of indicators, and who validates a figure for release (000:59, 102-106).
for _role in (Role.COMMISSIONER, Role.HEAD_OF_SERVICE, Role.PANEL_ADMINISTRATOR):
    PERMISSIONS[_role] |= {P.KEEP_INDICATORS} | ({P.RELEASE_FIGURES} if _role == Role.COMMISSIONER else set())

# Who asks for people's roles, who agrees that they are given, and who reads what is held.
for _role, _deeds in {
    Role.ADMINISTRATOR: {P.SEE_PEOPLE},
    Role.HEAD_OF_SERVICE: {P.SEE_PEOPLE, P.AGREE_ROLES},
    Role.AUDITOR: {P.SEE_PEOPLE},
}.items():
    PERMISSIONS[_role] |= _deeds

# Who keeps the calendar of Working Days.
for _role in (Role.ADMINISTRATOR, Role.PANEL_ADMINISTRATOR):
    PERMISSIONS[_role] |= {P.CHANGE_WORKING_DAYS}


# Who keeps a contract's registers, who reads them, who writes down what went wrong, and what those who are supported say.
_ASSURED = {P.SEE_ASSURANCE, P.SEE_FEEDBACK}
for _role, _deeds in {
    Role.PROVIDER_MANAGER: _ASSURED | {P.KEEP_ASSURANCE, P.LOG_COMPLAINTS, P.ADD_FEEDBACK, P.SEE_COMPLAINTS, P.KEEP_COMPLAINTS},
    Role.PRACTITIONER: {P.LOG_COMPLAINTS, P.SEE_FEEDBACK, P.ADD_FEEDBACK},
    Role.COMMISSIONER: _ASSURED | {P.SEE_PURCHASES, P.SEE_COMPLAINTS},
    Role.HEAD_OF_SERVICE: _ASSURED | {P.LOG_COMPLAINTS, P.SEE_PURCHASES, P.SEE_COMPLAINTS},
    Role.GOVERNANCE: {P.SEE_COMPLAINTS},
    Role.AUDITOR: {P.SEE_COMPLAINTS},
    Role.SOCIAL_WORKER: {P.LOG_COMPLAINTS},
    Role.TEAM_MANAGER: {P.LOG_COMPLAINTS, P.SEE_COMPLAINTS, P.KEEP_COMPLAINTS},
    Role.SERVICE_MANAGER: {P.LOG_COMPLAINTS},
}.items():
    PERMISSIONS[_role] |= _deeds

# Who keeps records and their end, who answers subject access requests, and the second person of each.
for _role, _deeds in {
    Role.GOVERNANCE: {P.SEE_RETENTION, P.PROPOSE_DISPOSAL, P.SEE_SUBJECT_REQUESTS, P.KEEP_SUBJECT_REQUESTS, P.CHECK_DISCLOSURES, P.SEE_RELIED_ON, P.KEEP_RELIED_ON},
    Role.HEAD_OF_SERVICE: {P.SEE_RETENTION, P.AGREE_DISPOSAL, P.SEE_SUBJECT_REQUESTS, P.JUDGE_HARM, P.CHECK_DISCLOSURES, P.SEE_RELIED_ON},
    Role.TEAM_MANAGER: {P.SEE_SUBJECT_REQUESTS, P.JUDGE_HARM},
    Role.AUDITOR: {P.SEE_RETENTION, P.SEE_SUBJECT_REQUESTS, P.SEE_RELIED_ON},
    Role.PANEL_ADMINISTRATOR: {P.SEE_RELIED_ON, P.KEEP_RELIED_ON},
    Role.COMMISSIONER: {P.SEE_RELIED_ON},
}.items():
    PERMISSIONS[_role] |= _deeds

# Who imports files, each its own kinds, and who sees rows about children behind what they count.
for _role in (Role.ADMINISTRATOR, Role.HEAD_OF_SERVICE, Role.COMMISSIONER, Role.PANEL_ADMINISTRATOR):
    PERMISSIONS[_role] |= {P.IMPORT_FILES}
PERMISSIONS[Role.HEAD_OF_SERVICE] |= {P.SEE_RETURNED_ROWS}


def can(person, permission: Permission) -> bool:
    """True when the role the person is acting in opens `permission`."""
    acting = getattr(person, "acting", None)
    return acting is not None and permission in PERMISSIONS[acting.role]
