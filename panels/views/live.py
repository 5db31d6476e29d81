"""The meeting as it happens: who is in the room, which item, what was decided."""

from datetime import timedelta

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from core import clock
from core.models import User
from core.roles import Permission
from core.rules import RuleBroken, refuse_if
from core.views.bases import ActionView
from panels.actions.decision import agree_all, agree_decision, record_decision
from panels.actions.live import (
    StaleNote,
    arrive,
    finish_meeting,
    leave,
    save_note,
    start_meeting,
    take_item,
)
from panels.choices import ItemKind
from panels.forms.live import DecisionForm
from panels.models import Decision
from panels.models.minute_words import compose_sentence
from panels.models.room import Room, may_chair, standing_delegates
from panels.views.meeting import MeetingRecord


class LiveMeeting(MeetingRecord, ActionView):
    """One screen: attendance and quorum, the items, and the current item's form."""

    permission = Permission.SEE_MEETINGS
    form_class = DecisionForm

    def load(self):
        meeting = super().load()
        user, number = self.request.user, self.kwargs.get("number")
        if not (user.can(Permission.RUN_MEETINGS) or may_chair(meeting, user)):
            raise Http404
        if number is not None and not meeting.items.standing().visible_to(user).filter(number=number).exists():
            raise Http404
        return meeting

    @property
    def item(self):
        """The item at hand: the one in the address, or where the meeting is."""
        if not hasattr(self, "_item"):
            rows = self.record.items.standing().visible_to(self.request.user)
            number = self.kwargs.get("number")
            here = rows.filter(number=number) if number is not None else rows.filter(pk=self.record.current_item_id)
            self._item = here.select_related("referral__authority", "referral__child").first()
        return self._item

    def get_initial(self):
        weeks = self.record.terms.review_weeks
        initial = {"review_on": clock.today() + timedelta(weeks=weeks)}
        if self.item is None:
            return initial
        decision = Decision.objects.filter(item=self.item).first()
        if decision:
            names = ("outcome", "reasons", "conditions", "weeks", "review_on")
            return {name: getattr(decision, name) for name in names}
        if self.item.referral:
            said = self.item.referral.answers().get("request", {})
            initial |= {"weeks": said.get("weeks")}
        return initial

    def get_context_data(self, **kwargs):
        meeting, user, item = self.record, self.request.user, self.item
        room = Room(meeting)
        rows = self.items_for(meeting)
        seen = [row["item"].pk for row in rows if row["item"]]
        decisions = {d.item_id: d for d in Decision.objects.filter(item__in=seen).select_related("item")}
        for row in rows:
            if row["item"]:
                row["decision"] = decisions.get(row["item"].pk)
                row["quorate"] = not room.why_not_quorate(row["item"])
        decision = decisions.get(item.pk) if item else None
        return super().get_context_data(
            meeting=meeting, item=item, items=rows, people=self._people(meeting, room), room=room,
            light=room.light(item), decision=decision, chairs=may_chair(meeting, user) and user.acting.role != "PA",
            is_referral=bool(item and item.kind == ItemKind.REFERRAL),
            out=list(item.recusals.filter(withdrawn_at=None).select_related("person")) if item else [],
            to_agree=[row["decision"] for row in rows if row.get("decision") and not row["decision"].agreed_at],
            now=clock.now(),
            sentence=decision.sentence if decision else self._proposed(item), **kwargs,
        )  # fmt: skip

    def _proposed(self, item):
        """The sentence that agreeing would put in the minutes."""
        if item is None:
            return ""
        return compose_sentence(item, "agree", weeks=self.get_initial().get("weeks"))

    def _people(self, meeting, room):
        """Everybody with a seat, and under each their delegates; then others in the room."""
        here = {p.person_id: p for p in room.present}
        named = {}
        for row in meeting.delegations.select_related("delegate"):
            named.setdefault(row.holder_id, []).append(row.delegate)
        always = standing_delegates(meeting)
        out = room.out.get(self.item.pk, set()) if self.item else set()
        rows = []
        for seat in room.seats:
            delegates = named.get(seat.holder.pk, []) + always.get(seat.letter, [])
            rows.append(_person(seat.holder, seat.title, seat.limb, here, out))
            rows += [_person(d, seat.title, seat.limb, here, out, stands_for=seat.holder) for d in delegates]
        return rows

    def post(self, request, *args, **kwargs):
        deed, _, key = request.POST.get("deed", "").partition(" ")
        doers = {
            "start": self._start, "finish": self._finish, "in": self._in, "out": self._out,
            "all": self._all_here, "take": self._take, "agree": self._agree, "agree-all": self._agree_all,
        }  # fmt: skip
        if deed not in doers:
            return super().post(request, *args, **kwargs)
        try:
            doers[deed](key)
        except RuleBroken as refusal:
            context = self.get_context_data(form=DecisionForm(initial=self.get_initial()), refusals=refusal.reasons)
            return self.render_to_response(context)
        if deed == "finish":
            return HttpResponseRedirect(f"{self.record.get_absolute_url()}/minutes")
        return HttpResponseRedirect(request.path if deed != "take" else f"{self.record.get_absolute_url()}/live")

    def _colleagues(self):
        """People with a role in this body's authority: nobody else comes into its room."""
        return User.objects.filter(roles_held__authority=self.record.panel.authority_id).distinct()

    def _start(self, key):
        start_meeting(self.record, by=self.request.user)

    def _finish(self, key):
        finish_meeting(self.record, by=self.request.user)

    def _in(self, key):
        person, _, holder = key.partition(" ")
        stands_for = get_object_or_404(self._colleagues(), reference=_plain(holder)) if holder else None
        arrive(
            self.record, person=get_object_or_404(self._colleagues(), reference=_plain(person)), stands_for=stands_for,
            mode="video" if self.request.POST.get("mode") == "video" else "room", by=self.request.user,
        )  # fmt: skip

    def _out(self, key):
        leave(self.record, person=get_object_or_404(self._colleagues(), reference=_plain(key)), by=self.request.user)

    def _all_here(self, key):
        for seat in Room(self.record).seats:
            arrive(self.record, person=seat.holder, letter=seat.letter, by=self.request.user)

    def _take(self, key):
        rows = self.record.items.standing().visible_to(self.request.user)
        take_item(get_object_or_404(rows, number=_number(key, 0)), by=self.request.user)

    def _agree(self, key):
        rows = Decision.objects.visible_to(self.request.user).filter(item__meeting=self.record)
        agree_decision(get_object_or_404(rows, reference=_plain(key)), by=self.request.user)

    def _agree_all(self, key):
        agree_all(self.record, by=self.request.user)

    def act(self, form):
        said, item = form.cleaned_data, self.item
        refuse_if([] if item else ["Choose an item before recording a decision."])
        actions = []
        if said["what"]:
            owner = self._colleagues().filter(full_name__iexact=said["who"]).first()
            actions = [{"what": said["what"], "owner_name": said["who"], "owner": owner, "due_on": said["by"]}]
        record_decision(
            item, outcome=said["outcome"], reasons=said["reasons"], conditions=said["conditions"],
            weeks=said["weeks"], review_on=said["review_on"], actions=actions, by=self.request.user,
        )  # fmt: skip
        following = (
            self.record.items.standing().visible_to(self.request.user).filter(number__gt=item.number).in_order().first()
        )
        if following:
            take_item(following, by=self.request.user)
        return f"{self.record.get_absolute_url()}/live"


