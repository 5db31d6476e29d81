"""The eight tasks: any order, none locked, everything saved as typed."""

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from core import clock, scanner
from core.idempotency import forget_held_post
from core.roles import Permission
from core.rules import RuleBroken
from core.templatetags.ui import clock_time
from core.views.bases import ActionView, RecordDetail
from core.views.saving import conflict_answer
from referrals.actions.document import add_documents
from referrals.actions.referral import StaleVersion, save_task
from referrals.choices import TaskName
from referrals.forms.parts import typed_answers
from referrals.forms.people import AGREES, HOLDERS
from referrals.forms.tasks import GROUPS, TASK_FORMS
from referrals.models import Referral
from referrals.models.eligibility import panel_terms
from referrals.models.people_round import holders_in, named_rows
from referrals.rules.submission import is_answered
from referrals.views.answers import ORDER
from referrals.views.conflict import conflict_pairs, without_theirs
from referrals.views.referral import ReferralRecord, WritersOnly
from referrals.views.uploads import uploads_in

TICKED = {TaskName.NEEDS, TaskName.VIEWS}


def task_state(task, gaps) -> tuple[str, str]:
    """What a task list says of one task, and its colour."""
    if task.to_mend:
        return "There is a problem", "attention"
    if any(gap.task == task.name for gap in gaps) or not task.version:
        return ("In progress", "moving") if task.version else ("Not yet started", "waiting")
    if task.name in TICKED and not task.says_complete:
        return "In progress", "moving"
    return "Completed", "plain"


def task_rows(referral) -> list[dict]:
    """The eight tasks in order, with where each has got to."""
    gaps, tasks = referral.gaps(), {task.name: task for task in referral.tasks.all()}
    rows = []
    for name in ORDER:
        task = tasks[name]
        status, tone = task_state(task, gaps)
        rows.append(
            {
                "name": name,
                "label": TaskName(name).label,
                "url": f"/referrals/{referral.reference}/tasks/{name}",
                "detail": task.to_mend or _answered(task, referral),
                "status": status,
                "tone": tone,
            }
        )
    return rows


def _answered(task, referral) -> str:
    """How much of a task is answered, in a few words."""
    form = TASK_FORMS[task.name]()
    if task.name == TaskName.RISK:
        said = sum(is_answered(task.answers.get(key)) for key in form.counted)
        return f"{said} of {len(form.counted)} risks answered"
    if task.name == TaskName.REQUEST and is_answered(task.answers.get("service")):
        return ", ".join(filter(None, (referral.ask_sentence, referral.cost_sentence)))
    said = sum(is_answered(task.answers.get(key)) for key in form.questions)
    return f"{said} of {len(form.questions)} questions answered"


def next_unfinished(referral, after: str = "") -> str:
    """The address of the next task to do after one, or of Check answers."""
    rows = task_rows(referral)
    start = next((i + 1 for i, row in enumerate(rows) if row["name"] == after), 0)
    todo = [row for row in rows[start:] + rows[:start] if row["status"] != "Completed"]
    todo = [row for row in todo if row["name"] != after]
    return todo[0]["url"] if todo else f"/referrals/{referral.reference}/check"


class ReferralTasks(ReferralRecord, RecordDetail):
    """The task list: what is done, what is not, and what happens next."""

    permission = Permission.SEE_REFERRALS

    def records(self):
        return super().records().select_related("form_import")

    def get_context_data(self, **kwargs):
        referral = self.object
        rows = {row["name"]: row for row in task_rows(referral)}
        done = sum(row["status"] == "Completed" for row in rows.values())
        saved = [task.saved_at for task in referral.tasks.all() if task.saved_at]
        todo = next((row for row in rows.values() if row["status"] != "Completed"), None)
        return super().get_context_data(
            groups=[(title, [rows[name] for name in names]) for title, names in GROUPS],
            done=done,
            saved_at=max(saved) if saved else None,
            todo=todo,
            chain=[TaskWords.step(step) for step in referral.chain()],
            why_not=referral.why_not_edit(),
            **self.identity(referral),
            **kwargs,
        )


class TaskWords:
    """Words for who signs, in order."""

    STEPS = {"TM": "Team manager", "SM": "Service manager", "STM": "Strategic manager"}

    @classmethod
    def step(cls, code):
        return {"label": cls.STEPS[code], "done": False, "detail": "Signs off"}


