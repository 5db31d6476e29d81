"""A child's record: who, in their own words, where they live, and what needs doing."""

from django.http import Http404

from core import clock
from core.closures import know_closed_days
from core.forms import day_from
from core.roles import Permission
from core.views.bases import Page, RecordDetail
from referrals.models import Placement
from referrals.models.child_page import details_of, own_words, review_due
from referrals.models.child_parts import home_now, page_parts
from referrals.models.journey_facts import parts_made_of, priced_for
from referrals.rules.care import change_words
from referrals.rules.cost import cost_between
from referrals.rules.journey import WEEK, monday
from referrals.rules.placement import Ended, early_endings
from referrals.views.child_head import CareRecord, facts_of


class ChildDetail(CareRecord, RecordDetail):
    """One child: their own words first, then home, people, the next review, SDQ, cost and place."""

    def get_context_data(self, **kwargs):
        child, user, week = self.object, self.request.user, monday(clock.today())
        found = facts_of(child, user, **page_parts(user))
        know_closed_days(child.authority_id, found["closed"])
        for referral in found["referrals"]:
            referral.shown = referral.status_seen_by(user)
            referral.task_answers = {task["name"]: task["answers"] for task in referral.said}
        words, words_on = own_words(found["said"], found["referrals"])
        parts = parts_made_of(found["homes"], found["costing"], found["terms"], priced_for(user)).get(child.pk, [])
        return super().get_context_data(
            referrals=found["referrals"],
            people=found["people"],
            stays=found["stays"],
            home=home_now(found["homes"]),
            words=words,
            words_facts=[{"label": "Written down", "value": _day(words_on)}] if words_on else [],
            scores=_scores(found["scores"]),
            details=details_of(child),
            review=next(iter(found["booked"]), None),
            review_due=review_due(child, found["statutory"]),
            cost=cost_between(parts, week, week + WEEK),
            **self.identity(child, found),
            **kwargs,
        )


def _day(on) -> str:
    return f"{on.day} {on:%B} {on.year}"


def _scores(rows: list) -> dict:
    """The latest of some scores, how it moved, and all of them for a line."""
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
