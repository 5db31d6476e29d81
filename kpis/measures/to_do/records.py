"""Records due for disposal, holds and subject access requests: whose step each waits for."""


from core.dates import day_in_words
from core.roles import Permission
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after
from kpis.models import Disposal, SubjectRequest
from kpis.models.subject_access import RequestState
from referrals.models import Hold
from referrals.models.hold import HoldState
from referrals.models.kept_until import come_due


def records_due(user) -> list[Thing]:
    """One line for the records whose day has come and that nothing keeps; none of them proposed."""
    proposed = set(Disposal.objects.visible_to(user).waiting().values_list("child_id", flat=True))
    due = [one for one in come_due(user.acting.authority_id) if not (one.is_held or one.is_open or one.child.pk in proposed)]
    if not due:
        return []
    records = "1 record is" if len(due) == 1 else f"{len(due)} records are"
    return [Thing("Look at records due for disposal", "/records", f"{records} due, the first since {day_in_words(due[0].kept.until)}.")]


def disposals_to_answer(user) -> list[Thing]:
    """Disposals that somebody else proposed."""
    rows = Disposal.objects.visible_to(user).waiting().exclude(proposed_by=user).select_related("proposed_by").order_by("proposed_at", "pk")
    return [
        Thing(f"Agree to disposal {row.reference} or refuse it", row.get_absolute_url(), f"Proposed by {row.proposed_by.full_name}.", working_days_after(row.proposed_at, 5))
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip


def holds_to_answer(user) -> list[Thing]:
    """Holds that somebody else asked to be placed or lifted."""
    rows = Hold.objects.visible_to(user)
    asked = rows.filter(state=HoldState.ASKED).exclude(asked_by=user).select_related("asked_by").order_by("pk")[:MOST_OF_A_KIND]
    lifting = rows.filter(state=HoldState.LIFTING).exclude(lift_asked_by=user).select_related("lift_asked_by").order_by("pk")[:MOST_OF_A_KIND]
    return [
        *(Thing(f"Agree to legal hold {row.reference} or turn it down", row.get_absolute_url(), f"Asked for by {row.asked_by.full_name}.", working_days_after(row.asked_at, 1)) for row in asked),
        *(Thing(f"Lift legal hold {row.reference} or let it stand", row.get_absolute_url(), f"Asked for by {row.lift_asked_by.full_name}.", working_days_after(row.lift_asked_at, 5)) for row in lifting),
    ]  # fmt: skip


def subject_requests(user) -> list[Thing]:
    """Requests whose next step is this person's, by the day they are due."""
    mine, rows = [], SubjectRequest.objects.visible_to(user).open().order_by("due_on", "pk")
    if user.can(Permission.KEEP_SUBJECT_REQUESTS):
        mine += [(RequestState.RECEIVED, "Gather the record for"), (RequestState.REDACTING, "Read through"), (RequestState.READY, "Give the pack of")]
    if user.can(Permission.JUDGE_HARM):
        mine.append((RequestState.HARM, "Judge serious harm in"))
    if user.can(Permission.CHECK_DISCLOSURES):
        mine.append((RequestState.CHECK, "Check what is given in"))
    deeds = dict(mine)
    had_part = {RequestState.HARM: {"redacted_by_id"}, RequestState.CHECK: {"redacted_by_id", "harm_judged_by_id"}}
    return [
        Thing(f"{deeds[row.state]} subject access request {row.reference}", row.get_absolute_url(), f"Due by {day_in_words(row.due_on)}.", row.due_on)
        for row in rows.filter(state__in=deeds)[:MOST_OF_A_KIND]
        if user.pk not in {getattr(row, name) for name in had_part.get(row.state, ())}
    ]  # fmt: skip
