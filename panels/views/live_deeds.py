"""The buttons of the page of a meeting in progress."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404

from core.rules import RuleBroken, refuse_if
from panels.actions.act import settle_act
from panels.actions.business import adjourn_item, clear_room, take_next
from panels.actions.decision import agree_all, agree_decision
from panels.actions.follow_up import release_now
from panels.actions.interest import declare_interest
from panels.actions.live import (
    arrive,
    arrive_together,
    finish_meeting,
    leave,
    start_meeting,
    take_item,
)
from panels.forms.live import SettleForm
from panels.models import Decision, Meeting
from panels.models.room import Room
from panels.views.seats import people_who_may_sit
from referrals.choices import Depth


def plain(key):
    """A reference out of a button's value, with nothing in it that a database refuses."""
    return key.replace("\x00", "")[:7]


def number_of(typed, otherwise):
    """A small whole number as typed; anything else is `otherwise`."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else otherwise


class LiveDeeds:
    """What each button does; a refusal shows the page again with every reason."""

    def post(self, request, *args, **kwargs):
        deed, _, key = request.POST.get("deed", "").partition(" ")
        doers = {
            "start": self._start, "finish": self._finish, "in": self._in, "out": self._out, "add": self._add,
            "all": self._all_here, "take": self._take, "next": self._next, "adjourn": self._adjourn, "clear": self._clear,
            "agree": self._agree, "agree-all": self._agree_all, "release": self._release, "settle": self._settle,
            "interest": self._interest,
        }  # fmt: skip
        if deed not in doers:
            return super().post(request, *args, **kwargs)
        try:
            doers[deed](key)
        except RuleBroken as refusal:
            self.record.refresh_from_db()
            context = self.get_context_data(form=self.blank_form(), refusals=refusal.reasons)
            return self.render_to_response(context)
        if deed == "finish":
            return HttpResponseRedirect(f"{self.record.get_absolute_url()}/minutes")
        return HttpResponseRedirect(request.path if deed not in {"take", "adjourn", "settle"} else f"{self.record.get_absolute_url()}/live")

    def colleagues(self):
        """People with a role in this body's authority today: nobody else comes into its room."""
        return people_who_may_sit(self.record.panel)

    def _items(self):
        return self.record.items.standing().visible_to(self.request.user)

    def _numbered(self, key):
        """The item with this number, among those the person may see."""
        return get_object_or_404(self._items(), number=number_of(key, 0))

    def _start(self, key):
        start_meeting(self.record, by=self.request.user)

    def _finish(self, key):
        finish_meeting(self.record, by=self.request.user)

    def _mode(self):
        mode = self.request.POST.get("mode", "")
        return mode if mode in {"video", "telephone"} else "room"

    def _in(self, key):
        person, _, holder = key.partition(" ")
        stands_for = get_object_or_404(self.colleagues(), reference=plain(holder)) if holder else None
        arrive(
            self.record, person=get_object_or_404(self.colleagues(), reference=plain(person)), stands_for=stands_for,
            mode=self._mode(), by=self.request.user,
        )  # fmt: skip

    def _add(self, key):
        """Somebody without a seat: the worker who presents, or a visitor who works here."""
        name = " ".join(self.request.POST.get("somebody", "").replace("\x00", "").split())[:200]
        person = self.colleagues().filter(full_name__iexact=name).first() if name else None
        refuse_if([] if person else ["Nobody here has that name: choose one from the list."])
        arrive(self.record, person=person, mode=self._mode(), by=self.request.user)

    def _out(self, key):
        leave(self.record, person=get_object_or_404(self.colleagues(), reference=plain(key)), by=self.request.user)

    def _all_here(self, key):
        seats = [(seat.letter, seat.holder) for seat in Room(self.record).seats]
        arrive_together(self.record, people=seats, by=self.request.user)

    def _take(self, key):
        take_item(self._numbered(key), by=self.request.user)

    def _next(self, key):
        take_next(self._numbered(key), by=self.request.user)

    def _clear(self, key):
        clear_room(self._numbered(key), by=self.request.user)

    def _adjourn(self, key):
        typed = self.request.POST.get("to", "")
        later = Meeting.objects.visible_to(self.request.user).to_come().filter(panel=self.record.panel_id)
        to = get_object_or_404(later, reference=plain(typed)) if typed else None
        adjourn_item(
            self._numbered(key), to=to, reason=self.request.POST.get("because", "").replace("\x00", "")[:1000], by=self.request.user
        )

    def _decision(self, key):
        rows = Decision.objects.visible_to(self.request.user).filter(item__meeting=self.record)
        return get_object_or_404(rows, reference=plain(key))

    def _agree(self, key):
        agree_decision(self._decision(key), by=self.request.user)

    def _release(self, key):
        release_now(self._decision(key), by=self.request.user)

    def _agree_all(self, key):
        agree_all(self.record, by=self.request.user)

    def _settle(self, key):
        form = SettleForm(self.request.POST)
        refuse_if([] if form.is_valid() else [error for errors in form.errors.values() for error in errors])
        said = form.cleaned_data
        settle_act(
            self._numbered(key), settled_as=said["settled_as"], words=said["words"], ends_on=said["ends_on"], by=self.request.user
        )

    def _interest(self, key):
        """A member says at the table that they have an interest in this item: they leave, and nobody writes why."""
        number, _, person = key.partition(" ")
        declare_interest(
            self.record, person=get_object_or_404(self.colleagues(), reference=plain(person)), item=self._numbered(number),
            depth=Depth.RECORD, by=self.request.user,
        )  # fmt: skip
