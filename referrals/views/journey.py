"""A child's weeks: the strip, recording one, and the weekly round."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from core import clock
from core.dated import setting
from core.forms import day_from
from core.roles import Permission
from core.views.bases import ActionView, Page, RecordDetail
from referrals.actions.journey import add_event, confirm_weeks, record_week
from referrals.forms.journey import EventForm, WeekForm, round_form
from referrals.models import Child, JourneyEvent, JourneyWeek, Provision, Stay
from referrals.models.compare import at_capacity
from referrals.models.happenings import happenings
from referrals.models.journey_facts import in_place, journey_since, parts_of, week_facts
from referrals.models.journey_page import strip, window_of
from referrals.rules.cost import (
    TERM_STARTS,
    WEEK,
    cost_between,
    cost_by_week,
    financial_year,
    periods,
    term,
)
from referrals.rules.journey import (
    monday,
    weeks_from,
    why_not_record_week,
    why_not_same_as_last_week,
)
from referrals.views.child_head import CareRecord

MOST_CHILDREN = 200


def week_from(typed: str) -> date:
    """The Monday an address names, or not found."""
    found = day_from(typed)
    if found is None or found.isoformat() != typed or found.weekday():
        raise Http404
    return found


class ChildJourney(CareRecord, RecordDetail):
    """The week strip, what it came to, and what happened, newest first."""

    def get_context_data(self, **kwargs):
        child, today = self.object, clock.today()
        asked = day_from(self.request.GET["from"]) if "from" in self.request.GET else None
        if "from" in self.request.GET and (asked is None or not 1990 <= asked.year <= 2100):
            raise Http404
        parts = parts_of(child, self.request.user)
        first = window_of(child, asked)
        since = journey_since(child)
        words = JourneyEvent.objects.filter(child=child, kind="words").exclude(words="").order_by("-on", "-pk").first()
        events = happenings(child, today - timedelta(days=730), today + timedelta(days=1))
        return super().get_context_data(
            strip=strip(child, parts, first=first), heading=_heading(child), words=words, events=events[:-101:-1], since=since,
            weeks_table=_weeks_table(parts, first, today), totals=_totals(child, parts, since, today), capacity=_capacity(parts, child),
            back=first - 27 * WEEK, on=first + 27 * WEEK, **self.identity(child), **kwargs,
        )  # fmt: skip


def _heading(child) -> str:
    """Which week of the stay this is, where there is one."""
    stay = Stay.objects.filter(child=child, state="begun").order_by("is_living", "-starts_on").first()
    if stay is None or stay.planned_end_on is None:
        return "Care journey"
    weeks = -(-(stay.planned_end_on - stay.starts_on).days // 7)
    return f"Care journey, week {stay.week_number} of {weeks}" if stay.week_number <= weeks else f"Care journey, week {stay.week_number}, {weeks} planned"


def _weeks_table(parts, first, today):
    """Each week that has begun with its cost, newest first."""
    weeks = [week for week in weeks_from(first, 27) if week <= today]
    return list(zip(weeks, cost_by_week(parts, weeks), strict=True))[::-1]


def _totals(child, parts, since, today):
    """This week, then each term and financial year since the journey began, newest first; up to today."""
    if since is None:
        return []
    until = today + timedelta(days=1)
    starts = [tuple(row) for row in setting("term starts", TERM_STARTS, authority=child.authority)]
    this = monday(today)
    rows = [("This week, Monday to Sunday", cost_between(parts, this, this + WEEK))]
    since = max(since, date(today.year - 3, 4, 1))
    for of in (lambda day: term(day, starts), financial_year):
        for first, end, name in periods(since, until, of)[:-5:-1]:
            words = f"{name} to today" if end > until else name
            rows.append((words, cost_between(parts, max(first, since), min(end, until))))
    return rows


def _capacity(parts, child):
    """The arithmetic of outreach's price, where the child has had outreach."""
    if not any(part.row == "support" and not part.is_hidden for part in parts):
        return ""
    outreach = Provision.objects.filter(authority=child.authority_id, kind="outreach").first()
    return at_capacity(outreach) if outreach else ""


