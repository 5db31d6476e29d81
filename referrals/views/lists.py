"""Referrals and children, listed."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from core import clock
from core.lists import Column, Queue
from core.roles import Permission, Role
from core.views.walked import WalkedList
from referrals.choices import Band, ReferralStatus, StayState
from referrals.filters import ChildFilter, ReferralFilter
from referrals.models import Child, Referral, Review, Stay
from referrals.models.before_a_list import read_before_a_list
from referrals.models.cover import standing_in
from referrals.models.in_parts import child_places, referral_parts, referral_places
from referrals.models.known import since_known_to, tell_turns, with_turns
from referrals.models.told import stands_as
from referrals.models.turn import terms_of_each
from referrals.rules.lead_worker import FROM as LED_FROM
from referrals.views.rows import child_rows, referral_rows

WAITS_FOR = {
    Role.TEAM_MANAGER: ["WITH_TM"], Role.SERVICE_MANAGER: ["WITH_SM", "SENT"], Role.STRATEGIC_MANAGER: ["WITH_STRATEGIC"],
    Role.PANEL_ADMINISTRATOR: ["SENT", "READY"], Role.PROVIDER_MANAGER: ["WAITING"],
}  # fmt: skip
BANDS = dict(Band.choices)
STARTS_WITH_MINE = dict.fromkeys([Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.PANEL_ADMINISTRATOR], "mine")


def mine(user) -> list[Q]:
    """What makes a referral somebody's own work: that they wrote it, that they work with its child, or that it waits for somebody in their role."""
    waits = [Q(status__in=WAITS_FOR[user.acting.role])] if user.acting.role in WAITS_FOR else []
    return [Q(author=user), Q(child__in=Child.objects.filter(social_worker=user)), *waits]  # no join: whoever has no child of their own would have each looked up


def my_referrals(rows, user):
    """Open ones that are my own work."""
    return rows.open().filter(reduce(or_, mine(user)))


def team_referrals(rows, user):
    """Open ones of my teams; of everybody, for whoever works for the whole authority."""
    teams = user.acting.team_ids
    return rows.open().filter(team__in=teams) if teams else rows.open()


def child_line(child, today: date) -> str:
    """What a child is called, and how old they are on a day where that is known."""
    age = child.age_on(today)
    return child.called if age is None else f"{child.called}, {age}"


def days_in_step(referral) -> int:
    """Whole days since the last move that the reader knows of."""
    return (clock.now() - referral.since).days


class GreatList(WalkedList):
    """Referrals or children: what is read before them, and by what it is decided which of them a person sees, cover with it."""

    def begin(self):
        user = self.request.user
        read_before_a_list(user, self.request.path)
        stands = stands_as(user)
        return stands and (*stands, *standing_in(user))


class ReferralList(GreatList):
    """Referrals this person may see, newest move first."""

    permission = Permission.SEE_REFERRALS
    model = Referral
    walked_by = "since"
    filterset_class = ReferralFilter
    template_name = "referrals/referral_list.html"
    noun = "referral"
    extra_context = {"heading": "Referrals"}
    queues = (
        Queue("mine", "My work", my_referrals, mine), Queue("team", "Team", team_referrals), Queue("all", "All", lambda rows, user: rows, holds_all=True),
    )  # fmt: skip
    default_queue = STARTS_WITH_MINE
    columns = (
        Column("Reference", lambda r, u: r.reference, sort="reference"),
        Column("Child", lambda r, u: r.child.called, sort="child", by=("child__full_name",), says_who=True),
        Column("Asking for", lambda r, u: r.ask_sentence, sort="wants"),
        Column("Priority", lambda r, u: r.get_band_display()),
        Column("Status", lambda r, u: r.status_seen_by(u).label),
        Column("Next", lambda r, u: r.next_shown),
        Column("First sent", lambda r, u: _day(r.first_sent_at), sort="first_sent_at"),
        Column("Days in step", lambda r, u: days_in_step(r), sort="days", by=("-since",), numeric=True),
    )

    def records(self):
        return super().records().annotate(since=since_known_to(self.request.user)).order_by("-since", "-pk")

    def with_shown(self, rows):
        return with_turns(rows.select_related("child"))

    def places(self):
        return referral_places(self.request.user)

    def parts(self, rows, places):
        return referral_parts(rows, self.request.user, places)

    def prepared(self, rows):
        user, picks, now, today, read = self.request.user, self.picks(), clock.now(), clock.today(), {}
        tell_turns(rows)
        allowed = terms_of_each([referral.authority_id for referral in rows])
        for referral in rows:
            stands = referral.status, referral.released_at is None
            if stands not in read:  # two that stand alike are read alike
                read[stands] = referral.status_seen_by(user), referral.next_line_for(user).removeprefix("Next: ")
            (referral.shown, next_line), referral.allowed_days = read[stands], allowed[referral.authority_id]
            by_when = referral.by_when_for(user)
            referral.next_shown, referral.is_late = f"{next_line}{by_when}" if next_line else "Nobody", "overdue" in by_when
            referral.child_line, referral.band_word = child_line(referral.child, today), BANDS[referral.band]
            referral.days = (now - referral.since).days
            referral.may_pick = referral.status in picks
        return rows

    def picks(self) -> tuple:
        """The statuses in which this person may do one deed to several: triage, or name who leads."""
        user = self.request.user
        if user.can(Permission.TRIAGE_REFERRALS):
            return (ReferralStatus.SENT,)
        return LED_FROM if user.can(Permission.NAME_LEAD_WORKERS) else ()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        names = self.request.user.can(Permission.NAME_LEAD_WORKERS) and not self.request.user.can(Permission.TRIAGE_REFERRALS)
        rows = context["object_list"]
        return {**context, "several": any(row.may_pick for row in rows), "names_leads": names, "drawn_rows": referral_rows(rows)}


