"""A child's record: who, in their own words, where they live, and what needs doing."""

from django.db.models import Exists, OuterRef
from django.http import Http404

from core import clock
from core.forms import day_from
from core.roles import Permission
from core.views.bases import Page, RecordDetail
from referrals.models import Placement, Referral, SdqScore, Stay, WorkedWith
from referrals.models.child_page import details_of, own_words, review_due
from referrals.models.journey_facts import parts_of
from referrals.rules.care import change_words
from referrals.rules.cost import cost_between
from referrals.rules.journey import WEEK, monday
from referrals.rules.placement import Ended, early_endings
from referrals.views.child_head import CareRecord


class ChildDetail(CareRecord, RecordDetail):
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
            people=child.people.annotate(works_with_team=Exists(WorkedWith.objects.filter(person=OuterRef("pk")))).order_by("pk")[:20],
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


class ChildHomes(CareRecord, RecordDetail):
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
