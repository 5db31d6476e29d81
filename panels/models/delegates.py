"""Who may be named to stand for a seat: the council's people who sit on panels, and for the provider's seat its own."""

from django.db.models import Q

from core.models import User
from core.roles import Role
from panels.choices import PanelKind

SIT = (Role.PANEL_MEMBER, Role.CHAIR, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE)


def delegates_for(panel, seat):
    """People of the council; for the provider's seat also the holder's colleagues, and for a contract's review other commissioners."""
    roles = (*SIT, Role.COMMISSIONER) if panel.kind == PanelKind.CONTRACT_REVIEW else SIT
    council = User.objects.holding(*roles, authority=panel.authority_id)
    found = Q(pk__in=council.values("pk"))
    if seat.is_provider:
        colleagues = User.objects.holding(Role.PROVIDER_MANAGER, Role.PRACTITIONER).filter(organisation=seat.holder.organisation_id)
        found |= Q(pk__in=colleagues.values("pk"))
    return User.objects.filter(found)
