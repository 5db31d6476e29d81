"""A filled Word form becomes a draft, through the same deeds as one that is typed."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from referrals.actions.document import add_documents
from referrals.actions.referral import save_tasks, start_referral
from referrals.models import Child, FormImport
from referrals.models.people_round import people_in, rows_for, together
from referrals.rules.word_form import why_not_import


@transaction.atomic
def import_form(children: list[Child], *, name: str, content: bytes, answers: dict, read: list, unsure: list, left: int,
                unread: str = "", by: User) -> FormImport:  # fmt: skip
    """Start a draft with what a form says, and keep the form itself beside it, for the council's own people.

    `children` are those the number in the form stands for, among those the sender may see; `unread` says why it was not read.
    """
    refuse_if(why_not_import(children=len(children), unread=unread))

    referral = start_referral(children[0], by=by)
    known = referral.answers()
    said = {
        name: {**told, **rows_for(together(people_in(told), people_in(known[name])))} for name, told in answers.items() if name in known
    }
    save_tasks(referral, answers=said, by=by)
    (kept,) = add_documents(referral, uploads=[(name, content)], is_shareable=False, by=by)
    made = FormImport.objects.create(
        referral=referral, file=kept.file, read=read, unsure=unsure, left=left, read_at=clock.now(), read_by=by
    )

    audit.record("referral.imported", on=referral, by=by, sentence=f"Read a Word form into {referral.reference}: {len(read)} answers.")
    return made
