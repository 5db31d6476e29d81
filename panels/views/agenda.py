"""Agendas: built, timed, and what each item asks for."""

from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from core.models import User
from core.roles import Permission, Role
from core.rules import RuleBroken
from core.views.bases import ActionView
from panels.actions.agenda import add_item, list_referral, take_off_item
from panels.actions.agenda_order import arrange_agenda, move_item
from panels.actions.booking import tell_running_late
from panels.actions.paper import write_paper
from panels.actions.presenters import set_presenters
from panels.actions.remit import accept_above_rate, record_request, send_to_tripartite
from panels.actions.reviews import pull_in_reviews
from panels.actions.slots import share_slot, split_slot
from panels.choices import ItemKind, PanelKind, RequestKind
from panels.forms.agenda import AddItemForm, PresentersForm, RequestForm, WriteForm
from panels.models.clocks import papers_due_on
from panels.models.commitment import ask_of, rates_on_file
from panels.models.order import timetable, window_words
from panels.models.readiness import missing_by_item
from panels.models.request_words import FIELDS, request_facts
from panels.models.reviews import reviews_for
from panels.models.room import may_chair
from panels.views.meeting import MeetingRecord
from referrals.models import Referral
from referrals.models.linked import pairs_among

SLOTS = {"share": share_slot, "split": split_slot}
MAY_MOVE = (ItemKind.REFERRAL, ItemKind.REVIEW, ItemKind.REPORT, ItemKind.STANDING)
WRITTEN = (ItemKind.REPORT, ItemKind.OTHER)
MAY_COME_OFF = (ItemKind.REFERRAL, ItemKind.REVIEW, ItemKind.REPORT)
PRESENTS = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.PROVIDER_MANAGER, Role.HEAD_OF_SERVICE, Role.COMMISSIONER)


