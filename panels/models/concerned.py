"""Whom an item concerns by its own facts: those who present it, and those of a provider it chooses among."""

from dataclasses import dataclass

from core.models import User
from core.roles import Role
from panels.models.agenda_item import AgendaItem
from panels.models.interest import Recusal

PROVIDERS = (Role.PROVIDER_MANAGER, Role.PRACTITIONER)


@dataclass(frozen=True)
class Concerned:
    """One person, one item, and why they are out of its decision."""

    item: AgendaItem
    person: User
    because: str


def those_concerned(meeting, served: list[User]) -> list[Concerned]:
    """Of those served, whoever an item of the agenda concerns and who is not yet out of it, in its order.

    Having signed a referral off is not an interest, and neither is the seat that the terms give the provider.
    """
    out = set(Recusal.objects.filter(item__meeting=meeting, withdrawn_at=None).values_list("item_id", "person_id"))
    items = meeting.items.standing().select_related("referral").in_order()
    of_a_provider = _of_a_provider(served)
    found = [
        Concerned(item, person, because)
        for item in items
        for person in served
        if (because := _because(item, person, of_a_provider)) and (item.pk, person.pk) not in out
    ]
    for row in found:
        row.item.meeting = meeting
    return found


def _because(item, person, of_a_provider: set[int]) -> str:
    """Why an item concerns somebody; nothing where it does not."""
    presents = {item.presenter_id, item.presenting_manager_id}
    if item.referral_id:
        presents |= {item.referral.author_id, item.referral.joint_referrer_id}
        if person.pk in presents:
            return "Presents this referral."
    if item.chooses_provider and person.pk in of_a_provider:
        return "Works for a provider that this item chooses among."
    return ""


def _of_a_provider(people) -> set[int]:
    """Those who act for a provider."""
    rows = User.objects.holding(*PROVIDERS).filter(pk__in=[person.pk for person in people])
    return set(rows.values_list("pk", flat=True))
