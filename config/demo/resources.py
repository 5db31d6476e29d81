"""The resources panel's own settings and next meeting, and what people declared in the register of interests."""

from datetime import timedelta

from core import clock
from core.actions.setting import settle_reading
from panels.actions.meeting import call_meeting
from panels.actions.register import add_to_register, confirm_register
from panels.models.commitment import HIGH_COST, RATES

NOTE = "An example of the demonstration, to be replaced by the council's own."
ON_FILE = [
    {"what": "Parenting assessment", "rate": "2400", "source": "an example"},
    {"what": "Psychological assessment of a child", "rate": "1850", "source": "an example"},
]


def set_up(borough, since) -> None:
    """The threshold and the rates on file, dated and marked as examples."""
    for name, value in ((HIGH_COST, "3000"), (RATES, ON_FILE)):
        settle_reading(name, value, from_on=since, note=NOTE, authority=borough.authority, by=borough.pa)


def meet_and_declare(story) -> None:
    """The panel's next meeting is called, and members have looked through their register this year."""
    borough, today = story.borough, story.today
    story.at(today - timedelta(days=15), 9.2, lambda: _call(borough, today + timedelta(days=12)))
    story.at(today - timedelta(days=70), 9, lambda: _declare(borough, today))
    for who in ("chair", "school", "health"):
        story.at(today - timedelta(days=69), 11, lambda who=who: confirm_register(by=getattr(borough, who)))


def _call(borough, day):
    """On the first Working Day from then on."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    call_meeting(borough.resources, starts_at=clock.moment(day, clock.TEN), venue="Room 1, Ashmere House", by=borough.pa)


def _declare(borough, today):
    """One member's ties to a provider."""
    add_to_register(
        kind="contractor", nature="A close friend works for the provider", since_on=today - timedelta(days=400),
        organisation=borough.provider, by=borough.school,
    )  # fmt: skip