class BuildAgenda(MeetingRecord, ActionView):
    """The agenda in order, with its times: move, take off, add a referral, the reviews due or other business."""

    permission = Permission.RUN_MEETINGS
    form_class = AddItemForm

    def get_context_data(self, **kwargs):
        meeting, user = self.record, self.request.user
        hears = meeting.panel.kind not in {PanelKind.STEERING, PanelKind.CONTRACT_REVIEW}
        ready = Referral.objects.visible_to(user).filter(status="READY").select_related("child", "authority")
        rows = self._rows(meeting)
        minutes = sum(row["minutes"] for row in rows)
        return super().get_context_data(
            meeting=meeting, items=rows, minutes=minutes, over=minutes - meeting.lasts_minutes,
            ready=ready.prefetch_related("tasks").order_by("status_since", "pk")[: 50 * hears], hears=hears,
            without=[row for row in rows if row.get("missing")], reviews=len(reviews_for(meeting)),
            papers_due=papers_due_on(meeting), is_out=meeting.circulated_at is not None, **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def _rows(self, meeting) -> list[dict]:
        """Each item with its times, what its paper needs, and what may be done to it; hidden ones by number and time."""
        rows = meeting.items.standing().in_order().select_related("referral__authority", "presenter", "presenting_manager", "request", "alteration", "high_risk_request__child")
        items = list(rows.prefetch_related("referral__tasks")[:60])
        seen = set(meeting.items.visible_to(self.request.user).values_list("pk", flat=True))
        missing = missing_by_item([item for item in items if item.pk in seen])
        numbers = {item.pk: item.number for item in items if item.pk in seen}
        asks = meeting.panel.kind in {PanelKind.RESOURCES, PanelKind.TRIPARTITE}
        rows = [
            {
                "number": row.item.number, "item": row.item if row.item.pk in seen else None, "minutes": row.item.minutes,
                "shares_with": numbers.get(row.item.shares_slot_with_id) if row.item.pk in seen else None,
                "begins_at": row.begins_at, "missing": _missing(row.item, missing) if row.item.pk in seen else None,
                "opens": bool(row.item.referral_id) or row.item.kind in WRITTEN, "may_move": row.item.kind in MAY_MOVE,
                "may_come_off": row.item.kind in MAY_COME_OFF, "asks": asks,
                "window": window_words(row.begins_at) if row.item.referral_id and row.item.presenter_id else "",
            }
            for row in timetable(meeting, items)
        ]  # fmt: skip
        return _with_linked(meeting, rows, self.request.user)

    def post(self, request, *args, **kwargs):
        if "deed" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = AddItemForm()
        try:
            self._do(*request.POST["deed"].split(" ", 2))
        except (RuleBroken, ValueError, TypeError, OverflowError) as refusal:
            reasons = getattr(refusal, "reasons", ["That cannot be done to this agenda."])
            return self.render_to_response(self.get_context_data(form=form, refusals=reasons))
        return HttpResponseRedirect(request.path)

    def _do(self, deed, key="", to=""):
        """One button of the agenda: list a referral, take an item off, move it, save the numbers, pull reviews in."""
        user, meeting = self.request.user, self.record
        if deed == "list":
            referral = get_object_or_404(Referral.objects.visible_to(user), reference=key.replace("\x00", "")[:7])
            list_referral(referral, meeting, by=user)
        elif deed == "reviews":
            pull_in_reviews(meeting, by=user)
        elif deed == "late":
            tell_running_late(meeting, minutes=int(self.request.POST.get("minutes", "")[:4]), by=user)
        elif deed == "save":
            self._save()
        else:
            self._do_to_item(deed, get_object_or_404(meeting.items.visible_to(user), pk=_whole(key)), to)

    def _do_to_item(self, deed, item, to):
        """One button of an item: its slot, off, or to another number."""
        user = self.request.user
        if deed in SLOTS:
            SLOTS[deed](item, by=user)
        elif deed == "off":
            take_off_item(item, reason="Taken off by the administrator.", by=user)
        else:
            move_item(item, to=_whole(to), by=user)

    def _save(self):
        """The numbers and minutes typed into the table."""
        typed = self.request.POST
        keys = list(self.record.items.visible_to(self.request.user).standing().values_list("pk", flat=True)[:60])
        arrange_agenda(
            self.record, by=self.request.user,
            numbers={key: _whole(typed[f"number_{key}"]) for key in keys if f"number_{key}" in typed},
            minutes={key: _whole(typed[f"minutes_{key}"]) for key in keys if f"minutes_{key}" in typed},
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        add_item(
            self.record, kind=AddItemForm.kind, title=said["title"], is_reserved=said["is_reserved"],
            minutes=said["minutes"], by=self.request.user,
        )  # fmt: skip
        return self.request.path


def _with_linked(meeting, rows, user) -> list[dict]:
    """The agenda's rows, each with whether it could share a linked child's slot, or be split from one."""
    referrals = {row["item"].pk: row["item"].referral for row in rows if row["item"] and row["item"].referral}
    seen = meeting.items.visible_to(user).standing().values("referral__child")
    linked = {child for pair in pairs_among(seen) for child in pair}
    is_out = meeting.circulated_at is not None
    heads = {row["item"].shares_slot_with_id for row in rows if row["item"]}
    for row in rows:
        item = row["item"]
        if is_out or item is None or item.pk not in referrals:
            continue
        row["may_split"] = bool(row["shares_with"]) or item.pk in heads
        may = item.kind == ItemKind.REFERRAL and not row["may_split"]
        row["may_share"] = may and referrals[item.pk].child_id in linked
    return rows


def _missing(item, missing) -> list[str] | None:
    """What an item's paper still needs; a report needs to be written."""
    if item.kind == ItemKind.REPORT:
        return None if item.is_written else ["nothing has been written"]
    return missing.get(item.pk)


def _whole(typed: str) -> int:
    """A number as it was typed; ValueError where it is none that a row could have."""
    if not (typed.strip().isascii() and typed.strip().isdigit() and len(typed.strip()) <= 9):
        raise ValueError("Type a whole number.")
    return int(typed)


class ItemRequest(MeetingRecord, ActionView):
    """One item: who presents it, and what it asks a resources panel for, by its kind."""

    permission = Permission.SEE_MEETINGS
    form_class = RequestForm
    success_message = "Saved."

    def load(self):
        meeting, user = super().load(), self.request.user
        if not (user.can(Permission.RUN_MEETINGS) or may_chair(meeting, user)):
            raise Http404
        rows = meeting.items.standing().visible_to(user).filter(number=self.kwargs["number"])
        rows = rows.select_related("referral__child", "request", "presenter", "presenting_manager", "meeting__panel__authority", "meeting__terms")
        self.item = get_object_or_404(rows)
        self.writes = self.item.kind in WRITTEN
        if not self.item.referral_id and not self.writes:
            raise Http404
        self.request_now = getattr(self.item, "request", None)
        return meeting

    @property
    def kind(self) -> str:
        """The kind chosen in the address, otherwise the one recorded, otherwise what the referral says."""
        asked = self.request.GET.get("kind", "")
        if not self.item.referral_id:
            return RequestKind.JOINT
        if asked in RequestKind.values:
            return asked
        if self.request_now:
            return self.request_now.kind
        allowance = self.item.referral.answers().get("request", {}).get("allowance")
        return RequestKind.ALLOWANCE if allowance and allowance not in {"no", "none"} else RequestKind.PLACEMENT

    def get_form_class(self):
        return RequestForm if self.item.referral_id else WriteForm

    def get_initial(self):
        if not self.item.referral_id:
            return {"words": self.item.written}
        now = self.request_now
        found = {"chooses_provider": self.item.chooses_provider, "starts_on": self.record.on}
        return {**found, **({name: getattr(now, name) for name in FIELDS[self.kind]} if now else {})}

    def get_form_kwargs(self):
        if not self.item.referral_id:
            return super().get_form_kwargs()
        return {**super().get_form_kwargs(), "kind": self.kind, "rates": rates_on_file(self.record.panel.authority)}

    def _people(self):
        """Whoever may present: workers and managers of the council and its providers here, and who does now."""
        rows = User.objects.holding(*PRESENTS, authority=self.record.panel.authority_id)
        now = [self.item.presenter_id, self.item.presenting_manager_id]
        return User.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=[key for key in now if key])).order_by("full_name")

    def get_context_data(self, **kwargs):
        meeting, item, user = self.record, self.item, self.request.user
        initial = {"presenter": item.presenter_id, "presenting_manager": item.presenting_manager_id}
        kwargs.setdefault("presenters", PresentersForm(people=self._people(), initial=initial))
        items = meeting.items.standing().in_order().only("pk", "minutes", "meeting", "shares_slot_with")[:60]
        begins_at = next(row.begins_at for row in timetable(meeting, items) if row.item.pk == item.pk)
        asks_chair = self.request_now and not self.request_now.rate_is_agreed and ask_of(self.request_now).commitment.is_above_rate
        return super().get_context_data(
            meeting=meeting, item=item, begins_at=begins_at, window=window_words(begins_at), kind=self.kind, kinds=RequestKind.choices, runs=user.can(Permission.RUN_MEETINGS),
            is_out=meeting.circulated_at is not None, facts=request_facts(item), is_joint=self.kind == RequestKind.JOINT,
            asks=meeting.panel.kind == PanelKind.RESOURCES and item.referral_id is not None, writes=self.writes,
            asks_chair=asks_chair and may_chair(meeting, user) and user.acting.role != "PA", **self.identity(meeting), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        deed = request.POST.get("deed", "")
        if deed == "presenters":
            return self._present()
        if deed not in {"accept", "tripartite"}:
            return super().post(request, *args, **kwargs)
        try:
            if deed == "accept" and self.request_now:
                accept_above_rate(self.request_now, by=request.user)
            elif deed == "tripartite" and self.item.referral_id:
                send_to_tripartite(self.item, by=request.user)
                return HttpResponseRedirect(f"{self.record.get_absolute_url()}/agenda")
        except RuleBroken as refusal:
            return self.render_to_response(self.get_context_data(refusals=refusal.reasons))
        return HttpResponseRedirect(request.path)

    def _present(self):
        """Save who presents the item."""
        form = PresentersForm(self.request.POST, people=self._people())
        if form.is_valid():
            set_presenters(self.item, by=self.request.user, **form.cleaned_data)
            return HttpResponseRedirect(self.request.path)
        return self.render_to_response(self.get_context_data(presenters=form, form=self._unbound()))

    def _unbound(self):
        """The questions as they stand, without what another form posted."""
        if not self.item.referral_id:
            return WriteForm(initial=self.get_initial())
        return RequestForm(kind=self.kind, rates=rates_on_file(self.record.panel.authority), initial=self.get_initial())

    def act(self, form):
        if not self.item.referral_id:
            write_paper(self.item, words=form.cleaned_data["words"], by=self.request.user)
            return f"{self.record.get_absolute_url()}/agenda"
        said = dict(form.cleaned_data)
        chooses = said.pop("chooses_provider", False)
        record_request(self.item, kind=self.kind, facts=said, chooses_provider=chooses, by=self.request.user)
        return f"{self.record.get_absolute_url()}/agenda"
