"""The register of documents that the terms and the contract rely on."""

from django.db.models import F
from django.urls import reverse

from core.roles import Permission
from core.views.bases import Question, RecordList
from kpis.actions.relied_on import add_relied_document, say_document
from kpis.forms.records import ReliedForm, SuppliedForm
from kpis.models import ReliedDocument

REGISTER = "Documents the terms rely on"


class ReliedDocuments(RecordList):
    """What the terms and the contract rely on: what is held and what is not supplied, and who owns each."""

    permission = Permission.SEE_RELIED_ON
    model = ReliedDocument
    template_name = "kpis/relied_documents.html"

    def records(self):
        return super().records().order_by(F("held_on").desc(nulls_first=True), "title")

    def get_context_data(self, **kwargs):
        rows = ReliedDocument.objects.visible_to(self.request.user)
        return super().get_context_data(may_keep=self.request.user.can(Permission.KEEP_RELIED_ON), missing=rows.missing().count(), **kwargs)


class AddReliedDocument(Question):
    """Put a document into the register."""

    permission = Permission.KEEP_RELIED_ON
    form_class = ReliedForm
    heading, submit_label, back_label, success_message = "Add a document", "Add it", REGISTER, "Added, as not supplied."

    def back(self):
        return reverse("kpis:relied_documents")

    def act(self, form):
        add_relied_document(self.request.user.acting.authority, by=self.request.user, **form.cleaned_data)


class SayDocument(Question):
    """Say that a document was asked for, or is held."""

    permission = Permission.KEEP_RELIED_ON
    model = ReliedDocument
    form_class = SuppliedForm
    submit_label, back_label, success_message = "Save", REGISTER, "Saved."

    def back(self):
        return reverse("kpis:relied_documents")

    @property
    def heading(self):
        """Its name."""
        return self.record.title

    @property
    def lead(self):
        """What relies on it, and who owns it."""
        return f"{self.record.relied_on_by} Owned by: {self.record.owner_role}."

    def get_initial(self):
        return {name: getattr(self.record, name) for name in ("asked_on", "held_on", "held_where")}

    def act(self, form):
        say_document(self.record, by=self.request.user, **form.cleaned_data)
