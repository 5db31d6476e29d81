"""How support was planned, told, ended and asked after in the borough; everything in it is invented."""

from datetime import timedelta

from core import clock
from referrals.actions.ending import finish_ending, record_check, write_ending
from referrals.actions.plan import add_plan_action, finish_plan_action, review_plan, write_plan
from referrals.actions.sessions import assess_home, record_session
from referrals.actions.stay import end_stay
from referrals.actions.telling import tell_child
from referrals.actions.transition import (
    link_children,
    plan_handover,
    record_disengagement,
    record_onward,
    record_resident,
)
from referrals.models import Referral, Stay, SustainedCheck, Telling

WRITTEN = {
    "reason": {
        "why": "goals met", "goal_achieved": "yes", "outcome": "stayed", "works_with_changed": "yes",
        "works_with_words": "Nights are calmer, and there is a plan for the evenings that both keep to.",
    },
    "next": {
        "lives_next": "In the same home as before.",
        "supports_next": "The school’s pastoral lead, every Tuesday, and the duty team on 01632 960000.",
    },
    "exit": {
        "exit_plan": "Visits every two weeks in the last month, then a call a week for four weeks.",
        "relapse_plan": "The first sign is not sleeping. The carer rings the duty team, and we come the same evening.",
        "child_agrees": "agrees", "carer_agrees": "agrees", "agencies": "School and the family GP practice.",
    },
    "feedback": {
        "child_helped": "a lot", "child_feedback": "It was good that it was the same person every time.",
        "carer_helped": "a lot", "carer_feedback": "Somebody to ring in the evening made the difference.",
    },
}  # fmt: skip
SAID = [
    "OK. When does it start?", "I knew already because you rang.", "Can I choose which day they come?",
    "Good. Tell Nan as well.", "I don’t want to talk about it today.",
]  # fmt: skip
OUTCOMES = ["stayed", "from:foster", "instead:home", "from:lodgings", "stayed"]
ACTIONS = [
    ("Plan each evening with the carer for three weeks", "Losing the home after bad nights", "An evening plan on the fridge, kept five nights in seven", "Ella Rowe", -20),
    ("Meet school about the two lessons that go wrong", "Being sent home from school", "A timetable that all have signed", "The social worker", 9),
]  # fmt: skip


def written(stay, turn: int, *, by, tasks=tuple(WRITTEN)) -> None:
    """What was written before a stay ended."""
    for task in tasks:
        answers = dict(WRITTEN[task])
        if task == "reason":
            answers["outcome"] = OUTCOMES[turn % len(OUTCOMES)]
            answers["goal_achieved"] = "partly" if turn % 3 == 1 else "yes"
        write_ending(stay, task=task, answers=answers, by=by)


def ended(stay, turn: int, reason: str, *, by) -> None:
    """A stay ends as planned; a move from a bed to outreach asks only the reason and the next home."""
    written(stay, turn, by=by, tasks=("reason", "next") if stay.is_living else tuple(WRITTEN))
    end_stay(stay, on=clock.today(), reason=reason, by=by)


def ended_early(stay, turn: int, *, by) -> None:
    """A stay ends before its plan; the exit plan is written some days after."""
    end_stay(stay, on=clock.today(), unplanned_because="The carer was taken ill, and an aunt took over the same day.", by=by)
    with clock.held_at(clock.now() + timedelta(days=3)):
        written(stay, turn, by=by)
        finish_ending(stay, by=by)


def tell(borough, today) -> None:
    """After all that happened: children told, plans made, sessions held, and how things were later."""
    _told(borough, today)
    _planned(borough, today)
    _later(borough, today)
    for home in borough.hub.homes.all():
        with clock.held_at(today - timedelta(days=40)):
            assess_home(
                home, children_say="It is loud after ten. We like cooking together.", carers_say="Mornings go well; handovers are rushed.",
                families_say="They want to be rung before weekends, not after.", professionals_say="School sees a calmer start to the day.",
                needs="A quiet hour after ten and a longer handover.", support="Consultation every two weeks on evenings.",
                review_on=today + timedelta(days=20), by=borough.art,
            )  # fmt: skip


def _told(borough, today) -> None:
    """Decisions of more than a week ago have been told; the last ones are still to tell."""
    last = Telling.objects.filter(teller=borough.sw).order_by("-pk").first()
    tell_child(last, words=last.words, teller=borough.sw, due_on=today + timedelta(days=2), by=borough.sw)
    rows = Telling.objects.filter(due_on__lt=today - timedelta(days=2)).select_related("teller")
    for turn, telling in enumerate(rows.order_by("pk")):
        on = telling.due_on - timedelta(days=1 + turn % 3)
        with clock.held_at(on):
            tell_child(
                telling, words=telling.words, teller=telling.teller, due_on=telling.due_on, told_on=on,
                child_said=SAID[turn % len(SAID)], by=telling.teller,
            )  # fmt: skip


def _planned(borough, today) -> None:
    """Plans for some of those supported, with actions, a review and sessions."""
    rows = Referral.objects.filter(status__in=["SUPPORTED", "STEP_DOWN"]).select_related("child").order_by("pk")
    for turn, referral in enumerate(rows[:5]):
        child, began = referral.child, today - timedelta(days=45)
        with clock.held_at(began):
            plan = write_plan(
                child, referral=referral, goal="stay in family", by=borough.worker,
                outcomes="Evenings without a call to the police, and five days a week at school.",
                coping="A walk with the dog. Ten minutes alone in the kitchen before talking.", given_at="foster home",
                child_agrees=("agrees", "part", "not asked")[turn % 3], carer_agrees="agrees",
                child_words="I said yes to the walks. Not to the diary." if turn % 3 < 2 else "",
                review_on=today - timedelta(days=3), envisaged_end_on=None if turn == 3 else today + timedelta(weeks=6 + turn),
            )  # fmt: skip
            for what, lessens, known_by, owner, days in ACTIONS:
                add_plan_action(
                    plan, what=what, known_by=known_by, lessens=lessens, owner_name=owner,
                    due_on=today + timedelta(days=days), by=borough.worker,
                )  # fmt: skip
            record_session(
                child, referral=referral, kind="consultation", held_on=began, given_at="council base",
                led_by="Dr Ines Falk, consultant psychologist", about="What sets off the hard evenings, and what each of us does then.",
                came=["Foster carer", "Ella Rowe"], did_not_come=["Social worker"] if turn % 2 else [],
                carer_needs="One evening a week off.", by=borough.worker,
            )  # fmt: skip
        if turn != 4:
            with clock.held_at(today - timedelta(days=4)):
                finish_plan_action(
                    plan.actions.get(number=1), done_on=today - timedelta(days=18), came_of_it="Five evenings in seven, two weeks running.", by=borough.worker
                )
                review_plan(
                    plan, held_on=today - timedelta(days=4), who="The child, the carer, Ella Rowe and school",
                    seen="Evenings are calmer. Mornings before maths are not.", child_view="It is better. Keep the walks.",
                    next_review_on=today + timedelta(weeks=5), envisaged_end_on=plan.envisaged_end_on, by=borough.worker,
                )  # fmt: skip


def _later(borough, today) -> None:
    """Checks whose day has come, and examples of moving on."""
    for check in SustainedCheck.objects.filter(due_on__lt=today).select_related("referral").order_by("pk")[:3]:
        with clock.held_at(check.due_on + timedelta(days=2)):
            record_check(
                check, lives="In the same home.", is_sustained="yes", came_back="no", by=check.referral.author
            )
    bed = Stay.objects.filter(state="begun", is_living=True, starts_on__lt=today).select_related("place__provision", "child").order_by("pk").first()
    if bed:
        record_resident(bed, called="Bo", born_on=bed.starts_on, from_on=bed.starts_on, by=borough.worker)
    rows = list(Referral.objects.filter(status="SUPPORTED").select_related("child", "author").order_by("pk")[:4])
    with clock.held_at(today - timedelta(days=6)):
        record_disengagement(
            rows[0].child, referral=rows[0], noticed_on=today - timedelta(days=8), by=borough.worker,
            noticed="Three visits where the door was not opened.", tried="Rang, wrote a card, and came with the school’s worker.",
        )  # fmt: skip
        record_onward(
            rows[1].child, to="Ashmere young carers", why="Looks after a parent at weekends and wants to meet others who do.",
            referred_on=today - timedelta(days=6), by=borough.worker,
        )  # fmt: skip
        link_children(rows[2].child, other=rows[3].child, relation="half", by=borough.sw)
        eldest = Referral.objects.filter(status="REDIRECTED").select_related("child").order_by("child__born_on").first()
        if eldest:
            plan_handover(
                eldest.child, identified_on=today - timedelta(days=6), needs="Somebody to ring at night, and help with money.",
                adult_service="Ashmere adult mental health team", by=eldest.author,
            )  # fmt: skip
