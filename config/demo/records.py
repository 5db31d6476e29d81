"""Records kept to named people, opened in an emergency, and shared: what the demonstration shows of it."""

from datetime import timedelta

from core import clock
from referrals.actions.restriction import break_glass, restrict_child
from referrals.actions.sharing import add_protocol, record_disclosure, record_fact, record_told
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

    story.at(story.since + timedelta(days=20), 9, lambda: _protocols(borough))
    story.at(today - timedelta(days=16), 15, lambda: _share(borough))
    story.at(today - timedelta(days=30), 11, restrict)
    story.at(today - timedelta(days=6), 16.5, emergency)


def _child(name: str) -> Child:
    return Child.objects.get(full_name=name)


def _share(borough) -> None:
    """What the family of one child was told and said, and what the police were told."""
    child, day, by = _child("Jayden Marlow"), clock.today(), borough.sw
    holder = child.people.filter(has_parental_responsibility=True).first()
    record_told(child, how="spoken", told_on=day, note="He asked whether school can see it.", by=by)
    record_told(child, person=holder, how="letter", told_on=day, by=by)
    record_fact(child, kind="files", answer="given", person=holder, said_on=day - timedelta(days=60), by=by)
    record_fact(child, kind="files", answer="withdrawn", person=holder, said_on=day, note="Wants to read them first.", by=by)
    record_disclosure(
        child, recipient="police", recipient_name="Duty sergeant, Ashmere", purpose="safeguarding",
        what="The addresses of two friends, on the evening he was late home.", shared_on=day, by=by,
    )  # fmt: skip


def _protocols(borough) -> None:
    """Local agreements, one of which nobody has supplied yet."""
    today = clock.today()
    for name, parties, covers, held in (
        ("Safeguarding information sharing", "Council, police, health", "Keeping children safe; missing children; exploitation", True),
        ("Crime and disorder", "Council, police", "Information asked for to prevent or look into a crime", True),
        ("Health records of children in care", "Council, health", "Assessments and plans shared for a child’s care", False),
    ):
        add_protocol(
            authority=borough.authority, name=name, parties=parties, covers=covers, owner_role="Information governance officer",
            from_on=today, review_on=today + timedelta(days=730), is_held=held, source="002:683", by=borough.ig,
        )  # fmt: skip