def _day(moment):
    return moment.astimezone(clock.LONDON).date() if moment else None


class ChildList(GreatList):
    """Children whose record this person may see."""

    permission = Permission.SEE_CHILDREN
    model = Child
    is_falling, walked_by = False, "full_name"
    filterset_class = ChildFilter
    template_name = "referrals/child_list.html"
    noun = "child,children"
    extra_context = {"heading": "Children", "no_match": "No children match these filters"}
    queues = (
        Queue("mine", "Mine", lambda rows, user: rows.filter(social_worker=user), lambda user: [Q(social_worker=user)]),
        Queue("team", "Team", lambda rows, user: rows.filter(team__in=user.acting.team_ids) if user.acting.team_ids else rows),
        Queue("all", "All", lambda rows, user: rows, holds_all=True),
    )
    default_queue = {Role.SOCIAL_WORKER: "mine"}
    columns = (
        Column("Name", lambda c, u: c.full_name, sort="name", by=("full_name",), says_who=True),
        Column("Reference", lambda c, u: c.reference, sort="reference"),
        Column("Council number", lambda c, u: c.case_number, says_who=True),
        Column("Age", lambda c, u: c.age, sort="age", by=("-born_on",), numeric=True),
        Column("Social worker", lambda c, u: c.social_worker.full_name if c.social_worker else "", sort="worker", by=("social_worker__full_name",)),
        Column("Team", lambda c, u: str(c.team or ""), sort="team", by=("team__name",)),
        Column("Latest referral", lambda c, u: c.latest.status_seen_by(u).label if c.latest else ""),
        Column("Place", lambda c, u: str(c.stay.place) if c.stay else ""),
        Column("Review due", lambda c, u: c.review.due_on if c.review else None),
    )

    def records(self):
        return super().records().order_by("full_name", "pk")

    def with_shown(self, rows):
        return rows.select_related("social_worker", "team")

    def places(self):
        return child_places(self.request.user)

    def prepared(self, rows):
        user, keys = self.request.user, [child.pk for child in rows]
        latest = Referral.objects.visible_to(user).filter(child__in=keys).order_by("child", "-status_since", "-pk").distinct("child")
        stays = Stay.objects.visible_to(user).filter(child__in=keys, state=StayState.BEGUN).select_related("place__provision", "place__home")
        booked = Review.objects.visible_to(user).filter(child__in=keys, held_on=None).order_by("-due_on")
        reviews = {review.child_id: review for review in booked}
        by_child, placed = {r.child_id: r for r in latest}, {s.child_id: s for s in stays}
        for child in rows:
            child.latest, child.stay = by_child.get(child.pk), placed.get(child.pk)
            child.shown = child.latest.status_seen_by(user) if child.latest else None
            child.review = reviews.get(child.pk)
        return rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "may_confirm": self.request.user.can(Permission.CONFIRM_WEEKS), "drawn_rows": child_rows(context["object_list"])}
