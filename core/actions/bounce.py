"""Letters that came back: what a mail server says of them is kept, and whoever asked to know is told."""

from datetime import timedelta

from django.db import transaction

from core import audit, clock, post
from core.bounces import CameBack
from core.models import Message, User
from core.models.message import MessageState

BELIEVED = timedelta(days=30)


@transaction.atomic
def record_came_back(bounce: CameBack, *, by: User | None) -> Message | None:
    """Keep that one letter came back, once; None where it is none of ours that was sent to that address of late."""
    sent = Message.objects.select_for_update(of=("self",)).filter(
        reference=bounce.reference, state=MessageState.SENT, sent_at__gte=clock.now() - BELIEVED
    )
    message = sent.select_related("person").first()
    if message is None or message.address.lower() not in bounce.addresses:
        return None

    message.state, message.problem = MessageState.BOUNCED, f"Came back: {bounce.status or 'no status given'}"
    message.save(update_fields=["state", "problem"])
    post.tell_came_back(message, by=by)

    audit.record("message.came_back", on=message, by=by, sentence=f"Message {message.reference} came back undelivered.")
    return message
