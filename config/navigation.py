"""What stands round every page: the service navigation by role, and the frame's facts."""

from dataclasses import dataclass

from django.conf import settings

from core import clock
from core.roles import Role
from core.search import finders_for


@dataclass(frozen=True)
class NavItem:
    """One link of the service navigation."""

    label: str
    url: str


TO_DO = NavItem("To do", "/")
REFERRALS = NavItem("Referrals", "/referrals")
MY_REFERRALS = NavItem("My referrals", "/referrals")
CHILDREN = NavItem("Children", "/children")
SIGN_OFF = NavItem("Sign-off", "/sign-off")
WAITING = NavItem("Waiting list", "/waiting-list")
PLACES = NavItem("Places", "/places")
PANELS = NavItem("Panels", "/panels")
MEETINGS = NavItem("Meetings", "/meetings")
ACTIONS = NavItem("Actions", "/actions")
CALENDAR = NavItem("Calendar", "/calendar")
KPIS = NavItem("KPIs", "/kpis")
CONTRACT = NavItem("Contract", "/contracts")
PACKS = NavItem("Packs", "/steering/packs")
TERMS = NavItem("Terms of reference", "/terms-of-reference")
PEOPLE = NavItem("People", "/admin/people")
SETTINGS = NavItem("Numbers in force", "/admin/settings")
WORKING_DAYS = NavItem("Working days", "/admin/working-days")
CLIENTS = NavItem("Clients", "/admin/api-clients")
RESTRICTED = NavItem("Restricted records", "/restricted-records")
REPORTS = NavItem("Reports", "/reports")
FEEDBACK = NavItem("Feedback", "/feedback")
BENEFITS = NavItem("Benefits", "/benefits")
COMPLAINTS = NavItem("Complaints", "/complaints")
IMPORTS = NavItem("Imports", "/admin/import")
READING_LOG = NavItem("Reading log", "/reading-log")
RECORDS = NavItem("Records", "/records")
SUBJECT_ACCESS = NavItem("Subject access", "/subject-access")
MY_PAPERS = NavItem("My papers", "/papers")

NAVIGATION = {
    Role.SOCIAL_WORKER: [TO_DO, MY_REFERRALS, CHILDREN, CALENDAR],
    Role.TEAM_MANAGER: [TO_DO, SIGN_OFF, REFERRALS, WAITING, COMPLAINTS, CALENDAR],
    Role.SERVICE_MANAGER: [TO_DO, SIGN_OFF, REFERRALS, WAITING, MEETINGS, CALENDAR],
    Role.STRATEGIC_MANAGER: [TO_DO, SIGN_OFF, REFERRALS, WAITING, CALENDAR],
    Role.HEAD_OF_SERVICE: [TO_DO, MEETINGS, REFERRALS, PLACES, PACKS, CALENDAR],
    Role.PANEL_ADMINISTRATOR: [TO_DO, REFERRALS, PANELS, PLACES, ACTIONS, CALENDAR],
    Role.CHAIR: [TO_DO, MEETINGS, MY_PAPERS, PACKS, TERMS, CALENDAR],
    Role.PANEL_MEMBER: [TO_DO, MEETINGS, MY_PAPERS, PACKS, TERMS, CALENDAR],
    Role.PRACTITIONER: [TO_DO, REFERRALS, CHILDREN, FEEDBACK, CALENDAR],
    Role.PROVIDER_MANAGER: [TO_DO, PLACES, WAITING, CHILDREN, MEETINGS, CALENDAR],
    Role.COMMISSIONER: [TO_DO, KPIS, CONTRACT, PLACES, BENEFITS, REPORTS],
    Role.FINANCE: [TO_DO, CONTRACT, BENEFITS],
    Role.GOVERNANCE: [TO_DO, CHILDREN, RESTRICTED, RECORDS, SUBJECT_ACCESS, READING_LOG],
    Role.AUDITOR: [TO_DO, READING_LOG, MEETINGS, PACKS, RECORDS, SETTINGS],
    Role.ADMINISTRATOR: [TO_DO, PEOPLE, SETTINGS, WORKING_DAYS, IMPORTS, CLIENTS],
}


def frame(request):
    """The facts that base.html draws the header, the navigation and the footer from."""
    user = getattr(request, "user", None)
    acting = getattr(user, "acting", None) if user and user.is_authenticated else None
    items = NAVIGATION.get(acting.role, [TO_DO]) if acting else []
    return {
        "navigation": [
            {"label": item.label, "url": item.url, "current": _is_current(item, request.path)}
            for item in items
        ],
        "may_search": bool(acting and finders_for(user)),
        "acting": acting,
        "acting_role": acting.get_role_display() if acting else "",
        "council_name": acting.authority.name if acting and acting.authority else "",
        "demonstration": settings.DEMONSTRATION,
        "today": clock.today(),
        "service_version": settings.VERSION,
    }


def _is_current(item, path):
    return path == item.url if item.url == "/" else path.startswith(item.url)
