"""What waiting children need: contacts, bands to look at again, plans to agree; and messages unread."""

from datetime import timedelta

from core import clock
from core.dates import day_in_words
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing
from referrals.models import Referral, ReferralMessage
from referrals.models.waiting_list import waiting_lines

SOON = timedelta(days=7)


def contacts_and_bands(user) -> list[Thing]:
    """Contacts due within a week, and bands that nobody has looked at in time."""
    found, today = [], clock.today()
    for row in (row for line in waiting_lines(user) for row in line.rows):
        ref = row.referral.reference
        if row.contact_due <= today + SOON:
            last = f"Last contact {day_in_words(row.last_contact.made_at.date())}." if row.last_contact else "None yet."
            found.append(Thing(f"Be in touch about {ref}", f"/waiting-list/{ref}/contact", last, row.contact_due))
        elif row.band_is_due:
            due = row.look_again_on or today
            words = f"Its priority has not been looked at for {row.look_every} days."
            found.append(Thing(f"Look at the priority of {ref} again", f"/waiting-list/{ref}/contact", words, due))
    return found[:MOST_OF_A_KIND]


def plans_to_agree(user) -> list[Thing]:
    """What helps while a child waits, for the referrer to agree."""
    rows = Referral.objects.visible_to(user).waiting().filter(author=user, waiting_plan__agreed_at=None)
    rows = rows.exclude(waiting_plan=None).select_related("waiting_plan").order_by("waiting_plan__made_at", "pk")
    return [
        Thing(
            f"Agree what helps while {row.reference} waits", f"/waiting-list/{row.reference}/plan/agree",
            "The carer’s sheet prints it.", row.waiting_plan.made_at.astimezone(clock.LONDON).date() + SOON,
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip


def messages_unread(user) -> list[Thing]:
    """Messages to this person's role on referrals they may see, not read yet."""
    rows = ReferralMessage.objects.visible_to(user).unread_by(user).filter(
        to_roles__contains=[user.acting.role], referral__in=Referral.objects.visible_to(user), referral__child__died_on=None,
    )
    found = dict.fromkeys(
        message.referral for message in rows.select_related("referral").order_by("written_at", "pk")[:MOST_OF_A_KIND]
    )
    return [Thing(f"Read a message about {r.reference}", f"{r.get_absolute_url()}/messages", "Unread.", clock.today()) for r in found]
