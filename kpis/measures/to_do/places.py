"""Places that wait: to allocate, to answer, to start, to end."""

from datetime import timedelta

from django.db.models import Q

from core import clock
from core.dates import day_in_words
from core.roles import Permission
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after
from referrals.choices import StayState
from referrals.models import EmergencyStart, OnCallTurn, Referral, Stay


def _stays(user, **facts):
    """Stays the person may see, the soonest first."""
    rows = Stay.objects.visible_to(user).filter(child__died_on=None, **facts)
    rows = rows.select_related("place", "referral", "kept_for")
    return rows.order_by("planned_end_on", "pk")[:MOST_OF_A_KIND]


def offers_to_answer(user) -> list[Thing]:
    """Beds offered to a social worker's own children."""
    rows = _stays(user, state=StayState.OFFERED, child__social_worker=user)
    return [
        Thing(
            f"Answer the offer of a bed for {stay.referral.reference}", stay.get_absolute_url(),
            f"{stay.place} from {day_in_words(stay.starts_on)}.", stay.offered_until, "Then the offer lapses",
        )
        for stay in rows
    ]  # fmt: skip


def to_allocate(user) -> list[Thing]:
    """Children who wait for one of this provider's places, in the agreed order."""
    rows = Referral.objects.visible_to(user).filter(status="WAITING").order_by("waiting_since", "pk")
    return [
        Thing(
            f"Find a place for {row.reference}", "/waiting-list",
            f"Waiting for {row.get_wants_display().lower()} since {day_in_words(row.waiting_since.astimezone(clock.LONDON).date())}.",
            working_days_after(row.waiting_since, 10), row.get_band_display(),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip


def to_start(user) -> list[Thing]:
    """Stays accepted that begin on arrival."""
    rows = _stays(user, state=StayState.PLANNED, starts_on__lte=clock.today() + timedelta(days=7))
    return [
        Thing(
            f"Start {stay.referral.reference} in {_place(stay)}", stay.get_absolute_url(),
            "It begins when the child arrives.", stay.starts_on,
        )
        for stay in rows
    ]  # fmt: skip


def over_their_time(user) -> list[Thing]:
    """Stays past their planned end; nothing ends by itself."""
    rows = _stays(user, state=StayState.BEGUN, planned_end_on__lt=clock.today())
    return [
        Thing(
            f"{stay.referral.reference} is over its planned time", stay.get_absolute_url(),
            f"{stay.place}. End the stay or move its planned end.", stay.planned_end_on,
        )
        for stay in rows
    ]  # fmt: skip


def ending_soon(user) -> list[Thing]:
    """Stays with three weeks or less to go."""
    today = clock.today()
    rows = _stays(
        user, state=StayState.BEGUN, planned_end_on__gte=today, planned_end_on__lte=today + timedelta(weeks=3)
    )
    return [
        Thing(
            f"Plan the ending for {stay.referral.reference}", f"{stay.get_absolute_url()}/end",
            f"{stay.place} is planned to {day_in_words(stay.planned_end_on)}.", stay.planned_end_on - timedelta(weeks=1),
        )
        for stay in rows
    ]  # fmt: skip


def offers_made(user) -> list[Thing]:
    """Offers that a social worker has still to answer."""
    return [
        Thing(
            f"{stay.referral.reference} is offered {_place(stay)}", stay.get_absolute_url(),
            f"From {day_in_words(stay.starts_on)}.", stay.offered_until, waits_for="Social worker",
        )
        for stay in _stays(user, state=StayState.OFFERED)
    ]  # fmt: skip


def _place(stay) -> str:
    """The place's name inside a sentence."""
    name = str(stay.place)
    return name[0].lower() + name[1:]


def held_places_to_decide(user) -> list[Thing]:
    """Outreach places kept while a child is in a bed, from the bed's first review on."""
    if not user.can(Permission.RELEASE_PLACES):
        return []
    soon = clock.today() + timedelta(days=7)
    rows = _stays(user, kept_for__isnull=False, kept_decided_at=None, kept_for__review_on__lte=soon, state__in=["begun", "planned"])
    return [
        Thing(
            f"Keep or let go of {_place(stay)} for {stay.referral.reference}", stay.get_absolute_url(),
            "The child is in a bed, and its first review decides.", stay.kept_for.review_on,
        )
        for stay in rows
    ]  # fmt: skip


def emergencies_to_sign(user) -> list[Thing]:
    """Emergency starts that wait for a second signature."""
    if not user.can(Permission.SECOND_EMERGENCIES):
        return []
    rows = EmergencyStart.objects.visible_to(user).unsigned().filter(child__died_on=None).exclude(started_by=user)
    return [
        Thing(
            f"Sign second: the emergency start of {row.stay.referral.reference}", f"{row.stay.get_absolute_url()}/second",
            f"{row.stay.place}.", row.due_on,
        )
        for row in rows.select_related("stay__referral", "stay__place").order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def emergencies_to_finish(user) -> list[Thing]:
    """Referrals started in an emergency whose tasks are not done, for whoever started them and the child's worker."""
    if not user.can(Permission.START_REFERRALS) and not user.can(Permission.START_EMERGENCIES):
        return []
    rows = EmergencyStart.objects.visible_to(user).filter(Q(started_by=user) | Q(child__social_worker=user))
    rows = rows.filter(stay__referral__sent_at=None, stay__state="begun", child__died_on=None).select_related("stay__referral")
    return _came_over(user) + [
        Thing(
            f"Finish the tasks of {row.stay.referral.reference}", f"{row.stay.referral.get_absolute_url()}/tasks",
            "It was started in an emergency.", row.due_on,
        )
        for row in rows.order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def _came_over(user) -> list[Thing]:
    """Referrals of one's own children who came over from another service, not written yet; no day is set for them."""
    rows = Stay.objects.visible_to(user).filter(child__social_worker=user, child__died_on=None, state=StayState.BEGUN)
    rows = rows.exclude(transferred_from="").filter(referral__sent_at=None).select_related("referral").order_by("starts_on", "pk")
    return [
        Thing(
            f"Finish the tasks of {stay.referral.reference}", f"{stay.referral.get_absolute_url()}/tasks",
            f"The child came over from {stay.transferred_from}.", None,
        )
        for stay in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip


def on_call_now(user) -> list[Thing]:
    """One's own turn on call, with the page for the night."""
    if not user.can(Permission.SEE_DUTY):
        return []
    turns = OnCallTurn.objects.at(clock.now()).filter(person=user)
    return [
        Thing("You are on call: free beds and who to ring", "/places/duty", f"{turn}.", clock.today())
        for turn in turns.order_by("until_at")[:1]
    ]
