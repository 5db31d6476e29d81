"""Terms of reference that wait for somebody: a party's signature, and a proposal to read."""

from django.db.models import Exists, OuterRef

from core import clock
from core.dates import day_in_words
from core.roles import Role
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing
from panels.models import Alteration, SeatHolder, Signature
from panels.models.room import holds_the_chair

SIGNS = {Role.CHAIR, Role.PROVIDER_MANAGER}


def to_sign(user) -> list[Thing]:
    """Versions that a body has adopted and the party one acts for has not signed, for its chair and for the provider's own manager."""
    mine = SeatHolder.objects.on(clock.today()).filter(panel=OuterRef("terms__panel"), person=user)
    rows = Signature.objects.filter(
        Exists(mine), party=user.acting.organisation_id, signed_on=None, terms__state="adopted"
    ).select_related("terms__panel", "party")
    return [
        Thing(
            f"Sign the terms of {row.terms.panel}, version {row.terms.version}", f"{row.terms.get_absolute_url()}/sign",
            f"It is adopted, and governs once every party has signed. Yours is {row.party}.",
        )
        for row in rows.order_by("pk")[:MOST_OF_A_KIND]
        if user.acting.role in SIGNS or holds_the_chair(row.terms.panel, user)
    ]  # fmt: skip


def proposals(user) -> list[Thing]:
    """Proposals to change terms that were sent to the person as chair, until the meeting that considers them."""
    rows = Alteration.objects.filter(sent_to=user, state="sent").select_related("panel", "proposed_by", "meeting__panel")
    return [
        Thing(
            f"Read a proposal to change the terms of {row.panel}", row.get_absolute_url(),
            f"From {row.proposed_by.full_name}. "
            + (f"It is considered first on {day_in_words(row.meeting.on)}." if row.meeting else "It waits for a meeting to be called."),
            row.meeting.on if row.meeting else None,
        )
        for row in rows.order_by("sent_at", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip
