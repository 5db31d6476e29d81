"""A record kept to named people, and once opened in an emergency: what the demonstration shows of it."""

from datetime import timedelta

from referrals.actions.restriction import break_glass, restrict_child
from referrals.models import Child


def keep_records(story) -> None:
    """Deeds about records, put into the story."""
    borough, today = story.borough, story.today

    def restrict():
        people = [borough.sw4, borough.tm2, borough.hos]
        restrict_child(
            _child("Callum Petrie"), ground="staff", because="An uncle works in the contact centre.", people=people, by=borough.hos
        )

    def emergency():
        reason = "He rang the out-of-hours line from a station and gave his name. I need to know who is safe to collect him."
        break_glass(_child("Callum Petrie").reference, because=reason, by=borough.sw)

    story.at(today - timedelta(days=30), 11, restrict)
    story.at(today - timedelta(days=6), 16.5, emergency)


def _child(name: str) -> Child:
    return Child.objects.get(full_name=name)