def _plain(key):
    """A reference out of a button's value, with nothing in it that a database refuses."""
    return key.replace("\x00", "")[:7]


def _number(typed, otherwise):
    """A small whole number as typed; anything else is `otherwise`."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else otherwise


def _person(person, title, limb, here, out, *, stands_for=None):
    """One line of the attendance: who, for which seat, and how they stand now."""
    presence = here.get(person.pk)
    words = f"Delegate for seat of {title}" if stands_for else title
    if person.pk in out:
        words += ". Out for this item"
    elif presence and limb:
        words += ". Fills a quorum seat"
    return {
        "person": person, "title": words, "here": presence is not None,
        "stands_for": stands_for, "since": presence.arrived_at if presence else None,
    }  # fmt: skip


class SaveNote(LiveMeeting):
    """What was said about the current item, with a version so that two typists never collide."""

    template_name = "panels/live_meeting.html"

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(f"{self.record.get_absolute_url()}/live/{self.item.number}")

    def post(self, request, *args, **kwargs):
        note = request.POST.get("note", "").replace("\x00", "")
        try:
            save_note(self.item, note=note, version=_number(request.POST.get("version", ""), -1), by=request.user)
        except StaleNote as conflict:
            return self._show_again(
                note, status=409, their_note=conflict.item.note, note_version=conflict.item.note_version
            )
        except RuleBroken as refusal:
            return self._show_again(note, refusals=refusal.reasons)
        return HttpResponseRedirect(f"{self.record.get_absolute_url()}/live")

    def _show_again(self, note, *, status=200, **context):
        """The page with the note as it was typed, and why it was not saved."""
        form = DecisionForm(initial=self.get_initial())
        return self.render_to_response(self.get_context_data(form=form, my_note=note, **context), status=status)
