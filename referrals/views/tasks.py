"""The eight tasks: any order, none locked, everything saved as typed."""

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from core import clock
from core.roles import Permission
from core.rules import RuleBroken
from core.templatetags.ui import clock_time
from core.views.bases import ActionView, RecordDetail
from referrals.actions.referral import StaleVersion, save_task
from referrals.choices import TaskName
from referrals.forms.tasks import GROUPS, TASK_FORMS, typed_answers
from referrals.models import Referral
from referrals.views.answers import ORDER, answer_rows
from referrals.views.referral import ReferralRecord, WritersOnly

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
        fields = TASK_FORMS[name]().fields
        answered = sum(bool(str(task.answers.get(key, "")).strip()) for key in fields)
        rows.append(
            {
                "name": name,
                "label": TaskName(name).label,
                "url": f"/referrals/{referral.reference}/tasks/{name}",
                "detail": task.to_mend or f"{answered} of {len(fields)} answered",
                "status": status,
                "tone": tone,
            }
        )
    return rows


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

    permission = Permission.START_REFERRALS
    model = Referral

    def records(self):
        rows = super().records().select_related("child", "authority")
        return rows.prefetch_related("tasks")

    def load(self):
        if self.kwargs["name"] not in TASK_FORMS:
            raise Http404
        referral = super().load()
        self.task = next(task for task in referral.tasks.all() if task.name == self.kwargs["name"])
        return referral

    def get_form_class(self):
        return TASK_FORMS[self.task.name]

    def get_initial(self):
        return self.task.answers

    def why_not(self):
        return self.record.why_not_edit()

    def get_context_data(self, **kwargs):
        gap_fields = {g.field for g in self.record.gaps() if g.task == self.task.name}
        return super().get_context_data(
            heading=TaskName(self.task.name).label,
            task=self.task,
            ticked=self.task.name in TICKED,
            documents=self.record.documents.filter(removed_at=None).select_related("file").order_by("pk")
            if self.task.name == TaskName.DOCUMENTS else [],
            saved_at=self.task.saved_at,
            version=self.request.POST.get("version") or self.task.version,
            autosave_url=f"{self.request.path}/save",
            back_url=f"/referrals/{self.record.reference}/tasks",
            back_label="All tasks",
            gap_fields=gap_fields,
            **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        form = self.get_form_class()(request.POST)
        try:
            save_posted(self.task, form, request)
        except StaleVersion as conflict:
            return self._conflict(conflict.task, form)
        except RuleBroken as refusal:
            return self.refused(self.get_form(), refusal)
        if "later" in request.POST:
            return HttpResponseRedirect(f"/referrals/{self.record.reference}/tasks")
        if not form.is_valid():
            self.task.refresh_from_db()
            return render(request, self.get_template_names(), self.get_context_data(form=form, saved=True))
        referral = self.records().get(pk=self.record.pk)
        if request.POST.get("to") == "check":
            return HttpResponseRedirect(f"/referrals/{referral.reference}/check")
        return HttpResponseRedirect(next_unfinished(referral, self.task.name))

    def _conflict(self, task, form):
        """Both texts, side by side, to choose from; nothing has been overwritten."""
        mine = typed_answers(form, self.request.POST)
        return render(
            self.request,
            "referrals/task_conflict.html",
            {
                "record": self.record,
                "task": task,
                "heading": f"{task.saved_by} changed “{task.get_name_display()}”",
                "pairs": [
                    {**theirs, "mine": own["value"]}
                    for theirs, own in zip(
                        answer_rows(task.name, task.answers), answer_rows(task.name, mine), strict=True
                    )
                    if theirs["value"] != own["value"]
                ],
                "mine": mine,
            },
            status=409,
        )


def save_posted(task, form, request):
    """Save what was posted, field by field as typed, at the version the page was opened with."""
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
    return save_task(
        task,
        answers={**task.answers, **typed_answers(form, request.POST)},
        version=version,
        says_complete=request.POST.get("says_complete") == "yes" or (
            task.says_complete and "says_complete_asked" not in request.POST
        ),
        by=request.user,
    )  # fmt: skip


class SaveTask(EditTask):
    """What the page posts by itself while somebody types."""

    def get(self, request, *args, **kwargs):
        raise Http404

    def post(self, request, *args, **kwargs):
        form = self.get_form_class()(request.POST)
        try:
            task = save_posted(self.task, form, request)
        except StaleVersion:
            return JsonResponse({"conflict_url": request.path.removesuffix("/save")}, status=409)
        except RuleBroken as refusal:
            return JsonResponse({"reasons": refusal.reasons}, status=422)
        return JsonResponse({"saved_at": clock_time(clock.now()), "version": task.version})
