"""Who may be given a role, who agrees it, and when a role and an account end: judged without a database."""

from dataclasses import dataclass
from datetime import date

from core.models.authority import OrganisationKind
from core.roles import Role
from core.rules import FieldReason

OF_PROVIDERS = {Role.PRACTITIONER, Role.PROVIDER_MANAGER}
OF_ANYBODY = {Role.PANEL_MEMBER}
OF_TEAMS = {Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER}
LAST = "Nobody else is system administrator after that day. Have somebody named first."


@dataclass(frozen=True)
class AskedRole:
    """The role that is asked for: which, at what kind of organisation, for teams or none, from when and until when, and why."""

    role: str
    kind: str
    has_teams: bool
    teams_are_theirs: bool
    from_on: date
    until_on: date | None
    because: str


def why_not_propose_role(asked: AskedRole, *, is_own: bool, is_closed: bool, is_there: bool, today: date) -> list[str]:
    """Nobody asks for a role of their own; a role fits where they work and its teams, from today or later, with why."""
    reasons = []
    if is_own:
        reasons.append("Nobody gives a role to themselves.")
    if is_closed:
        reasons.append("Their account is closed. Open it again first.")
    if is_there:
        reasons.append(FieldReason("role", "They hold that role there already, or it waits for a second person."))
    if not asked.because.strip():
        reasons.append(FieldReason("because", "Say why they need this role."))
    return [*reasons, *_why_not_there(asked), *_why_not_then(asked, today)]


def _why_not_there(asked: AskedRole) -> list[str]:
    """A role belongs to a kind of organisation, and some to teams of it."""
    reasons = []
    wants = {OrganisationKind.PROVIDER} if asked.role in OF_PROVIDERS else {OrganisationKind.COUNCIL}
    if asked.role not in OF_ANYBODY and asked.kind not in wants:
        who = "a provider" if asked.role in OF_PROVIDERS else "the council"
        reasons.append(FieldReason("organisation", f"This role is for people of {who}."))
    if asked.role in OF_TEAMS and not asked.has_teams:
        reasons.append(FieldReason("teams", "Choose the teams that this role is for."))
    if asked.has_teams and (asked.role not in OF_TEAMS or not asked.teams_are_theirs):
        reasons.append(FieldReason("teams", "Choose teams of that organisation, and only for social workers and their managers."))
    return reasons


def _why_not_then(asked: AskedRole, today: date) -> list[str]:
    reasons = []
    if asked.from_on < today:
        reasons.append(FieldReason("from_on", "A role begins today or later."))
    if asked.until_on is not None and asked.until_on <= asked.from_on:
        reasons.append(FieldReason("until_on", "The last day comes after the first."))
    return reasons


def why_not_answer_role(*, waits: bool, is_proposer: bool, is_own: bool, may_agree: bool, is_closed: bool, is_over: bool) -> list[str]:
    """A role is agreed once and while it would still be held, by somebody who may, who neither asked for it nor is to have it."""
    if not waits:
        return ["It does not wait for an answer any more."]
    reasons = {
        "You asked for it: somebody else agrees.": is_proposer,
        "Nobody agrees a role for themselves.": is_own,
        "Your role does not agree to roles.": not may_agree,
        "Their account is closed.": is_closed,
        "Its last day has passed. Turn it down, and have it asked for anew.": is_over,
    }
    return [reason for reason, stands in reasons.items() if stands]


def why_not_turn_down_role(*, waits: bool, may_agree: bool, is_proposer: bool, because: str) -> list[str]:
    """Whoever may agree turns it down, and whoever asked takes it back, with why, while it waits."""
    if not waits:
        return ["It does not wait for an answer any more."]
    reasons = []
    if not may_agree and not is_proposer:
        reasons.append("Only whoever asked for it, or may agree it, turns it down.")
    if not because.strip():
        reasons.append(FieldReason("note", "Say why not."))
    return reasons


def why_not_end_role(*, has_ended: bool, until_on: date, today: date, is_last_administrator: bool, because: str) -> list[str]:
    """A role ends once, today or later, with why; the last system administrator's does not."""
    reasons = []
    if has_ended:
        reasons.append("That role has ended already.")
    if until_on < today:
        reasons.append(FieldReason("until_on", "A role ends today or later."))
    if is_last_administrator:
        reasons.append(LAST)
    if not because.strip():
        reasons.append(FieldReason("because", "Say why it ends."))
    return reasons


def why_not_close_account(*, is_own: bool, is_closed: bool, works_elsewhere: bool, is_last_administrator: bool, because: str) -> list[str]:
    """An account is closed by somebody else, with why; not where another council needs it, nor the last system administrator's."""
    reasons = []
    if is_closed:
        reasons.append("This account is closed already.")
    if is_own:
        reasons.append("Nobody closes their own account.")
    if works_elsewhere:
        reasons.append("They hold a role for another council too. End the roles for yours instead.")
    if is_last_administrator:
        reasons.append(LAST)
    if not because.strip():
        reasons.append(FieldReason("because", "Say why it is closed."))
    return reasons


def why_not_open_account(*, is_closed: bool, is_own: bool) -> list[str]:
    """A closed account is opened again by somebody else; its roles have ended and are agreed anew."""
    reasons = []
    if not is_closed:
        reasons.append("This account is open already.")
    if is_own:
        reasons.append("Nobody opens their own account.")
    return reasons


def why_not_send_link(*, is_closed: bool, is_invented: bool, by_directory: bool, holds_a_role: bool) -> list[str]:
    """A link for a password goes to whoever holds a role here and has no directory that keeps it."""
    reasons = []
    if is_closed:
        reasons.append("Their account is closed. Open it again first.")
    if is_invented:
        reasons.append("Invented people sign in by a button.")
    if by_directory:
        reasons.append("They sign in by their directory, which keeps their password.")
    if not holds_a_role:
        reasons.append("They hold no role today. Ask for one first.")
    return reasons
