"""Altering the terms: a proposal in writing, in time; numbers that fit; each party's signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import day_in_words
from panels.rules.notice import last_day_for_alteration


@dataclass(frozen=True)
class Proposal:
    """What is asked: words of the terms changed, for one meeting to consider first."""

    changes: int
    reason: str
    delivered_on: date
    meeting_on: date | None = None  # None where it waits for a meeting to be called
    days: int | None = 14  # None where the terms are silent
    next_that_qualifies: date | None = None


@dataclass(frozen=True)
class Signing:
    """One party's signature on one version, asked for by one person."""

    party: str
    acts_for_party: bool
    holds_a_seat: bool
    authority_is_recorded: bool
    is_signed_already: bool
    awaits_signatures: bool
    position: str


@dataclass(frozen=True)
class Numbers:
    """Those numbers of a version that must agree with each other; None where the terms are silent."""

    fewest_a_year: int | None = None
    most_a_year: int | None = None
    papers_working_days: int = 5
    pack_draft_working_days: int | None = None
    pack_freeze_working_days: int | None = None


def is_in_time(meeting_on: date, delivered_on: date, days: int | None) -> bool:
    """Whether a proposal delivered then may first be considered at a meeting on this day."""
    return days is None or delivered_on <= last_day_for_alteration(meeting_on, days=days)


def first_that_qualifies(meetings_on: Sequence[date], delivered_on: date, days: int | None) -> date | None:
    """Give the first of these days at which a proposal delivered then may be considered; None for none."""
    return next((on for on in sorted(meetings_on) if is_in_time(on, delivered_on, days)), None)


def why_not_propose(proposal: Proposal) -> list[str]:
    """TOR-1. A proposal to change the terms says in full what changes, and why."""
    reasons = [] if proposal.changes else ["Change the words or a number of at least one clause."]
    if not proposal.reason.strip():
        reasons.append("Say why the terms should change.")
    return reasons + why_not_consider(proposal)


def why_not_consider(proposal: Proposal) -> list[str]:
    """TOR-2. A proposal reaches the chair the terms' number of days before the meeting that first considers it."""
    on = proposal.meeting_on
    if on is None or is_in_time(on, proposal.delivered_on, proposal.days):
        return []
    last = last_day_for_alteration(on, days=proposal.days)
    following = proposal.next_that_qualifies
    then = f"The next meeting that can is on {day_in_words(following)}." if following else "No later meeting has been called yet."
    closed = f"proposals for it closed on {day_in_words(last)}, {proposal.days} clear days before"
    return [f"The meeting on {day_in_words(on)} cannot consider this first: {closed}. {then}"]


def why_not_fit(numbers: Numbers) -> list[str]:
    """TOR-3. The numbers of a version of the terms agree with each other."""
    reasons = []
    fewest, most = numbers.fewest_a_year, numbers.most_a_year
    if fewest is not None and most is not None and fewest > most:
        reasons.append(f"The fewest meetings a year ({fewest}) cannot be more than the most ({most}).")
    freeze, draft = numbers.pack_freeze_working_days, numbers.pack_draft_working_days
    if freeze is not None and freeze < numbers.papers_working_days:
        reasons.append("The pack is frozen on or before the day that papers are circulated.")
    if draft is not None and freeze is not None and draft < freeze:
        reasons.append("The pack is drafted on or before the day that it is frozen.")
    return reasons


def why_not_sign(signing: Signing) -> list[str]:
    """TOR-4. Each party signs a version once, by a seat-holder of its own with authority to decide."""
    if not signing.awaits_signatures:
        return ["This version does not wait for a signature."]
    if signing.is_signed_already:
        return [f"{signing.party} has already signed this version."]
    reasons = _why_not_for_party(signing)
    return reasons if signing.position.strip() else [*reasons, "Enter the position in which you sign."]


def _why_not_for_party(signing: Signing) -> list[str]:
    """Whether somebody may sign for the party they act for."""
    if not signing.acts_for_party:
        return ["Only somebody who acts for a party to these terms signs for it."]
    if not signing.holds_a_seat:
        return [f"Only somebody who holds a seat for {signing.party} signs for it."]
    if not signing.authority_is_recorded:
        return [f"Your authority to decide for {signing.party} is not on record with your seat. Ask the panel administrator."]
    return []
