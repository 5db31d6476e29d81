"""Numbers by date, and clients of the interface, that wait for a second person."""

from core.dates import day_in_words
from core.models import DatedSetting
from core.readings import reading
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after
from kpis.models import ApiClient


def numbers_to_confirm(user) -> list[Thing]:
    """Numbers that somebody else settled and this person may confirm, by the day they are to hold from."""
    rows = DatedSetting.objects.visible_to(user).filter(is_proposed=True, authority=user.acting.authority_id).exclude(settled_by=user)
    found = [(row, reading(row.name)) for row in rows.order_by("from_on", "pk")[:MOST_OF_A_KIND]]
    return [
        Thing(
            f"Confirm or refuse a number: {one.label[:1].lower()}{one.label[1:]} {one.in_words(row.value)}", f"/admin/settings/{row.name}",
            f"To hold from {day_in_words(row.from_on)}.", row.from_on,
        )
        for row, one in found
        if one is not None
    ]  # fmt: skip


def clients_to_agree(user) -> list[Thing]:
    """Clients of the interface that somebody else made, the longest waiting first."""
    rows = ApiClient.objects.to_agree(user).select_related("made_by").order_by("made_at", "pk")
    return [
        Thing(
            f"Agree to a client of the interface, or revoke it: {row.name}", row.get_absolute_url(),
            f"Made by {row.made_by.full_name}. Its token works when you have agreed.", working_days_after(row.made_at, 1),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip
