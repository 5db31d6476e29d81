"""A child's weeks are written down or confirmed, and the journeys theirs is compared with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import Child, JourneyEvent, JourneyWeek, Narrative, Scenario, ScenarioHome
from referrals.models.journey import IS_CONTACT
from referrals.models.journey_facts import journey_since, week_facts
from referrals.rules.journey import monday, why_not_event, why_not_record_week, why_not_scenario


def _keep_events(child: Child, events: Sequence[Mapping], by: User | None) -> None:
    """Write events down, each on its day."""
    JourneyEvent.objects.bulk_create(
        JourneyEvent(child=child, on=e["on"], kind=e["kind"], words=e["words"], recorded_by=by, recorded_at=clock.now()) for e in events
    )


def _why_not_events(week_on: date, events: Sequence[Mapping]) -> list[str]:
    """Why these events do not belong in this week."""
    today = clock.today()
    return [r for e in events for r in why_not_event(e["on"], week=week_on, today=today, field=e.get("field", "event_on"))]


@transaction.atomic
def add_event(child: Child, *, kind: str, on: date, words: str = "", by: User | None) -> JourneyEvent:
    """Write down one thing that happened, or that somebody saw the child; it does not confirm the week."""
    refuse_if(_why_not_events(monday(on), [{"on": on, "field": "on"}]))

    event = JourneyEvent.objects.create(child=child, kind=kind, on=on, words=words, recorded_by=by, recorded_at=clock.now())

    audit.record(
        "event.added", on=event, by=by, child=child, authority=child.authority,
        sentence=f"Wrote down what happened to {child.reference} on {day_in_words(on)}.",
    )  # fmt: skip
    return event


@transaction.atomic
def record_week(child: Child, week_on: date, *, is_same: bool, events: Sequence[Mapping] = (), note: str = "",
                by: User | None) -> JourneyWeek:  # fmt: skip
    """Write down a child's week: the same as the last, or what changed; the events are kept on their days.

    Each event is kind, on, words and, where a form has a name for its day, field. Writing a week
    again adds to it. Locks the child.
    """
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    reasons = why_not_record_week(week_on, today=clock.today(), since=journey_since(child)) + _why_not_events(week_on, events)
    before = week_facts([child], week_on)[child.pk]
    if not (is_same or note.strip() or events or before.events or before.incidents or before.moved or before.missing):
        reasons.append(FieldReason("event_words", "Say what changed, or that it was the same as last week."))
    refuse_if({str(reason): reason for reason in reasons}.values())

    _keep_events(child, events, by)
    contact = before.has_contact or any(event["kind"] in IS_CONTACT for event in events)
    week, _ = JourneyWeek.objects.update_or_create(
        child=child, week_on=week_on,
        defaults={"is_same": is_same, "had_contact": contact, "note": note, "recorded_by": by, "recorded_at": clock.now()},
    )  # fmt: skip

    _record_week(week, child, by)
    return week


def _record_week(week: JourneyWeek, child: Child, by) -> None:
    """One row in the child's trail."""
    same = "the same as the last" if week.is_same else "with what changed"
    audit.record(
        "week.recorded", on=week, by=by, child=child, authority=child.authority,
        sentence=f"Recorded the week of {child.reference} from {day_in_words(week.week_on)}, {same}.",
    )  # fmt: skip


@transaction.atomic
def confirm_weeks(week_on: date, *, same: Iterable[Child], changed: Iterable[tuple[Child, Mapping]] = (), by: User) -> int:
    """Confirm a week for many children: those the same as the last, and those with what changed, each in its own trail.

    Takes children the person may see. Somebody else may have recorded one meanwhile: that record stays.
    Gives how many were recorded.
    """
    what = dict(changed)
    children = sorted({*same, *what}, key=lambda child: child.pk)
    reasons = why_not_record_week(week_on, today=clock.today(), since=None)
    reasons += [reason for event in what.values() for reason in _why_not_events(week_on, [event])]
    refuse_if(reasons)

    facts = week_facts(children, week_on)
    fresh = []
    for child in children:
        event = what.get(child)
        contact = facts[child.pk].has_contact or bool(event and event["kind"] in IS_CONTACT)
        fresh.append(JourneyWeek(
            child=child, week_on=week_on, is_same=event is None, had_contact=contact, recorded_by=by, recorded_at=clock.now()
        ))  # fmt: skip
    JourneyWeek.objects.bulk_create(fresh, ignore_conflicts=True)
    made = {week.child_id: week for week in JourneyWeek.objects.filter(child__in=children, week_on=week_on, recorded_by=by)}
    for child in children:
        if child in what:
            _keep_events(child, [what[child]], by)
        if child.pk in made:
            _record_week(made[child.pk], child, by)
    return len(made)


@transaction.atomic
def set_scenario(child: Child, *, kind: str, basis: str, homes: Sequence[Mapping], agreed_on: date | None = None,
                 by: User | None) -> Scenario:  # fmt: skip
    """Write another way the journey might go, with its homes and prices; the one before is kept, replaced."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    reasons = why_not_scenario([(home["starts_on"], home.get("ends_on")) for home in homes])
    if not homes:
        reasons.append(FieldReason("words_1", "Write down at least one home."))
    if not basis.strip():
        reasons.append(FieldReason("basis", "Say what this rests on, so that others can judge it."))
    if agreed_on is not None and agreed_on > clock.today():
        reasons.append(FieldReason("agreed_on", "That day has not come yet."))
    refuse_if(reasons)

    Scenario.objects.filter(child=child, kind=kind, replaced_at=None).update(replaced_at=clock.now())
    scenario = Scenario.objects.create(
        child=child, kind=kind, basis=basis, agreed_on=agreed_on or clock.today(), made_by=by, made_at=clock.now()
    )
    ScenarioHome.objects.bulk_create(ScenarioHome(scenario=scenario, **home) for home in homes)

    audit.record(
        "scenario.set", on=scenario, by=by, child=child, authority=child.authority,
        sentence=f"Wrote a journey to compare {child.reference} with: {scenario.get_kind_display().lower()}.",
    )  # fmt: skip
    return scenario


@transaction.atomic
def write_narrative(child: Child, *, benefit: str, evidence: str = "", by: User | None) -> Narrative:
    """Write what the journey changed for the child, and how we know; earlier words are kept in its history."""
    refuse_if([] if benefit.strip() else [FieldReason("benefit", "Say what changed for the child.")])

    narrative, _ = Narrative.objects.update_or_create(
        child=child,
        defaults={"benefit": benefit, "evidence": evidence, "written_by": by, "written_at": clock.now()},
    )

    audit.record(
        "narrative.written", on=narrative, by=by, child=child, authority=child.authority,
        sentence=f"Wrote what the journey of {child.reference} changed.",
    )  # fmt: skip
    return narrative
