"""The tasks of an ending: any order, saved as typed and by themselves, with both texts where two people type."""

from django import forms
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from core import clock
from core.idempotency import forget_held_post
from core.roles import Permission
from core.rules import RuleBroken
from core.templatetags.ui import clock_time
from core.views.bases import ActionView
from core.views.saving import conflict_answer
from referrals.actions.ending import StaleEnding, goes_on, write_ending
from referrals.forms.ending import TASK_FORMS, TASK_NAMES, BothForm
from referrals.views.answers import shown_answer
from referrals.views.conflict import without_theirs
from referrals.views.ending import StayRecord, asked_of, goal_of


class WriteEnding(StayRecord, ActionView):
    """One of the four tasks: whatever is typed is saved first, and then looked at; on to the next unfinished."""

    permission = Permission.END_SUPPORT
    template_name = "referrals/write_ending_task.html"

    def load(self):
        if self.kwargs["task"] not in TASK_FORMS:
            raise Http404
        return super().load()

    @property
    def here(self):
        """The address of the task's own page."""
        return f"{self.record.get_absolute_url()}/end/{self.kwargs['task']}"

    @property
    def held_paths(self):
        """What was typed may have been held here or at the page's own saving."""
        return [f"{self.here}/save", self.here]

    def get_form_class(self):
        return TASK_FORMS[self.kwargs["task"]]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), **self._asks_both()}

    def _asks_both(self) -> dict:
        """Whom else the team worked with, for the tasks that ask of both."""
        asks = issubclass(self.get_form_class(), BothForm)
        return {"works_with": self.ending.works_with} if asks else {}

    def form_of(self, posted):
        """The task's form with what was posted."""
        return self.get_form_class()(posted, **self._asks_both())

    def get_initial(self):
        return {field: getattr(self.ending, field) for field in self.get_form_class().base_fields}

    def get_context_data(self, **kwargs):
        kwargs["form"] = kwargs.get("form") or self.get_form()
        task, goal = self.kwargs["task"], goal_of(self.record)
        return super().get_context_data(
            heading=TASK_NAMES[task], lead=f"The goal was: {goal}" if goal else "", version=self.version_opened(),
            autosave_url=f"{self.here}/save", saved_at=self.ending.saved_at(task),
            back_url=f"{self.record.get_absolute_url()}/end", back_label="Ending", **self.identity(), **kwargs,
        )  # fmt: skip

    def version_opened(self):
        """The version that what is typed began from: a held page's, or the one that is saved now."""
        held = self.held_fields or {}
        return next(iter(held.get("version", [])), None) or self.ending.version_of(self.kwargs["task"])

    def save(self, form, posted):
        """Save what was posted, field by field as typed, at the version the page was opened with."""
        version = posted.get("version", "")
        ending = write_ending(
            self.record, task=self.kwargs["task"], answers={**self.get_initial(), **_typed(form, posted)}, by=self.request.user,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
        )  # fmt: skip
        for path in self.held_paths:
            forget_held_post(path, by=self.request.user)
        return ending

    def post(self, request, *args, **kwargs):
        posted = without_theirs(request.POST)
        form = self.form_of(posted)
        try:
            ending = self.save(form, posted)
        except StaleEnding as conflict:
            return self._conflict(conflict.ending, form, posted)
        except RuleBroken as refusal:
            return self.refused(form, refusal)
        self.record = self.load()
        if "later" not in posted and not self._kept(form, posted):
            return self.form_invalid(form)
        return HttpResponseRedirect(self._next(ending, later="later" in posted))

    def _kept(self, form, posted) -> bool:
        """Whether all that was posted could be kept; answers kept from a colleague are not in it."""
        return not any(name in posted for name in form.errors)

    def _next(self, ending, *, later) -> str:
        """The next task that is not finished, or the list of them."""
        support_goes_on, at = goes_on(self.record), f"{self.record.get_absolute_url()}/end"
        missing = ending.missing(support_goes_on=support_goes_on)
        unfinished = [name for name in asked_of(support_goes_on) if missing[name]]
        if later or not unfinished or unfinished[0] == self.kwargs["task"]:
            return at
        return f"{at}/{unfinished[0]}"

    def _conflict(self, ending, form, posted):
        """Both texts, side by side, to choose from; nothing has been overwritten."""
        task, mine = self.kwargs["task"], _typed(form, posted)
        pairs = [
            {
                "name": name, "label": form.fields[name].label, "mine": shown_answer(form.fields[name], value) or "Not provided",
                "theirs": shown_answer(form.fields[name], getattr(ending, name)) or "Not provided",
            }
            for name, value in mine.items()
            if value != getattr(ending, name)
        ]  # fmt: skip
        facts = {
            "heading": f"{ending.saved_by(task)} changed “{TASK_NAMES[task]}”", "at": ending.saved_at(task), "here": self.here,
            "version": ending.version_of(task), "pairs": pairs, "mine": list(mine.items()), "asked": [],
        }  # fmt: skip
        return render(self.request, "referrals/task_conflict.html", facts, status=409)


def _typed(form, posted) -> dict:
    """What was typed, exactly as it came; a choice that the page does not offer, and a NUL, cannot be kept."""
    typed = {name: posted[name].replace("\x00", "") for name in form.fields if name in posted}
    return {
        name: value for name, value in typed.items()
        if not isinstance(form.fields[name], forms.ChoiceField) or not value or form.fields[name].valid_value(value)
    }  # fmt: skip


class SaveEnding(WriteEnding):
    """What the page posts by itself while somebody types."""

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(self.here)

    def post(self, request, *args, **kwargs):
        try:
            ending = self.save(self.form_of(request.POST), request.POST)
        except StaleEnding:
            return conflict_answer(request)
        except RuleBroken as refusal:
            return JsonResponse({"reasons": refusal.reasons}, status=422)
        return JsonResponse({"saved_at": clock_time(clock.now()), "version": ending.version_of(self.kwargs["task"])})
