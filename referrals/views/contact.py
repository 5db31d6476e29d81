"""How to reach whoever referred, changed after the sending."""

from django import forms

from core.forms import HouseForm, TextField
from core.roles import Permission
from core.views.bases import ActionView
from referrals.actions.contact import change_contact
from referrals.choices import TaskName
from referrals.rules.contact import MOST
from referrals.views.referral import ReferralRecord, WritersOnly


class ContactForm(HouseForm):
    """Who refers, and how to reach them."""

    name = TextField(label="Name of the person referring", max_length=MOST)
    contact = TextField(label="How to reach them", max_length=MOST, help_text="A telephone number, and the days they work.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ChangeContact(WritersOnly, ReferralRecord, ActionView):
    """Change the referrer's name or how to reach them; the history keeps what it was."""

    permission = Permission.FILL_REFERRALS
    form_class = ContactForm
    template_name = "base_question.html"
    success_message = "Saved. The history shows what changed."

    def get_initial(self):
        task = next(task for task in self.record.tasks.all() if task.name == TaskName.REQUEST)
        said = task.answers
        return {"name": said.get("referrer_name", ""), "contact": said.get("referrer_contact", ""), "version": task.version}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Change how to reach you", submit_label="Save",
            lead="Nobody has to sign again for this. The history shows what changed, when and by whom.",
            back_url=self.record.get_absolute_url(), back_label=self.record.reference, **kwargs,
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        change_contact(self.record, name=said["name"], contact=said["contact"], version=said["version"] or 0, by=self.request.user)
