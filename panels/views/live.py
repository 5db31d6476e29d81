"""The meeting as it happens: who is in the room, which item, what was decided."""

from datetime import date
from decimal import Decimal

from django.http import Http404, HttpResponseRedirect, JsonResponse

from core import clock
from core.roles import Permission
from core.rules import RuleBroken, refuse_if
from core.views.bases import ActionView
from panels.actions.decision import record_decision
from panels.actions.live import record_with_note, save_note, take_item
from panels.choices import ItemKind
from panels.forms.live import DecisionForm, SettleForm
from panels.models import Decision, DecisionReason, Meeting
from panels.models.business import following
from panels.models.live_page import (
    PARTIES,
    evidence_for,
    people_of,
    proposed,
    recommended_before,
    recorded,
)
from panels.models.minute_words import compose_sentence, settled_words
from panels.models.panel import panels_to_send_to
from panels.models.room import Room, may_chair
from panels.models.stale import StaleNote
from panels.rules.principles import lacking
from panels.views.live_deeds import LiveDeeds, number_of
from panels.views.meeting import MeetingRecord


class LiveMeeting(MeetingRecord, LiveDeeds, ActionView):
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
            self._item = here.select_related("referral__authority", "referral__child", "paper").first()
        return self._item

    @property
    def decision(self):
        """What was recorded of the item at hand, or None."""
        if not hasattr(self, "_recorded"):
            rows = Decision.objects.select_related("reason", "sent_to", "item")
            self._recorded = rows.filter(item=self.item).first() if self.item else None
        return self._recorded

    def get_initial(self):
        """What was half typed, over what was recorded, over what the referral proposes."""
        first = recorded(self.decision) if self.decision else proposed(self.item, self.record.terms)
        return {**first, **(self.item.draft if self.item else {})}

    def get_form_kwargs(self):
        panel = self.record.panel
        reasons = DecisionReason.objects.in_use().filter(panel=panel).order_by("outcome", "words")
        panels = panels_to_send_to(panel)
        review_on = proposed(None, self.record.terms)["review_on"]
        evidence = evidence_for(self.item, self.record.terms, review_on=review_on)
        missing = [p for p in lacking(evidence) if p.key != "plan"] if evidence else []
        self.evidence = evidence
        return {**super().get_form_kwargs(), "panels": panels, "reasons": reasons, "lacking": missing}

    def blank_form(self):
        """The form as the page first shows it."""
        kwargs = self.get_form_kwargs()
        kwargs.pop("data", None)
        kwargs.pop("files", None)
        return self.form_class(**kwargs)

    def get_context_data(self, **kwargs):
        meeting, user, item = self.record, self.request.user, self.item
        room, rows = Room(meeting), self.items_for(meeting)
        seen = [row["item"].pk for row in rows if row["item"]]
        decisions = {d.item_id: d for d in Decision.objects.filter(item__in=seen).select_related("item")}
        for row in rows:
            if row["item"]:
                row["decision"] = decisions.get(row["item"].pk)
                row["quorate"] = not room.why_not_quorate(row["item"])
        to_agree = [row["decision"] for row in rows if row.get("decision") and not row["decision"].agreed_at]
        at = next((n for n, row in enumerate(rows) if row["item"] and item and row["item"].pk == item.pk), 0)
        back = next((row["number"] for row in reversed(rows[:at]) if row["item"]), None)
        return super().get_context_data(
            meeting=meeting, item=item, items=rows, people=(people := people_of(meeting, room, item)), absent=any(not row["here"] for row in people), room=room,
            chairs=may_chair(meeting, user) and user.acting.role != "PA", to_agree=to_agree, now=clock.now(), back=back,
            following=following(meeting, item, user) if item else None, **self._of_item(item, room), **kwargs,
        )  # fmt: skip

    def _of_item(self, item, room) -> dict:
        """What the page says of the item at hand."""
        if item is None:
            return {"light": room.light(None), "decision": None, "out": [], "sentence": ""}
        decision, meeting = self.decision, self.record
        return {
            "light": room.light(item), "decision": decision,
            "is_act": item.kind == ItemKind.ACT, "settle_form": SettleForm(), "settled": settled_words(decision) if decision else "",
            "is_referral": item.kind == ItemKind.REFERRAL, "before": recommended_before(item), "parties": PARTIES,
            "out": list(item.recusals.filter(withdrawn_at=None).select_related("person")),
            "later": Meeting.objects.to_come().filter(panel=meeting.panel_id, starts_at__gt=meeting.starts_at).soonest_first()[:6],
            "sentence": decision.sentence if decision else compose_sentence(item, "agree", weeks=self.get_initial().get("weeks")),
            "version": self.request.POST.get("version") or item.note_version, "note": self.request.POST.get("note", item.note),
            "colleagues": self.colleagues().exclude(pk__in=[p.person_id for p in room.present]).order_by("full_name")[:200],
        }  # fmt: skip

    def form_valid(self, form):
        """A page older than the item is shown again with both texts, and nothing is recorded."""
        try:
            return super().form_valid(form)
        except StaleNote as stale:
            return self.show_both(stale.item)

    def act(self, form):
        said, item = form.cleaned_data, self.item
        refuse_if([] if item else ["Choose an item before recording a decision."])
        actions = form.actions()
        for row in actions:
            row["owner"] = self.colleagues().filter(full_name__iexact=row["owner_name"]).first()
        names = set(DecisionForm.base_fields) - {"what", "who", "by"} - {f"{p}_{n}" for p in ("what", "who", "by") for n in (2, 3)}
        facts = {name: said[name] for name in names}
        facts["principles"] = self._evidence(said, actions)
        if "version" in self.request.POST:
            record_with_note(item, note=self.note(), version=self.version(), actions=actions, by=self.request.user, **facts)
        else:
            record_decision(item, actions=actions, by=self.request.user, **facts)
        self.record.refresh_from_db()
        after = following(self.record, item, self.request.user)
        if after:
            take_item(after, by=self.request.user)
        return f"{self.record.get_absolute_url()}/live"

    def _evidence(self, said, actions) -> dict:
        """What speaks to each principle: the paper, this decision's own actions and review, and what the panel wrote."""
        review_on = said["review_on"]
        found = evidence_for(self.item, self.record.terms, parties=[a["owner_name"] for a in actions], review_on=review_on)
        wrote = {name.removeprefix("principle_"): words for name, words in said.items() if name.startswith("principle_") and words}
        return {**found, **wrote} if found or wrote else {}

    def note(self) -> str:
        """The note as typed."""
        return self.request.POST.get("note", "").replace("\x00", "")[:20_000]

    def version(self) -> int:
        """The version of the item that the page was opened at."""
        return number_of(self.request.POST.get("version", ""), -1)

    def draft(self) -> dict:
        """The decision half typed: every field that is not as it was proposed, as typed."""
        form, posted = self.blank_form(), self.request.POST
        typed = {name: posted[name].replace("\x00", "")[:8000] for name in form.fields if name in posted}
        changed = {name: text for name, text in typed.items() if text != _as_shown(form[name])}
        return {**(self.item.draft if self.item else {}), **changed}

    def show_both(self, item):
        """The page as it was typed, beside what somebody else wrote meanwhile; saving again keeps this one."""
        form, theirs = self.blank_form(), []
        kept = recorded(item.decision) if hasattr(item, "decision") else item.draft
        for name, field in form.fields.items():
            mine, his = self.request.POST.get(name, "").strip(), str(kept.get(name) or "").strip()
            if his and mine != his:
                theirs.append({"label": field.label, "words": his})
        if item.note.strip() and item.note.strip() != self.note().strip():
            theirs.append({"label": "Notes for the minutes", "words": item.note})
        form.initial |= {name: self.request.POST[name] for name in form.fields if name in self.request.POST}
        context = self.get_context_data(form=form, their_words=theirs, is_stale=True)
        context |= {"version": item.note_version, "note": self.note()}
        return self.render_to_response(context, status=409)


