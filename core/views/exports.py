"""Lists with names: who asked for which and why, a second person's answer, and the file while it lasts."""

from django import forms

from core.actions.exports import decide_export, take_export
from core.files import FileDamaged
from core.forms import HouseForm, LongTextField
from core.models import NamedExport
from core.models.named_export import ExportState
from core.roles import Permission
from core.rules import RuleBroken
from core.step_up import A_DEED
from core.views.bases import ANYONE_SIGNED_IN, ActionView, ButtonDeed, RecordList
from core.views.files import attachment


class ExportList(RecordList):
    """One's own lists with names; and the council's, to those who agree them or read the log."""

    permission = ANYONE_SIGNED_IN
    model = NamedExport
    template_name = "core/exports.html"

    def records(self):
        return super().records().select_related("person", "decided_by").order_by("-asked_at", "-pk")


class DecideForm(HouseForm):
    """Agree or refuse, and why not."""

    agrees = forms.ChoiceField(
        label="Do you agree?", choices=[("yes", "Agree: the file is made for whoever asked"), ("no", "Refuse")], widget=forms.RadioSelect,
    )  # fmt: skip
    note = LongTextField(label="Why it is refused (if it is)", rows=2, required=False, max_length=300)


class Export(ActionView):
    """One list with names: what was asked and why, the answer, and the file."""

    permission = ANYONE_SIGNED_IN
    asks_again = A_DEED
    model = NamedExport
    form_class = DecideForm
    template_name = "core/export.html"
    success_message = "Answered. Whoever asked is told."

    def records(self):
        return super().records().select_related("person", "decided_by", "held", "authority")

    def get_context_data(self, **kwargs):
        export, user = self.record, self.request.user
        is_mine = export.person_id == user.pk
        return super().get_context_data(
            export=export, is_mine=is_mine, reads_why=is_mine or user.can(Permission.AGREE_EXPORTS), is_ready=export.stands == ExportState.READY,
            decides=NamedExport.objects.to_agree(user).filter(pk=export.pk).exists(), **kwargs,
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        decide_export(self.record, agrees=said["agrees"] == "yes", note=said["note"], by=self.request.user)


class TakeExport(ButtonDeed):
    """The file itself, to whoever asked for it, judged again."""

    permission = ANYONE_SIGNED_IN
    asks_again = A_DEED
    model = NamedExport

    def form_valid(self, form):
        try:
            content = take_export(self.record, by=self.request.user)
        except RuleBroken as refusal:
            return self.refused(form, refusal)
        except FileDamaged:
            return self.refused(form, RuleBroken(["The file cannot be read. Ask for it again."]))
        kept = self.records().select_related("file").get(pk=self.record.pk).file
        return attachment(content, media_type=kept.media_type, name=kept.name)
