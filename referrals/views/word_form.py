"""The council's Word form: to take away, to send in filled, and what was read from it."""

from django import forms
from django.http import Http404
from django.views.generic import View

from core.forms import HouseForm, TextField
from core.roles import Permission
from core.views.bases import ActionView, Guarded, RecordDetail
from core.views.files import attachment
from referrals.actions.word_form import import_form
from referrals.choices import TaskName
from referrals.forms.word.making import word_form
from referrals.forms.word.reading import DOCX, TOO_LARGE, CannotRead, Reading, read_form
from referrals.models import Child, Referral
from referrals.models.kept_file import LARGEST
from referrals.views.referral import ReferralRecord


class WordForm(Guarded, View):
    """The empty form."""

    permission = Permission.START_REFERRALS

    def get(self, request):
        return attachment(word_form(), media_type=DOCX, name="referral-form.docx")


class ImportForm(HouseForm):
    """A filled form, and the child it is about where the form does not say."""

    file = forms.FileField(label="The filled form", help_text="A Word file that ends in .docx, smaller than 10 MB.")
    child_number = TextField(
        label="The child’s council number or reference (optional)", required=False, max_length=40,
        help_text="Only where the form does not say it, or says it wrongly.",
    )


class ImportReferral(ActionView):
    """Start a draft from a filled Word form."""

    permission = Permission.START_REFERRALS
    form_class = ImportForm
    template_name = "referrals/import_form.html"
    extra_context = {
        "heading": "Start from a Word form", "submit_label": "Check what we read", "back_url": "/referrals/new",
        "back_label": "Find the child",
    }  # fmt: skip

    def act(self, form):
        file, user = form.cleaned_data["file"], self.request.user
        content = b"" if file.size > LARGEST else file.read()
        said, unread = _read(content)
        number = form.cleaned_data["child_number"] or said.child_number
        children = list(Child.objects.visible_to(user).known_as(number)[:2]) if number else []
        made = import_form(
            children, name=file.name or "referral-form.docx", content=content, answers=said.answers, read=said.read,
            unsure=said.unsure, left=said.left, unread=unread, by=user,
        )  # fmt: skip
        return f"/referrals/{made.referral.reference}/imported"


def _read(content: bytes) -> tuple[Reading, str]:
    """What a form says, or why it could not be read."""
    if not content:
        return Reading(), TOO_LARGE
    try:
        return read_form(content), ""
    except CannotRead as why:
        return Reading(), str(why)


class ImportedForm(ReferralRecord, RecordDetail):
    """What was read into a draft, what was not sure, and what is left to answer."""

    model = Referral
    permission = Permission.START_REFERRALS
    template_name = "referrals/imported_form.html"

    def get_context_data(self, **kwargs):
        made = getattr(self.object, "form_import", None)
        if made is None:
            raise Http404
        return super().get_context_data(
            made=made, unsure=_linked(made.unsure, self.object), read=_by_task(made.read), **self.identity(self.object), **kwargs
        )


def _linked(rows, referral) -> list[dict]:
    """Each with the question's own place."""
    return [{**row, "url": f"/referrals/{referral.reference}/tasks/{row['task']}#id_{row['field']}"} for row in rows]


def _by_task(rows) -> list[tuple[str, list[dict]]]:
    """The rows under their task's name, in the tasks' order."""
    found = [(TaskName(name).label, [row for row in rows if row["task"] == name]) for name in TaskName.values]
    return [(title, rows) for title, rows in found if rows]