def _as_shown(field) -> str:
    """A field's first value as its box shows it."""
    value = field.value()
    return str(field.field.widget.format_value(value)) if isinstance(value, date | Decimal) else str(value or "")


class SaveNote(LiveMeeting):
    """What was said about the current item and is half decided, with a version so that two typists never collide."""

    template_name = "panels/live_meeting.html"

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(f"{self.record.get_absolute_url()}/live/{self.item.number}")

    def post(self, request, *args, **kwargs):
        if self.item is None:
            raise Http404
        by_script = "application/json" in request.headers.get("Accept", "")
        try:
            item = save_note(self.item, note=self.note(), version=self.version(), draft=self.draft(), by=request.user)
        except StaleNote as stale:
            return JsonResponse({}, status=409) if by_script else self.show_both(stale.item)
        except RuleBroken as refusal:
            if by_script:
                return JsonResponse({"reasons": refusal.reasons}, status=422)
            return self.render_to_response(self.get_context_data(form=self.blank_form(), refusals=refusal.reasons))
        if by_script:
            return JsonResponse({"version": item.note_version})
        return HttpResponseRedirect(f"{self.record.get_absolute_url()}/live")


class ShareScreen(MeetingRecord, ActionView):
    """The item at hand in large text, for the screen that everybody sees: no surname, no notes, no interests."""

    permission = Permission.READ_PAPERS
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs):
        meeting, user = self.record, self.request.user
        current = meeting.items.standing().filter(pk=meeting.current_item_id)
        item = current.visible_to(user).select_related("referral__authority").first()
        left = int((meeting.clearing_until - clock.now()).total_seconds()) if meeting.clearing_until else 0
        return super().get_context_data(
            meeting=meeting, item=item, number=current.values_list("number", flat=True).first(),
            count=meeting.items.standing().count(), left=max(left, 0), now=clock.now(), **kwargs,
        )  # fmt: skip
