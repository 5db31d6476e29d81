"""A year and a half of the borough, told by the actions people themselves use, each in its own day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from config.demo.boards import tell_boards
from config.demo.cases import CASES, Case
from config.demo.intake import beside_referrals
from config.demo.kept_figures import keep_figures
from config.demo.meetings import Meetings
from config.demo.paths import Path
from config.demo.records import keep_records
from config.demo.resources import meet_and_declare
from config.demo.reviews import review_contract
from config.demo.routes import go_on
from core import clock, outbox
from core.gathering import write_gathered
from core.working_days import WorkingDays, england_holidays

FORTNIGHT = timedelta(days=14)
EIGHT_WEEKS = timedelta(weeks=8)
LAST_PANELS, LAST_GROUPS = 12, 9


class Story:
    """Deeds with the moments at which they are done; telling does them in order."""

    def __init__(self, borough, today: date):
        self.borough, self.today = borough, today
        self.calendar = WorkingDays(england_holidays())
        self.deeds: list[tuple[datetime, int, Callable]] = []
        self.placing: dict[int, list] = {}
        monday = today - timedelta(days=today.weekday())
        self.next_panel = monday + timedelta(days=10)
        self.next_group = monday + timedelta(days=24)

    @property
    def since(self) -> date:
        """The first day of the contract, the terms and everybody's roles."""
        first = self.next_group - LAST_GROUPS * EIGHT_WEEKS
        return (first - timedelta(weeks=6)).replace(day=1)

    def panel_day(self, back: int) -> date:
        """The day of a fortnightly panel, counted back from the next."""
        return self.next_panel - back * FORTNIGHT

    def group_day(self, back: int) -> date:
        """The day of a steering group, counted back from the next."""
        return self.next_group - back * EIGHT_WEEKS

    def working(self, day: date) -> date:
        """The day itself, or the first Working Day after it."""
        return day if self.calendar.is_working(day) else self.calendar.add(day, 1)

    def at(self, day: date, hour: float, deed: Callable, *, later: bool = False) -> None:
        """`deed` is done on this day at this hour, or on the Working Day before it (or after it).

        What falls after this moment has not happened yet.
        """
        while day in self.calendar.holidays or day.weekday() > 4:
            day += timedelta(days=1 if later else -1)
        when = clock.moment(day, time(int(hour), round(hour % 1 * 60)))
        if when <= clock.now():
            self.deeds.append((when, len(self.deeds), deed))

    def tell(self) -> None:
        """Do every deed in the order of its moment; what a day posts is posted by its end."""
        for when, _, deed in sorted(self.deeds, key=lambda told: told[:2]):
            with clock.held_at(when):
                deed()
        write_gathered()
        posted = outbox.claim_all("message.send", holder="the borough's past")
        last = {job.due_at.astimezone(clock.LONDON).date(): job.due_at + timedelta(minutes=1) for job in posted}
        outbox.do_together(posted, at=lambda job: last[job.due_at.astimezone(clock.LONDON).date()])


def tell(borough, today: date) -> None:
    """Everything that happened in the borough up to now."""
    story = Story(borough, today)
    meetings = Meetings(story)
    for back in range(LAST_GROUPS, -1, -1):
        meetings.steering(back)
    meetings.tripartite()
    for back in range(LAST_PANELS, -1, -1):
        meetings.referral(back, [case for case in CASES if case.panel == back])
    for turn, case in enumerate(CASES):
        _follow(story, meetings, turn, case)
    keep_records(story)
    beside_referrals(story)
    meet_and_declare(story)
    tell_boards(story)
    review_contract(story)
    go_on(story)
    keep_figures(story)
    story.tell()


def _follow(story: Story, meetings: Meetings, turn: int, case: Case) -> None:
    """One child's referral, from its first day to where it stands."""
    path = Path(story, meetings, turn, case)
    path.begin()
    path.go_on()
