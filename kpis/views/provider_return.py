"""A provider's return: the list, the page on which it is written and read, and its saving."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, JsonResponse

from contracts.models import Contract
from contracts.rules.quarters import quarter_from
from contracts.views.head import ContractRecord, head_of
from core import clock
from core.idempotency import forget_held_post
from core.roles import Permission, Role
from core.rules import RuleBroken
from core.templatetags.ui import clock_time
from core.views.bases import ActionView, RecordDetail
from core.views.saving import conflict_answer
from kpis.actions.provider_return import (
    TEXTS,
    StaleReturn,
    answer_challenges,
    save_return,
    send_return,
)
from kpis.choices import ReturnState
from kpis.forms.provider_return import answer_form, return_form
from kpis.measures.return_rows import by_topic, in_words, shown, targets_of
from kpis.measures.returns import asked_of
from kpis.models import Return
from kpis.rules.returns import why_not_open_return
from kpis.views.dashboard import hides

P = Permission


class ReturnList(ContractRecord, RecordDetail):
    """A contract's returns, the newest first, and the targets they are rated by."""

    permission = P.SEE_RETURNS
    template_name = "kpis/returns.html"

    def get_context_data(self, **kwargs):
        contract, user = self.object, self.request.user
        rows = Return.objects.visible_to(user).filter(contract=contract).select_related("contract", "sent_by", "reviewed_by")
        goals = targets_of(contract, clock.today() + clock.ONE_DAY)
        targets = [
            {"asked": asked, "goal": goal, "words": in_words(asked, goal.value) if goal else ""}
            for asked in asked_of(contract)
            for goal in [goals.get(asked.slug)]
        ]
        return super().get_context_data(
            **self.identity(contract), returns=rows.order_by("-starts_on", "-pk")[:40], targets=targets, framework=bool(goals),
            may_review=user.can(P.REVIEW_RETURNS), writes=user.can(P.WRITE_RETURNS), **kwargs,
        )  # fmt: skip


class OfAReturn:
    """One return, found by its contract and period."""

    model = Return
    permission = P.SEE_RETURNS
    slug_field = slug_url_kwarg = "period"

    def records(self):
        rows = super().records().filter(contract__slug=self.kwargs["slug"])
        return rows.select_related("contract__provider", "contract__authority", "sent_by", "saved_by", "reviewed_by", "version")

    @property
    def rows(self):
        """Its rows as this reader may see them, counted once a request."""
        if not hasattr(self, "_rows"):
            self._rows = shown(self.record, hide=hides(self.request.user), again=self.counts_again)
        return self._rows

    counts_again = False


