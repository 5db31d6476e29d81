"""A person's own: views of lists that they keep, and the messages they were sent."""

from core.actions.lists import remove_view
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


class Messages(RecordList):
    """What the service has written to somebody, newest first, whether or not the email arrived."""

    permission = ANYONE_SIGNED_IN
    model = Message
    template_name = "core/messages.html"

    def records(self):
        return super().records().order_by("-created_at", "-pk")
