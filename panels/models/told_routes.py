"""The route to the high risk panel, told to the page of how a young person moves on."""

from core import clock
from core.dates import age_on
from core.roles import Permission
from panels.choices import PanelKind
from panels.models.panel import Panel
from panels.models.routes import HighRiskRequest
from panels.rules.routes import OLDEST, YOUNGEST
from referrals.models.onward_routes import OnwardRoute, tell_route


@tell_route
def high_risk_panel(child, user) -> OnwardRoute | None:
    """For a young person of the right age whose council has the panel: where it has got to, and how to ask."""
    if not user.can(Permission.START_REFERRALS) or child.born_on is None:
        return None
    if not YOUNGEST <= age_on(child.born_on, clock.today()) <= OLDEST:
        return None
    panel = Panel.objects.filter(authority=child.authority_id, kind=PanelKind.HIGH_RISK).order_by("pk").first()
    if panel is None:
        return None
    rows = HighRiskRequest.objects.visible_to(user).filter(child=child).select_related("item__meeting__panel")
    last = rows.order_by("-asked_at", "-pk").first()
    return OnwardRoute(panel.name, f"{child.get_absolute_url()}/high-risk", last.stands if last else "Not asked yet")