class RecordWeek(ActionView):
    """One child's week: the same as the last, or what changed."""

    permission = Permission.RECORD_JOURNEYS
    model = Child
    form_class = WeekForm
    success_message = "The week is recorded."
    template_name = "referrals/journey_record_week.html"

    def load(self):
        self.week = week_from(self.kwargs["week"])
        return super().load()

    def why_not(self):
        return why_not_record_week(self.week, today=clock.today(), since=journey_since(self.record))

    def get_context_data(self, **kwargs):
        child, at = self.record, self.record.get_absolute_url()
        week = cost_between(parts_of(child, self.request.user), self.week, self.week + WEEK)
        return super().get_context_data(
            heading=f"Record the week from {self.week.day} {self.week:%B}", child=child, week=self.week, week_cost=week,
            reasons=why_not_same_as_last_week(week_facts([child], self.week)[child.pk]),
            last=JourneyWeek.objects.filter(child=child, week_on__lt=self.week).order_by("-week_on").first(),
            already=JourneyWeek.objects.filter(child=child, week_on=self.week).select_related("recorded_by").first(),
            events=JourneyEvent.objects.filter(child=child, on__gte=self.week, on__lt=self.week + WEEK).order_by("on", "pk")[:50],
            may_keep=self.request.user.can(Permission.KEEP_CARE_RECORDS), submit_label="Save the week",
            back_url=f"{at}/journey", back_label="Care journey", **kwargs,
        )  # fmt: skip

    def act(self, form):
        record_week(
            self.record, self.week, is_same=form.cleaned_data["how"] == "same", events=form.events(self.week),
            note=form.cleaned_data["note"], by=self.request.user,
        )  # fmt: skip
        return f"{self.record.get_absolute_url()}/journey"


class AddEvent(ActionView):
    """One thing that happened, or that somebody saw the child, on its day."""

    permission = Permission.RECORD_JOURNEYS
    model = Child
    form_class = EventForm
    success_message = "Written down."
    template_name = "base_question.html"

    def get_initial(self):
        return {"on": clock.today(), "kind": "contact"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Write something down", submit_label="Save", back_url=f"{self.record.get_absolute_url()}/journey",
            back_label="Care journey", lead="A visit, a call, or something that happened. The week is confirmed apart.", **kwargs,
        )  # fmt: skip

    def act(self, form):
        add_event(self.record, **form.cleaned_data, by=self.request.user)
        return f"{self.record.get_absolute_url()}/journey"


@dataclass
class RoundRow:
    """One child in place, with what keeps the week from being the same as the last."""

    child: Child
    reasons: list[str]
    place: str
    recorded: JourneyWeek | None


class ThisWeek(Page):
    """The round of the week it is."""

    permission = Permission.CONFIRM_WEEKS

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(reverse("referrals:weekly_round", args=[monday(clock.today()).isoformat()]))


class WeeklyRound(ActionView):
    """Every child in place: ticked where nothing happened, exceptions first."""

    permission = Permission.CONFIRM_WEEKS
    template_name = "referrals/journey_weekly_round.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.week = week_from(kwargs["week"])

    def rows(self):
        """The children, exceptions first; those recorded already last."""
        if not hasattr(self, "_rows"):
            user = self.request.user
            children = list(in_place(user, self.week).order_by("full_name", "pk")[:MOST_CHILDREN])
            facts = week_facts(children, self.week)
            keys = [child.pk for child in children]
            recorded = {w.child_id: w for w in JourneyWeek.objects.filter(child__in=keys, week_on=self.week).select_related("recorded_by")}
            stays = Stay.objects.visible_to(user).filter(child__in=keys, state__in=["begun", "ended"]).select_related("place").order_by("starts_on")
            places = {stay.child_id: stay.place.name for stay in stays}
            self._rows = [
                RoundRow(c, why_not_same_as_last_week(facts[c.pk]), places.get(c.pk, ""), recorded.get(c.pk)) for c in children
            ]
            self._rows.sort(key=lambda row: not row.reasons)
        return self._rows

    def open_rows(self):
        """Those not recorded yet."""
        return [row for row in self.rows() if row.recorded is None]

    def get_form_class(self):
        return round_form(self.open_rows())

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "rows": self.open_rows()}

    def why_not(self):
        return why_not_record_week(self.week, today=clock.today(), since=None)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        done = [row for row in self.rows() if row.recorded]
        drawn = context["form"].drawn()
        later = self.week + WEEK
        return {
            **context, "week": self.week, "drawn": drawn, "done": done, "is_now": self.week == monday(clock.today()),
            "ticked": sum(not row.reasons for row in drawn), "exceptions": sum(bool(row.reasons) for row in drawn),
            "no_contact": [row for row in done if not row.recorded.had_contact],
            "earlier": self.week - WEEK, "later": later if later <= clock.today() else None,
        }  # fmt: skip

    def act(self, form):
        number = confirm_weeks(self.week, same=form.same, changed=form.changed, by=self.request.user)
        self.success_message = f"{number} {'week is' if number == 1 else 'weeks are'} confirmed." if number else "Nothing was ticked, so nothing was confirmed."
        return self.request.path