class EditTask(WritersOnly, ActionView):
    """One task's questions; whatever is typed is saved first, and then looked at."""

    permission = Permission.FILL_REFERRALS
    model = Referral
    template_name = "referrals/edit_task.html"
    file_errors = ()

    def records(self):
        rows = super().records().select_related("child", "authority")
        return rows.prefetch_related("tasks")

    def load(self):
        if self.kwargs["name"] not in TASK_FORMS:
            raise Http404
        referral = super().load()
        self.task = next(task for task in referral.tasks.all() if task.name == self.kwargs["name"])
        return referral

    @property
    def here(self):
        """The address of the task's own page."""
        return f"/referrals/{self.record.reference}/tasks/{self.task.name}"

    @property
    def held_paths(self):
        """What was typed may have been held here or at the page's own saving."""
        return [f"{self.here}/save", self.here]

    def get_form_class(self):
        return TASK_FORMS[self.task.name]

    def get_initial(self):
        """What is saved, with a row begun for each person who holds parental responsibility."""
        key = {TaskName.VIEWS: HOLDERS[0], TaskName.CONSENT: AGREES[0]}.get(self.task.name)
        holders = holders_in(self.record.task_answers.get(TaskName.CHILD, {})) if key else []
        return named_rows(self.task.answers, key, holders) if holders else self.task.answers

    def why_not(self):
        return self.record.why_not_edit()

    def get_context_data(self, **kwargs):
        kwargs["form"] = kwargs.get("form") or self.get_form()
        is_documents = self.task.name == TaskName.DOCUMENTS
        version = self.task.version if "saved" in kwargs else self.version_opened()
        return super().get_context_data(
            heading=TaskName(self.task.name).label,
            task=self.task,
            ticked=self.task.name in TICKED,
            is_multipart=is_documents,
            scanner=scanner.is_set(),
            file_errors=self.file_errors,
            documents=self.record.documents.filter(removed_at=None).select_related("file").order_by("pk")
            if is_documents else [],
            saved_at=self.task.saved_at,
            version=version,
            asks_why=self.record.status in {"WITH_TM", "READY", "BOOKED"},
            because=self.request.POST.get("because", ""),
            to_check=self.request.POST.get("to", self.request.GET.get("to")) == "check",
            panel_terms=panel_terms(self.record.authority) if self.task.name == TaskName.REQUEST else {},
            autosave_url=f"{self.here}/save",
            back_url=f"/referrals/{self.record.reference}/tasks",
            back_label="All tasks",
            **kwargs,
        )  # fmt: skip

    def version_opened(self):
        """The version that what is typed began from: the page's, or the held page's, or today's."""
        held = self.held_fields or {}
        return self.request.POST.get("version") or next(iter(held.get("version", [])), None) or self.task.version

    def post(self, request, *args, **kwargs):
        posted = self.posted()
        form = self.get_form_class()(posted)
        try:
            save_posted(self.task, form, posted, by=request.user)
            for path in self.held_paths:
                forget_held_post(path, by=request.user)
            uploads = uploads_in(request) if self.task.name == TaskName.DOCUMENTS else []
            if uploads:
                add_documents(self.record, uploads=uploads, by=request.user)
        except StaleVersion as conflict:
            return self._conflict(conflict.task, form, posted)
        except RuleBroken as refusal:
            self.file_errors = [reason for reason in refusal.reasons if getattr(reason, "field", "") == "files"]
            return self.refused(form, refusal)
        return self._go_on(form, posted)

    def posted(self):
        """What was posted, with the rest of the risks where one button says there are none."""
        posted = without_theirs(self.request.POST)
        if posted.get("rest") == "none":
            for name in TASK_FORMS[self.task.name].counted:
                posted.setdefault(name, "none")
        return posted

    def form_invalid(self, form):
        """The page again with everything typed, at the version that is saved now."""
        self.task.refresh_from_db()
        return render(self.request, self.get_template_names(), self.get_context_data(form=form, saved=True))

    def _go_on(self, form, posted):
        """To the list, the same page with one more row, what is wrong, or the next unfinished task."""
        if "later" in posted:
            return HttpResponseRedirect(f"/referrals/{self.record.reference}/tasks")
        if "add" in posted:
            return HttpResponseRedirect(f"{self.here}#more")
        if not form.is_valid():
            return self.form_invalid(form)
        referral = self.records().get(pk=self.record.pk)
        if posted.get("to") == "check":
            return HttpResponseRedirect(f"/referrals/{referral.reference}/check")
        return HttpResponseRedirect(next_unfinished(referral, self.task.name))

    def _conflict(self, task, form, posted):
        """Both texts, side by side, to choose from; nothing has been overwritten."""
        mine = typed_answers(form, posted)
        return render(
            self.request,
            "referrals/task_conflict.html",
            {
                "here": self.here,
                "version": task.version,
                "heading": f"{task.saved_by} changed “{task.get_name_display()}”",
                "at": task.saved_at,
                "pairs": conflict_pairs(task, mine),
                "mine": [(name, one) for name, value in mine.items() for one in (value if isinstance(value, list) else [value])],
                "asked": form.many,
            },
            status=409,
        )


def save_posted(task, form, posted, *, by):
    """Save what was posted, field by field as typed, at the version the page was opened with."""
    typed = posted.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
    return save_task(
        task,
        answers={**task.answers, **typed_answers(form, posted)},
        version=version,
        says_complete=posted.get("says_complete") == "yes" or (
            task.says_complete and "says_complete_asked" not in posted
        ),
        because=posted.get("because", "")[:2000].replace("\x00", ""),
        by=by,
    )  # fmt: skip


class SaveTask(EditTask):
    """What the page posts by itself while somebody types."""

    def get(self, request, *args, **kwargs):
        return HttpResponseRedirect(self.here)

    def post(self, request, *args, **kwargs):
        posted = self.posted()
        try:
            task = save_posted(self.task, self.get_form_class()(posted), posted, by=request.user)
        except StaleVersion:
            return conflict_answer(request)
        except RuleBroken as refusal:
            return JsonResponse({"reasons": refusal.reasons}, status=422)
        for path in self.held_paths:
            forget_held_post(path, by=request.user)
        return JsonResponse({"saved_at": clock_time(clock.now()), "version": task.version})
