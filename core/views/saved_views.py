"""A person's own: views of lists that they keep, and the messages they were sent."""

from django.apps import apps

from core.actions.lists import remove_view, set_usual_view
from core.models import Message, SavedView
from core.views.bases import ANYONE_SIGNED_IN, ButtonDeed, RecordList


class RemoveView(ButtonDeed):
    """Let go of a saved view; the list stays."""

    permission = ANYONE_SIGNED_IN
    model = SavedView
    success_message = "The saved view is removed."

    def back(self):
        return self.record.path

    def get_success_url(self):
        return self.record.path

    def act(self, form):
        back = self.record.path
        remove_view(self.record, by=self.request.user)
        return back


class UsualView(ButtonDeed):
    """Open a list with this saved view from now on; or, pressed again, with the role's own."""

    permission = ANYONE_SIGNED_IN
    model = SavedView

    def back(self):
        return self.record.path

    def get_success_url(self):
        return self.record.get_absolute_url()

    def act(self, form):
        view = set_usual_view(self.record, is_default=not self.record.is_default, by=self.request.user)
        self.success_message = f"The list opens with “{view.name}”." if view.is_default else "The list opens as your role has it."


class Messages(RecordList):
    """What the service has written to somebody, newest first, whether or not the email arrived."""

    permission = ANYONE_SIGNED_IN
    model = Message
    template_name = "core/messages.html"

    def records(self):
        return super().records().order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        redact(context["object_list"], self.request.user)
        return context


def redact(messages, user) -> None:
    """Mark the messages about records that this person no longer sees: a restricted record is named nowhere else."""
    by_type: dict[str, list] = {}
    for message in messages:
        message.is_kept = bool(message.about_type)
        by_type.setdefault(message.about_type, []).append(message)
    for label, rows in by_type.items():
        manager = apps.get_model(label)._default_manager if label else None
        if hasattr(manager, "visible_to"):
            seen = manager.visible_to(user).filter(pk__in=[row.about_id for row in rows]).values_list("pk", flat=True)
            for row in rows:
                row.is_kept = int(row.about_id) not in set(seen)
