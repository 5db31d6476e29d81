"""A year of one body's meetings: dates proposed from a pattern, looked at, and agreed together."""

from datetime import date

from django.http import Http404
from django.urls import reverse

from core import clock
from core.closures import working_days_of
from core.dates import day_in_words
from core.roles import Permission
from core.rules import FieldReason, RuleBroken
from core.views.bases import ActionView
from core.working_days import holidays_known_until
from panels.actions.meeting import agree_year
from panels.choices import MeetingStatus
from panels.forms.year import YearForm
from panels.models import Meeting, Panel
from panels.models.clocks import notice_terms
from panels.models.year_counts import counts_of
from panels.rules.notice import Call, NoticeTerms, last_day_for_notice, why_not_serve

YEARS_AHEAD = 2


class Year:
    """What is known of one body's year: its terms, the Working Days, and who meets when."""

    def __init__(self, panel, year, user):
        self.panel, self.year, self.today = panel, year, clock.today()
        self.terms = panel.terms_on(self.today)
        self.notice = notice_terms(self.terms) if self.terms else NoticeTerms()
        self.calendar = working_days_of(panel.authority_id)
        self.called, self.extra, _gone = counts_of(panel, year)
        gone = [MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD]
        rows = Meeting.objects.visible_to(user).filter(starts_at__year=year).exclude(status__in=gone)
        self.met: dict[date, list] = {}
        for meeting in rows.select_related("panel").soonest_first():
            self.met.setdefault(meeting.on, []).append(meeting.panel)

    def last_day(self, day):
        """The last day for notice of a meeting then; None where the terms are silent."""
        return last_day_for_notice(day, self.notice, self.calendar)

    def why_not(self, day) -> list[str]:
        """What would stop a meeting then."""
        if day < self.today:
            return ["This day has passed."]
        reasons = why_not_serve(Call(day, self.today), self.notice, self.calendar)
        return [*reasons, "This body already meets that day."] if self.panel in self.met.get(day, []) else reasons

    def words(self, day) -> list[str]:
        """Everything to know about a day, in sentences."""
        found = []
        if not self.calendar.is_working(day):
            kind = "bank holiday" if day in self.calendar.holidays else f"{day:%A}"
            following = self.calendar.add(day, 1)
            found.append(f"A {kind}. The next Working Day is {following:%A} {day_in_words(following)}.")
        found += self.why_not(day)
        others = dict.fromkeys(panel.name for panel in self.met.get(day, []) if panel != self.panel)
        return found + [f"{name} meets that day too." for name in others]

    def on_working_days(self, days) -> dict[date, date]:
        """Days still to come, each moved to a Working Day of the year, with the day the pattern gave."""
        moved = {}
        for day in days:
            to = day if self.calendar.is_working(day) else self.calendar.add(day, 1)
            if day >= self.today and to.year == self.year:
                moved.setdefault(to, day)
        return moved

    def count_in_words(self, ticked: int) -> str:
        """How many meetings that makes, against the number the terms ask for."""
        total = self.called + ticked
        many = f"{total} meeting{'' if total == 1 else 's'} in {self.year}"
        extra = f"Extra meetings for development are counted apart: {self.extra}."
        return f"{many}: {self.called} called already and {ticked} ticked here. {self._verdict(total)} {extra}"

    def _verdict(self, total: int) -> str:
        fewest, most = self.notice.fewest_a_year, self.notice.most_a_year
        if fewest is None and most is None:
            return "These terms set no number a year."
        if most is not None and total > most:
            return f"That is {total - most} more than the {most} the terms allow."
        if fewest is not None and total < fewest:
            return f"That is {fewest - total} fewer than the {fewest} the terms ask for."
        asked = f"{fewest} to {most}" if fewest and most else f"{fewest or most}"
        return f"That is within the terms’ {asked} a year."


class AgreeYear(ActionView):
    """The year planner: a pattern proposes dates, each with what clashes; they are agreed all or none."""

    permission = Permission.CALL_MEETINGS
    model = Panel
    slug_field = slug_url_kwarg = "slug"
    form_class = YearForm

    def load(self):
        if not 0 <= self.kwargs["year"] - clock.today().year <= YEARS_AHEAD:
            raise Http404
        return super().load()

    @property
    def year(self):
        """The body's year, read once."""
        if not hasattr(self, "_year"):
            self._year = Year(self.record, self.kwargs["year"], self.request.user)
        return self._year

    def why_not(self):
        return [] if self.year.terms else [f"{self.record} has no terms in force, so it cannot meet."]

    def get_form_kwargs(self):
        step = next((step for step in ("propose", "check") if step in self.request.POST), "agree")
        return {**super().get_form_kwargs(), "year": self.kwargs["year"], "step": step}

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form.step == "agree":
            return super().post(request, *args, **kwargs)
        moved = {}
        if form.step == "propose" and form.is_valid():
            moved = self.year.on_working_days(form.pattern_days())
            if moved:
                form = form.with_days([(day, not self.year.why_not(day)) for day in moved])
            else:
                form.add_error(None, f"Every date of this pattern in {self.year.year} has passed.")
        return self.render_to_response(self.get_context_data(form=form, moved=moved))

    def get_context_data(self, **kwargs):
        moved, form = kwargs.pop("moved", {}), kwargs.pop("form", None) or self.get_form()
        judged = form.is_bound and (form.is_valid() or form.cleaned_data)
        ticked = len(form.days()) if judged else 0
        known = holidays_known_until()
        return super().get_context_data(
            heading=f"Agree the dates for {self.year.year}", panel=self.record, form=form, rows=[self._row(row, moved) for row in form.rows()],
            year=self.year.year, terms=self.year.terms, count=self.year.count_in_words(ticked),
            known_until=known if known.year < self.year.year else None, years=self._years(), **kwargs,
        )  # fmt: skip

    def _row(self, row, moved):
        """One date with its last day for notice and what clashes."""
        day = row["day"]
        if day is None or day.year != self.year.year:
            return {**row, "words": [], "last": None}
        words, given = self.year.words(day), moved.get(day, day)
        if given != day:
            words.insert(0, f"Moved: the pattern gives {given:%A} {day_in_words(given)}, which is not a Working Day.")
        return {**row, "words": words, "last": self.year.last_day(day)}

    def _years(self):
        """This year and the next two, as links."""
        first = clock.today().year
        return [
            {"year": year, "url": reverse("panels:year", args=[self.record.slug, year]), "here": year == self.year.year}
            for year in range(first, first + YEARS_AHEAD + 1)
        ]

    def act(self, form):
        moments = [clock.moment(day, form.cleaned_data["at"]) for day in form.days()]
        called = agree_year(self.record, moments=moments, venue=form.cleaned_data["venue"], by=self.request.user)
        self.success_message = (
            f"Agreed {len(called)} date{'' if len(called) == 1 else 's'} for {self.year.year}. "
            "Notice is on its way to every Representative."
        )

    def refused(self, form, refusal):
        """Each reason stands beside the date it speaks of."""
        named = {day_in_words(form.cleaned_data[f"on_{n}"]): f"on_{n}" for n in form.kept_rows(form.cleaned_data)}
        reasons = [
            next((FieldReason(field, said) for words, field in named.items() if f" {words} " in f" {said} "), said)
            for said in refusal.reasons
        ]
        return super().refused(form, RuleBroken(reasons))
