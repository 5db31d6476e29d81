"""Whose turn it is: who has a referral, for how many working days, and by when they are done."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from core import clock
from core.closures import days_closed, know_closed_days, working_days_of
from core.dated import setting, setting_in_force
from core.dates import day_in_words
from core.models import Authority, Closure
from core.once import know, known
from core.working_days import WorkingDays
from referrals.choices import ReferralStatus
from referrals.models.cover import standing_in
from referrals.rules import ages
from referrals.rules.sign_off import STATUS_OF_STEP, STEP_WORDS

ALLOWED = "working days allowed"
STEP_OF_STATUS = {status: step for step, status in STATUS_OF_STEP.items()}


def working_days_allowed(authority=None) -> dict[str, int]:
    """How many working days each step has: the service's own, or the house's."""
    return {**ages.ALLOWED, **setting(ALLOWED, {}, authority=authority)}


def terms_of_each(authorities: Collection[int]) -> dict[int, dict[str, int]]:
    """The same for some authorities by key, and the days each of them has closed; in one question for a page of many."""
    found = {key: known(("terms", key)) for key in authorities}
    unknown = [key for key, terms in found.items() if terms is None]
    if unknown:
        rows = Authority.objects.filter(pk__in=unknown).annotate(closed=days_closed(), allowed=setting_in_force(ALLOWED, OuterRef("pk")))
        for row in rows:
            know_closed_days(row.pk, row.closed)
            found[row.pk] = _terms(row.allowed)
    return found


def terms_within(authority_id: int | None, today: date) -> dict:
    """What `know_terms` takes of one authority on a day, as expressions of a question that asks other things too."""
    closed = Closure.objects.standing().filter(authority=authority_id)
    return {"closed": ArraySubquery(closed.values("on")), "allowed": setting_in_force(ALLOWED, authority_id, today)}


def know_terms(authority_id: int, found: dict) -> None:
    """An authority's terms and closed days were read with something else, for this page."""
    know_closed_days(authority_id, found["closed"])
    know(("terms", authority_id), _terms(found["allowed"]))


def _terms(allowed: dict | None) -> dict[str, int]:
    return {**ages.ALLOWED, **(allowed or {})}


def _day(moment):
    return moment.astimezone(clock.LONDON).date()


class ReferralTurn:
    """The waiting side of a referral; a page of many gives `allowed` once, and reads the moves together."""

    allowed_days = ages.ALLOWED

    @property
    def calendar(self) -> WorkingDays:
        """The Working Days of its authority, as they are now."""
        return working_days_of(self.authority_id)

    @cached_property
    def spans(self) -> list[ages.Span]:
        """The time in each status, oldest first."""
        if (moved := getattr(self, "moved", None)) is not None:  # read with many others, oldest first
            return self.spans_of([(move["now"], datetime.fromisoformat(move["at"])) for move in moved])
        moves = sorted(self.moves.all(), key=lambda move: (move.at, move.pk))
        return self.spans_of([(move.now, move.at) for move in moves])

    def spans_of(self, moves: list[tuple]) -> list[ages.Span]:
        """The same from its moves, oldest first, each as the status moved to and the moment."""
        return ages.spans([("DRAFT", _day(self.started_at)), *((now, _day(at)) for now, at in moves)])

    @property
    def working_age(self) -> int:
        """Working days with whoever has it now, pauses left out."""
        return ages.working_age(self.spans, self.status, today=clock.today(), calendar=self.calendar)

    @property
    def due_on(self):
        """The working day by which this step is due, or the day a question named; None where there is none."""
        if self.status == ReferralStatus.MORE_INFO and self.answer_by:
            return self.answer_by
        if self.status not in self.allowed_days:
            return None
        return ages.due_on(self.spans, self.status, calendar=self.calendar, allowed=self.allowed_days)

    @property
    def is_overdue(self) -> bool:
        """Whether the step's day has passed."""
        return ages.is_overdue(self.due_on, clock.today())

    @property
    def late_words(self) -> str:
        """ "Due today", "2 working days overdue" or nothing."""
        return ages.late_words(self.due_on, clock.today(), self.calendar)

    def line_for(self, user) -> str:
        """Who acts next and by when, as this person may read it: "Next: you, by 27 November 2026"."""
        line = self.next_line_for(user)
        if not line:
            return ""
        return f"{'Next: you' if self.waits_for_you(user) else line}{self.by_when_for(user)}"

    def by_when_for(self, user) -> str:
        """By when, as this person may read it, and how late that is: ", by 27 November 2026: 2 working days overdue"."""
        due = self.due_on if self.status_seen_by(user) == self.status else None
        if due is None:
            return ""
        today = clock.today()
        late = f": {ages.late_words(due, today, self.calendar)}" if ages.is_overdue(due, today) else ""
        return f", by {day_in_words(due)}{late}"

    def waits_for_you(self, user) -> bool:
        """Whether the next deed is this person's own."""
        if self.status in {ReferralStatus.DRAFT, ReferralStatus.RETURNED, ReferralStatus.MORE_INFO}:
            return user.pk == self.author_id
        return self.signed_as(user) is not None

    def signed_as(self, user, standing=None):
        """How this person may sign now: "" as themselves, a Standing as cover, None not at all."""
        step = STEP_OF_STATUS.get(self.status)
        if step is None:
            return None
        for held in user.current_roles:
            here = held.role == step and held.authority_id == self.authority_id
            if here and (step == "STM" or self.team_id in held.team_ids):
                return ""
        standing = standing_in(user) if standing is None else standing
        return next((s for s in standing if s.step == step and s.reaches(self)), None)

    def next_signers(self, signatures: list | None = None) -> list[str]:
        """The steps still to come after this one, in words; a page that has read the signatures that stand gives them."""
        steps = list(self.chain())
        now = STEP_OF_STATUS.get(self.status)
        after = steps[steps.index(now) + 1 :] if now in steps else []
        signed = {signature.step for signature in (self.signatures() if signatures is None else signatures)}
        return [STEP_WORDS[step] for step in after if step not in signed]