class ReturnPage(OfAReturn, ActionView):
    """Written by the provider until it is sent; then read, and answered where it was challenged."""

    template_name = "kpis/return.html"
    theirs = ()

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            words = self.not_yet()
            if not words:
                raise
            messages.error(request, words)
            return HttpResponseRedirect(f"/contracts/{self.kwargs['slug']}/returns")

    def not_yet(self) -> str:
        """Why there is no return: the quarter that the address names has not ended; nothing where that is not why."""
        user, quarter = self.request.user, quarter_from(self.kwargs["period"])
        if quarter is None or not user.can(P.SEE_RETURNS):
            return ""
        reasons = why_not_open_return(ended=quarter.ends_on <= clock.today(), opened=False)
        theirs = Contract.objects.visible_to(user).filter(slug=self.kwargs["slug"])
        return f"{quarter}: {reasons[0][:1].lower()}{reasons[0][1:]}" if reasons and theirs.exists() else ""

    @property
    def here(self):
        """The address of the return's own page, whatever part of it is in hand."""
        return self.record.get_absolute_url()

    @property
    def held_paths(self):
        return [f"{self.here}/save", self.here]

    @property
    def is_mine(self) -> bool:
        """True for the provider, who writes and answers."""
        return self.request.user.acting.role == Role.PROVIDER_MANAGER

    def challenged(self):
        """Rows that wait for an answer."""
        return [row for row in self.rows if row.row.verdict == "challenge" and not row.row.answer]

    def get_form_class(self):
        if self.record.state == ReturnState.CHALLENGED:
            return answer_form(self.challenged())
        return return_form(self.rows)

    def get_initial(self):
        return {name: getattr(self.record, name) for name in TEXTS} | {f"words_{row.row.measure}": row.row.words for row in self.rows}

    def get_context_data(self, **kwargs):
        kwargs["form"] = form = kwargs.get("form") or self.get_form()
        of = self.record
        drafts = self.is_mine and of.state == ReturnState.DRAFT
        if drafts:
            for row in self.rows:
                row.field = form[f"words_{row.row.measure}"]
        asked = [row for row in self.rows if row.needs_words]
        return super().get_context_data(
            **head_of(of.contract, self.request, part="returns"), of=of, rows=self.rows, topics=by_topic(of, self.rows), writes=drafts,
            answers=self.is_mine and of.state == ReturnState.CHALLENGED, asked=len(asked), hides=hides(self.request.user),
            written=sum(bool(row.row.words.strip()) for row in asked), autosave_url=f"{self.here}/save", theirs=self.theirs,
            version=of.saves if self.theirs else self.version_opened(), may_review=self.request.user.can(P.REVIEW_RETURNS),
            beside=[form[name] for name in TEXTS] if drafts else [], **kwargs,
        )  # fmt: skip

    def version_opened(self):
        """How often it had been saved when the page was opened: the page's own, a held page's, or now."""
        held = self.held_fields or {}
        return self.request.POST.get("version") or next(iter(held.get("version", [])), None) or self.record.saves

    def post(self, request, *args, **kwargs):
        if not request.user.can(P.WRITE_RETURNS):
            return HttpResponseRedirect(self.here)
        if "later" in request.POST and self.record.state == ReturnState.DRAFT:
            return self._save_for_later()
        return super().post(request, *args, **kwargs)

    def _save_for_later(self):
        """Keep what was typed, and go back to the list."""
        form = self.get_form()
        try:
            keep(self, form)
        except StaleReturn as stale:
            return self._stale(form, stale)
        return HttpResponseRedirect(f"{self.record.contract.get_absolute_url()}/returns")

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except StaleReturn as stale:
            return self._stale(form, stale)

    def _stale(self, form, stale):
        """The page again with what was typed, and what somebody else saved meanwhile beside it; the next press is made knowingly."""
        saved = stale.saved
        words = {f"words_{row.measure}": row.words for row in saved.rows.all()}
        kept = {name: getattr(saved, name) for name in TEXTS} | words
        self.theirs = [
            (form.fields[name].label, text) for name, text in kept.items() if name in form.fields and text != (self.request.POST.get(name) or "")
        ]
        self.record = saved
        form.add_error(None, f"{saved.saved_by.full_name} saved this return after you opened it. Nothing of either is lost: look at both, then press again.")
        return self.form_invalid(form)

    def act(self, form):
        if self.record.state == ReturnState.CHALLENGED:
            answers = {row.row.measure: form.cleaned_data.get(f"answer_{row.row.measure}", "") for row in self.challenged()}
            answer_challenges(self.record, answers=answers, by=self.request.user)
            self.success_message = "Answered. The commissioner looks again."
            return
        send_return(self.record, texts=form.texts(), words=form.words(), saves=opened_at(self.request), by=self.request.user)
        self.success_message = "Sent to the commissioner. It is frozen as it was sent."


def opened_at(request) -> int:
    """How often the return had been saved when the posting page was opened; -1 where that was not said."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def keep(page, form) -> Return:
    """Save what was posted, as typed, at the version the page was opened with."""
    form.is_valid()
    saved = save_return(page.record, texts=form.texts(), words=form.words(), saves=opened_at(page.request), by=page.request.user)
    for path in page.held_paths:
        forget_held_post(path, by=page.request.user)
    return saved


class SaveReturn(ReturnPage):
    """What the page posts by itself while somebody types."""

    permission = P.WRITE_RETURNS

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(self.here)

    def post(self, request, *args, **kwargs):
        if self.record.state != ReturnState.DRAFT:
            return JsonResponse({"reasons": ["It was sent."]}, status=422)
        try:
            saved = keep(self, self.get_form())
        except StaleReturn:
            return conflict_answer(request)
        except RuleBroken as refusal:
            return JsonResponse({"reasons": refusal.reasons}, status=422)
        return JsonResponse({"saved_at": clock_time(clock.now()), "version": saved.saves})
