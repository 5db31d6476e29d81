"""The head that every page of one child's record shares."""

from core import clock
from core.dates import day_in_words
from core.roles import Permission
from core.tabs import tabs_for
from referrals.models import Child
from referrals.models.care_facts import care_of, standing_of
from referrals.models.child_page import tasks_from
from referrals.rules.journey import monday


def facts_of(child, user, **more) -> dict:
    """What the bar is made of for this person, and whatever more a page asks of the child, read in one question."""
    return care_of(child, user, **more) if _records(child, user) else standing_of(child, user, **more)


def head_of(child, request, facts: dict | None = None) -> dict:
    """Give the bar's facts and tabs: what the child is called, reference and age, status and what is next.

    Who may open no child reads the reference alone; `facts` are what `facts_of` gave a page that asked for more.
    """
    user = request.user
    opens = user.can(Permission.SEE_CHILDREN)
    return {
        "child": child,
        "record_name": child.called if opens else child.reference,
        "record_facts": [child.reference, _age_of(child)] if opens else [],
        "tabs": tabs_for("child", child.reference, user=user, path=request.path),
        **(_standing(child, user, facts or facts_of(child, user)) if opens else {}),
    }


def _age_of(child) -> str:
    """How old the child is; after a death, the day, on every page of the record."""
    if child.died_on is not None:
        return f"died {day_in_words(child.died_on)}"
    return f"age {child.age}" if child.age is not None else "age not known"


def _records(child, user) -> bool:
    """Whether this person writes the child's weeks down; nobody does after a death."""
    return user.can(Permission.RECORD_JOURNEYS) and child.died_on is None


def _standing(child, user, facts: dict) -> dict:
    """The newest referral's status; and for whoever records weeks, what needs doing and the one deed."""
    records, newest = _records(child, user), facts["referrals"][:1]
    status = newest[0].status_seen_by(user) if newest else None
    tasks = tasks_from(facts, child) if records else []
    return {
        "status_label": status.label if status else "",
        "status_tone": status.tone if status else "",
        "next_line": _next_line(tasks),
        "deed_url": f"{child.get_absolute_url()}/journey/{monday(clock.today()).isoformat()}" if records else "",
        "deed_label": "Record this week",
        "tasks": tasks,
    }


class ChildRecord:
    """What every page of one child shows at its head."""

    model = Child
    permission = Permission.SEE_CHILDREN

    def records(self):
        return super().records().select_related("social_worker", "team", "care", "authority")

    def identity(self, child, facts: dict | None = None):
        """The bar at the head of this page, of what it read already where it did."""
        return head_of(child, self.request, facts)


class CareRecord(ChildRecord):
    """The pages of homes, weeks, scores, reviews and documents: what the person may do on them too."""

    def identity(self, child, facts: dict | None = None):
        """The bar, and what the person may do on these pages."""
        user = self.request.user
        return {
            **super().identity(child, facts),
            "may_record": user.can(Permission.RECORD_JOURNEYS),
            "may_keep": user.can(Permission.KEEP_CARE_RECORDS),
            "may_compare": user.can(Permission.COMPARE_JOURNEYS),
        }


def _next_line(tasks) -> str:
    """The first thing to do, and by when."""
    if not tasks:
        return ""
    first = tasks[0]
    by = f", by {first.by:%A} {first.by.day} {first.by:%B}" if first.by and not first.is_late else ""
    return f"Next: {first.words[0].lower()}{first.words[1:]}{by}"
