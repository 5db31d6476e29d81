"""Of whom each part's commentary is asked, when again, and what was written, as the pack prints it."""

from datetime import date

from core import clock
from core.dates import day_in_words
from core.models import User
from core.roles import Role
from kpis.choices import PackPart
from kpis.rules.packs import chase_days
from panels.models.clocks import calendar_of
from panels.models.room import representatives

TITLES = {
    PackPart.RISKS: "risks", PackPart.REFERRALS: "referrals", PackPart.CAPACITY: "referrals", PackPart.INDICATORS: "contract",
    PackPart.BENEFITS: "benefits",
}  # fmt: skip
BY_PROVIDER = {PackPart.REFERRALS, PackPart.CAPACITY}
BY_COMMISSIONER = {PackPart.INDICATORS, PackPart.BENEFITS}


def people_to_ask(meeting) -> dict[str, User]:
    """Whoever presents the item; else the provider's seat on places, the commissioner on the contract; else who builds the pack."""
    presenters = {i.title.lower(): i.presenter for i in meeting.items.standing().select_related("presenter") if i.presenter_id}
    builder = User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=meeting.panel.authority).order_by("pk").first()
    seats = representatives(meeting)
    provider = next((seat.holder for seat in seats if seat.is_provider), None)
    commissioners = set(User.objects.holding(Role.COMMISSIONER).filter(pk__in=[seat.holder.pk for seat in seats]).values_list("pk", flat=True))
    commissioner = next((seat.holder for seat in seats if seat.holder.pk in commissioners), None)
    found = {}
    for part, word in TITLES.items():
        presenter = next((person for title, person in presenters.items() if word in title), None)
        by_post = provider if part in BY_PROVIDER else commissioner if part in BY_COMMISSIONER else None
        found[part.value] = presenter or by_post or builder
    return {part: person for part, person in found.items() if person is not None}


def days_to_chase(meeting) -> list[date]:
    """The days on which what is missing is asked for again, by the terms' own days."""
    terms = meeting.terms
    return chase_days(meeting.on, calendar_of(meeting), draft=terms.pack_draft_working_days, freeze=terms.pack_freeze_working_days)


def commentary_of(pack) -> dict:
    """What was written of each part, or of whom it was asked: as the pack prints it."""
    return {
        row.part: {
            "words": row.words, "asked": row.asked_of.full_name, "due": day_in_words(row.due_on),
            "by": row.written_by.full_name if row.written_by else "",
            "on": day_in_words(row.written_at.astimezone(clock.LONDON).date()) if row.written_at else "",
        }
        for row in pack.asked.select_related("asked_of", "written_by").order_by("pk")
    }  # fmt: skip
