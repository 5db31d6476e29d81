"""Who presents an item."""

from django.db import transaction

from core import audit
from core.models import User
from core.rules import refuse_if
from panels.choices import OPEN_FOR_BUSINESS
from panels.models import AgendaItem
from panels.rules.agenda import why_not_add_business


@transaction.atomic
def set_presenters(item: AgendaItem, *, presenter: User | None, presenting_manager: User | None, by: User) -> AgendaItem:
    """Say who presents an item, and which manager presents with them; it stays so until the item is heard."""
    refuse_if(why_not_add_business(item.meeting.status in OPEN_FOR_BUSINESS))

    item.presenter, item.presenting_manager = presenter, presenting_manager
    item.save(update_fields=["presenter", "presenting_manager"])

    audit.record(
        "agenda_item.presenters_set", on=item, by=by, authority=item.meeting.panel.authority,
        sentence=f"Said who presents item {item.number} of {item.meeting}.",
    )  # fmt: skip
    return item
