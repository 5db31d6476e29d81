"""Documents that could not be printed: tried again, by whoever may have them made."""

from django.db import transaction

from core import audit, outbox
from core.models import User
from core.rules import refuse_if


@transaction.atomic
def print_again(kind: str, subject: str, *, on, authority, by: User) -> None:
    """Have a document that was set aside after three tries printed again; once, whoever else asks."""
    again = outbox.try_again(kind, subject)

    refuse_if([] if again else ["It was not set aside: it is printed, or about to be."])

    audit.record(
        "document.tried_again", on=on, by=by, authority=authority, sentence="Had a document that could not be printed tried again."
    )
