"""Words for contracts and money."""

from django.db import models


class ContractState(models.TextChoices):
    """Where a contract has got to."""

    PROPOSED = "proposed", "Proposed"
    ACTIVE = "active", "Active"
    ENDED = "ended", "Ended"


class LotKind(models.TextChoices):
    """A contract's parts."""

    CORE = "core", "Core"
    PILOT = "pilot", "Pilot"


class Board(models.TextChoices):
    """The boards that the steering group reports to, or is linked with (000:65-74)."""

    SCIP = "scip", "Social Care Investment Plan Board"
    BENEFITS = "bmb", "Benefits Monitoring Board"
