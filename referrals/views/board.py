"""The board, the same as a list, and the duty page."""

from datetime import timedelta

from django.http import Http404

from core import clock
from core.forms import day_from
from core.roles import Permission
from core.views.bases import Page
from referrals.models import OnCallTurn, Provision
from referrals.models.board import board, shown_provisions
from referrals.models.duty import free_now
from referrals.models.places_now import lines

SORTS = {"free": "Free from", "place": "Place"}


class PlacesBoard(Page):
    """Every place for thirteen weeks: who, which week, free from when."""

    permission = Permission.SEE_PLACES
    template_name = "referrals/places_board.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        everything = self.request.GET.get("show") == "all"
        first = day_from(self.request.GET.get("from", "")) if "from" in self.request.GET else None
        if "from" in self.request.GET and first is None:
            raise Http404
        provisions = shown_provisions(Provision.objects.visible_to(user), everything=everything)
        drawn = board(provisions, from_week=first, user=user)
        return super().get_context_data(
            board=drawn, stats=_stats(drawn), watch=_watch(drawn) if drawn.waiting is not None else [], everything=everything,
            back=drawn.weeks[0] - timedelta(weeks=13), on=drawn.weeks[-1] + timedelta(weeks=1),
            is_moved=first is not None, may_see_duty=user.can(Permission.SEE_DUTY), **kwargs,
        )  # fmt: skip


def _stats(drawn) -> list[dict]:
    """The five figures; a commissioner reads no count of who waits here."""
    stats = [
        {"figure": f"{drawn.used} of {drawn.places}", "noun": "in use"},
        {"figure": drawn.free, "noun": "free now"},
    ]
    if drawn.waiting is not None:
        stats.append({"figure": drawn.waiting, "noun": "children waiting" if drawn.waiting != 1 else "child waiting"})
        longest = f"{drawn.longest_wait} days" if drawn.longest_wait is not None else "None"
        stats.append({"figure": longest, "noun": "longest wait"})
    return [*stats, {"figure": f"£{drawn.cost:,.0f}", "noun": "this week"}]


def _watch(drawn) -> list[str]:
    """What wants an eye, said in a line."""
    return [
        words for number, words in (
            (drawn.over, f"{drawn.over} over {'its' if drawn.over == 1 else 'their'} planned time"),
            (drawn.reviews_overdue, f"{drawn.reviews_overdue} review{'' if drawn.reviews_overdue == 1 else 's'} overdue"),
            (drawn.held, f"{drawn.held} held for later"),
        ) if number
    ]  # fmt: skip


class PlacesList(Page):
    """Every place as a row: who is there now, and from when it is free."""

    permission = Permission.SEE_PLACES

    def get_context_data(self, **kwargs):
        user = self.request.user
        sort = self.request.GET.get("sort", "free")
        if sort not in SORTS:
            raise Http404
        rows = lines(shown_provisions(Provision.objects.visible_to(user), everything=True), user)
        if sort == "free":
            far = clock.today() + timedelta(days=3660)
            rows.sort(key=lambda line: line.free_from or far)
        return super().get_context_data(rows=rows, sort=sort, may_allocate=user.can(Permission.ALLOCATE_PLACES), **kwargs)


class Duty(Page):
    """Tonight on one page: beds a child could have now, who lives there, and who to ring."""

    permission = Permission.SEE_DUTY

    def get_context_data(self, **kwargs):
        user, now = self.request.user, clock.now()
        turns = OnCallTurn.objects.visible_to(user).select_related("person").order_by("kind", "from_at")
        on_call = list(turns.at(now))
        next_turn = turns.filter(from_at__gt=now, from_at__lt=now + timedelta(days=3)).order_by("from_at")[:4]
        mine = [turn for turn in on_call if turn.person_id == user.pk and turn.kind == "service manager"]
        return super().get_context_data(
            homes=free_now(Provision.objects.visible_to(user), user), on_call=on_call, next_turns=next_turn,
            may_start=bool(mine) and user.can(Permission.START_EMERGENCIES), now=now, **kwargs,
        )  # fmt: skip
