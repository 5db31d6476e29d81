"""What every register of a contract shares: whose it is, and who reads it."""

from django.db import models

from contracts.models.contract import Contract
from core.roles import Permission, Role


class RegisterQuerySet(models.QuerySet):
    """Rows of a contract's registers, asked for in words."""

    def visible_to(self, user):
        """Those of contracts the person sees, for roles that read registers."""
        if user.acting is None or not user.can(Permission.SEE_ASSURANCE):
            return self.none()
        return self.filter(contract__in=Contract.objects.visible_to(user))


def reads_names(user) -> bool:
    """Whether a person reads the names of a provider's staff: its own manager does."""
    return user.acting is not None and user.acting.role == Role.PROVIDER_MANAGER
