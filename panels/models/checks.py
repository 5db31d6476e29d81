"""Before circulating: every row that passes or needs a look, and who gets what."""

from dataclasses import dataclass

from core import clock
from core.dates import day_in_words
from panels.choices import Answer, ItemKind, PanelKind
from panels.models.clocks import calendar_of, papers_due_on
from panels.models.commitment import ask_of
from panels.models.concerned import those_concerned
from panels.models.interest import Recusal
from panels.models.readiness import missing_by_item, unsigned_by_item
from panels.models.room import people_served, representatives
from panels.rules.quorum import Attendee, Seat, why_not_quorate

MOST = 60


@dataclass(frozen=True)
class Check:
    """One row: whether it passes, what it is about, and why."""

    passes: bool
    what: str
    why: str
    tells_authors: bool = False

    @property
    def result(self) -> str:
        """The chip's word."""
        return "pass" if self.passes else "check"


class Checks:
    """One meeting's agenda before it goes out, read once."""

    def __init__(self, meeting, items):
        self.meeting, self.items = meeting, list(items)[:MOST]
        self.of_referrals = [item for item in self.items if item.referral_id]
        self.served = people_served(meeting)
        self.due, self.today = papers_due_on(meeting), clock.today()
        self.missing = missing_by_item(self.of_referrals)
        self.unsigned = unsigned_by_item(self.of_referrals)
        self.out = self._out()

    def _out(self) -> dict[int, set[int]]:
        """By person, the keys of the items they will not receive."""
        rows = Recusal.objects.filter(item__meeting=self.meeting, withdrawn_at=None).values_list("person_id", "item_id")
        found: dict[int, set[int]] = {}
        for person, item in rows:
            found.setdefault(person, set()).add(item)
        for row in those_concerned(self.meeting, [person for _, person in self.served]):
            found.setdefault(row.person.pk, set()).add(row.item.pk)
        return found

    @property
    def is_late(self) -> bool:
        """The last day to circulate has passed."""
        return self.today > self.due

    def rows(self) -> list[Check]:
        """Every check, in the order in which they matter."""
        return [
            self._notice(), self._in_advance(), self._papers(), self._signed(), self._interests(), self._quorum(),
            *self._remit(), self._length(), self._accessible(), self._personal(),
        ]  # fmt: skip

    def _notice(self) -> Check:
        """The notice of the meeting itself, as it was served."""
        called, last = self.meeting.called_at.astimezone(clock.LONDON).date(), self.meeting.last_day_for_notice
        rule = f"The last day was {day_in_words(last)}." if last else "These terms set no notice."
        return Check(last is None or called <= last, "Notice", f"Served from {day_in_words(called)}. {rule}")

    def _in_advance(self) -> Check:
        """How many Working Days circulating today gives, what the rule is, and which days were skipped."""
        calendar, on = calendar_of(self.meeting), self.meeting.on
        gives = calendar.count(self.today, on) if self.today < on else 0
        days = self.meeting.terms.papers_working_days
        skipped = [day for day in sorted(calendar.holidays) if self.today < day < on and day.weekday() < 5]
        also = f" Skipped: {', '.join(day_in_words(day) for day in skipped)}." if skipped else ""
        return Check(
            not self.is_late, "Agenda and papers",
            f"Circulating today gives {gives} Working {'Day' if gives == 1 else 'Days'}. The rule is {days}. "
            f"The last day to circulate is {day_in_words(self.due)}.{also}",
        )  # fmt: skip

    def _papers(self) -> Check:
        """How many papers are in, and what is missing from the others."""
        late = [item for item in self.of_referrals if self.missing[item.pk]]
        bare = [item for item in self.items if item.kind == ItemKind.REPORT and not item.is_written]
        asked = len(self.of_referrals) + sum(item.kind == ItemKind.REPORT for item in self.items)
        words = [f"Item {item.number}: {', '.join(self.missing[item.pk])}." for item in late]
        words += [f"Item {item.number}: nothing has been written." for item in bare]
        return Check(not late and not bare, "Papers", " ".join([f"{asked - len(late) - len(bare)} of {asked} in.", *words]), bool(late))

    def _signed(self) -> Check:
        """Whether every referral is still signed off."""
        named = [f"item {item.number} ({item.referral.reference})" for item in self.of_referrals if item.pk in self.unsigned]
        return Check(not named, "Sign-off", f"No longer signed off: {', '.join(named)}." if named else "All referrals are signed off.")

    def _interests(self) -> Check:
        """Who will not receive which item."""
        numbers = {item.pk: item.number for item in self.items}
        said = [
            f"{person.full_name} will not receive {_items(sorted(numbers[k] for k in self.out[person.pk] if k in numbers))}."
            for _, person in self.served
            if self.out.get(person.pk, set()) & set(numbers)
        ]
        return Check(True, "Interests", " ".join(said) or "Nobody has declared an interest in an item.")

    def _quorum(self) -> Check:
        """Whether those who said they come, or send somebody, would make the meeting quorate."""
        answers = dict(self.meeting.answers.values_list("person_id", "answer"))
        named = {row.holder_id: row.delegate for row in self.meeting.delegations.select_related("delegate")}
        seats = representatives(self.meeting)
        coming = [s for s in seats if answers.get(s.holder.pk) == Answer.ATTENDING]
        sending = [s for s in seats if s.holder.pk in named and s not in coming]
        told = f"{len(coming)} attending, {len(sending)} by a delegate, {len(seats) - len(set(answers) & {s.holder.pk for s in seats})} not answered"
        why = self._why_not_quorate(coming, sending, named)
        return Check(not why, "Quorum forecast", f"{told}: {'quorate.' if not why else ' '.join(why)}")

    def _why_not_quorate(self, coming, sending, named) -> list[str]:
        """What would be missing, were just these in the room."""
        limbs = [Seat(limb.role, limb.needed) for limb in self.meeting.terms.limbs.order_by("order")]
        if not limbs:
            return [] if any(s.is_chair for s in [*coming, *sending]) else ["the chair has not said that they come."]
        by_person: dict[str, set] = {}
        for seat in coming:
            by_person.setdefault(seat.holder.full_name, set()).add(seat.limb)
        for seat in sending:
            by_person.setdefault(named[seat.holder.pk].full_name, set()).add(seat.limb)
        people = [Attendee(name, frozenset(filter(None, filled))) for name, filled in by_person.items()]
        return [reason.replace("in the room", "who is coming") for reason in why_not_quorate(people, limbs)]

    def _remit(self) -> list[Check]:
        """On a resources panel, which items do not say what they ask for, and which the chair has to accept."""
        if self.meeting.panel.kind != PanelKind.RESOURCES:
            return []
        silent = [item.number for item in self.of_referrals if getattr(item, "request", None) is None]
        asked = [item for item in self.of_referrals if getattr(item, "request", None)]
        above = [i.number for i in asked if not i.request.rate_is_agreed and i.request.assessment and ask_of(i.request).commitment.is_above_rate]
        said = [f"{_items(silent, 'Item')} does not say what it asks for."] if silent else []
        said += [f"The chair has not accepted a cost above the national rate: {_items(above)}."] if above else []
        return [Check(not said, "Remit", " ".join(said) or "Every item says what it asks for.")]

    def _length(self) -> Check:
        """Whether the times add up."""
        minutes, length = sum(item.minutes for item in self.items), self.meeting.lasts_minutes
        over = f"It is {minutes - length} minutes over." if minutes > length else ""
        return Check(minutes <= length, "Time", f"{minutes} minutes of {length}. {over}".strip())

    def _accessible(self) -> Check:
        """Papers are pages with headings; files that were attached are not looked into."""
        files = sum(1 for item in self.of_referrals for d in item.referral.documents.all() if d.is_shareable and d.removed_at is None)
        more = f" {files} attached {'file is' if files == 1 else 'files are'} not looked into: open each, and see that it can be read aloud." if files else ""
        return Check(not files, "Accessibility", f"Papers are pages with headings, read on screen or aloud.{more}")

    def _personal(self) -> Check:
        """Messages carry links alone; no title of an item names a child."""
        names = {name for item in self.of_referrals for name in _names(item.referral.child)}
        told = [item.number for item in self.items if names & set(_words(item.title))]
        words = f" {_items(told, 'Item')} has a child’s name in its title: change it first." if told else ""
        return Check(not told, "Personal data", f"Messages carry a link, and no name.{words}")

    def recipients(self) -> list[dict]:
        """Each person served: their seat, and what they do not get."""
        numbers = {item.pk: item.number for item in self.items}
        return [
            {"person": person, "letter": letter, "without": sorted(numbers[k] for k in self.out.get(person.pk, ()) if k in numbers)}
            for letter, person in self.served
        ]  # fmt: skip


def _names(child) -> list[str]:
    """The words of a child's names, short ones left out."""
    return [word for word in _words(f"{child.full_name} {child.preferred_name}") if len(word) > 2]


def _words(text: str) -> list[str]:
    """The words of a text, as they are written."""
    return [word.strip(".,:;()’'") for word in text.split()]


def _items(numbers, word: str = "item") -> str:
    """Items by number: "item 5", "items 5 and 7"."""
    said = [str(number) for number in numbers]
    if len(said) == 1:
        return f"{word} {said[0]}"
    return f"{word}s {', '.join(said[:-1])} and {said[-1]}" if said else ""
