"""Letters that went to the wrong person: recalled at once, and looked into by the information governance officer."""

from django.db import transaction

from core import audit, clock, letters, outbox, post
from core.models import Message, Recall, User
from core.models.message import MessageState
from core.roles import Permission, Role
from core.rules import refuse_if


@transaction.atomic
def recall_letter(message: Message, *, because: str, by: User) -> Recall:
    """Close a letter's link and what it leads to, to whom it should not have gone; one that has not left yet never leaves."""
    message = Message.objects.select_for_update(of=("self",)).select_related("person").get(pk=message.pk)
    refused = [] if by.can(Permission.RECALL_LETTERS) else ["Only the panel administrator or information governance recalls a letter."]

    refuse_if(refused + letters.why_not_recall(is_recalled=Recall.objects.filter(message=message).exists()))

    if message.state == MessageState.QUEUED:
        message.state, message.problem = MessageState.STOPPED, "It was recalled before it left."
        message.save(update_fields=["state", "problem"])
        outbox.stop([message.reference])
    recall = Recall.objects.create(
        authority=by.acting.authority, message=message, because=because, was_opened=letters.was_opened(message), recorded_by=by
    )
    officers = User.objects.holding(Role.GOVERNANCE, authority=by.acting.authority)
    post.send_each(
        "letter.recalled", list(officers), key=f"recall:{recall.reference}", subject="A letter went to the wrong person", about=recall,
        body="It was recalled. Look into it, and say what you found.", link=recall.get_absolute_url(),
    )  # fmt: skip

    audit.record(
        "letter.recalled", on=recall, by=by, authority=recall.authority,
        sentence=f"Recalled letter {message.reference} to {message.person.full_name}, which {'had' if recall.was_opened else 'had not'} been opened.",
    )  # fmt: skip
    return recall


@transaction.atomic
def settle_recall(recall: Recall, *, finding: str, by: User) -> Recall:
    """The information governance officer has looked into it, and says what was found and done."""
    recall = Recall.objects.select_for_update(of=("self",)).select_related("authority", "message__person").get(pk=recall.pk)
    refused = [] if by.acting.role == Role.GOVERNANCE else ["Only the information governance officer says what was found."]

    refuse_if(refused + letters.why_not_settle_recall(is_settled=recall.settled_at is not None, is_same=recall.recorded_by_id == by.pk))

    recall.finding, recall.settled_at, recall.settled_by = finding, clock.now(), by
    recall.save()

    audit.record("letter.looked_into", on=recall, by=by, authority=recall.authority, sentence=f"Looked into the recall of letter {recall.message.reference}.")
    return recall
