"""A child's record: who, in their own words, where they live, and what needs doing."""

from django.http import Http404

from core import clock
from core.forms import day_from
from core.roles import Permission
from core.tabs import tabs_for
from core.views.bases import Page, RecordDetail
from referrals.models import Child, Placement, Referral, SdqScore, Stay
from referrals.models.child_page import care_tasks, details_of, own_words, review_due
from referrals.models.journey_facts import parts_of
from referrals.rules.care import change_words
from referrals.rules.cost import cost_between
from referrals.rules.journey import WEEK, monday
from referrals.rules.placement import Ended, early_endings


class ChildRecord:
    """What every page of one child shows at its head."""

    model = Child
    permission = Permission.SEE_CHILDREN

    def records(self):
        return super().records().select_related("social_worker", "team", "care", "authority")

    def identity(self, child):
        """The identity bar: name, reference, age, status, next, and the one deed."""
        user = self.request.user
        referral = Referral.objects.visible_to(user).filter(child=child).newest_first().first()
        status = referral.status_seen_by(user) if referral else None
        records = user.can(Permission.RECORD_JOURNEYS)
        tasks = care_tasks(child, user) if records else []
        return {
            "child": child,
            "record_name": child.called,
            "record_facts": [child.reference, f"age {child.age}" if child.age is not None else "age not known"],
            "status_label": status.label if status else "",
            "status_tone": status.tone if status else "",
            "next_line": _next_line(tasks),
            "deed_url": f"{child.get_absolute_url()}/journey/{monday(clock.today()).isoformat()}" if records else "",
            "deed_label": "Record this week",
            "tasks": tasks,
            "may_keep": user.can(Permission.KEEP_CARE_RECORDS),
            "may_record": records,
            "may_compare": user.can(Permission.COMPARE_JOURNEYS),
            "tabs": tabs_for("child", child.reference, user=user, path=self.request.path),
        }


def _next_line(tasks) -> str:
    """The first thing to do, and by when."""
    if not tasks:
        return ""
    first = tasks[0]
    by = f", by {first.by:%A} {first.by.day} {first.by:%B}" if first.by and not first.is_late else ""
    return f"Next: {first.words[0].lower()}{first.words[1:]}{by}"


class ChildDetail(ChildRecord, RecordDetail):
    """One child: their own words first, then home, people, the next review, SDQ, cost and place."""

    def get_context_data(self, **kwargs):
        child, user = self.object, self.request.user
        referrals = Referral.objects.visible_to(user).filter(child=child).newest_first()
        referrals = list(referrals.prefetch_related("tasks")[:20])
        for referral in referrals:
            referral.shown = referral.status_seen_by(user)
        words, words_on = own_words(child, referrals)
        stays = Stay.objects.visible_to(user).filter(child=child).select_related("place__provision").order_by("-starts_on")
        week = monday(clock.today())
        identity = self.identity(child)
        return super().get_context_data(
            referrals=referrals,
            people=child.people.all()[:20],
            stays=stays[:20],
            home=child.homes.on(clock.today()).first(),
            words=words,
            words_facts=[{"label": "Written down", "value": _day(words_on)}] if words_on else [],
            scores=_scores(child),
            details=details_of(child),
            review=child.reviews.filter(held_on=None).order_by("due_on").first(),
            review_due=review_due(child),
            cost=cost_between(parts_of(child, user), week, week + WEEK),
            **identity,
            **kwargs,
        )


def _day(on) -> str:
    return f"{on.day} {on:%B} {on.year}"


def _scores(child) -> dict:
    """The latest score, how it moved, and all of them for a line."""
    rows = list(SdqScore.objects.filter(child=child).exclude(score=None).order_by("-on", "-pk")[:12])
    if not rows:
        return {}
    before = rows[1].score if len(rows) > 1 else None
    kind = "same" if before in {None, rows[0].score} else "better" if rows[0].score < before else "worse"
    return {"latest": rows[0], "moved": change_words(before, rows[0].score), "points": [r.score for r in reversed(rows)], "kind": kind}


class ChildHomes(ChildRecord, RecordDetail):
    """Every home the child has had: kind, provider, days, why each ended, and what each costs."""

    def get_context_data(self, **kwargs):
        child = self.object
        homes = list(child.homes.oldest_first().prefetch_related("prices").select_related("stay__place"))
        for before, home in zip([None, *homes], homes, strict=False):
            home.outcome = home.outcome_after(before.kind if before else "")
            home.shown_prices = sorted(home.prices.all(), key=lambda price: price.from_on)
        sees_prices = self.request.user.can(Permission.COMPARE_JOURNEYS)
        return super().get_context_data(homes=homes[::-1], sees_prices=sees_prices, **self.identity(child), **kwargs)


class EarlyEndings(Page):
    """Homes that ended without being planned, by sector and by how long they had lasted."""

    permission = Permission.COMPARE_JOURNEYS
    template_name = "referrals/early_endings.html"

    def get_context_data(self, **kwargs):
        today = clock.today()
        first = self._day("from", today.replace(year=today.year - 1) if (today.month, today.day) != (2, 29) else today.replace(year=today.year - 1, day=28))
        until = self._day("until", today)
        if until < first:
            raise Http404
        rows = Placement.objects.visible_to(self.request.user).ended_early(first, until)
        ended = [Ended(*row) for row in rows.values_list("child", "is_internal", "starts_on", "ends_on")[:5000]]
        return super().get_context_data(rows=early_endings(ended), first=first, until=until, **kwargs)

    def _day(self, name, default):
        typed = self.request.GET.get(name, "")
        found = day_from(typed) if typed else default
        if found is None:
            raise Http404
        return found
