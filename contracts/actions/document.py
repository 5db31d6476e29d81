"""Documents of a contract: added, taken off."""

from django.db import transaction

from contracts.models import AssuranceEntry, Clause, Contract, ContractDocument
from contracts.rules.document import why_not_add_documents, why_not_take_off
from core import audit, clock, files, outbox, scanner
from core.models import User
from core.rules import refuse_if
from referrals.models.kept_file import against_keeping_all


@transaction.atomic
def add_contract_documents(contract: Contract, *, uploads: list[tuple[str, bytes | None]], clause: Clause | None = None,
                           entry: AssuranceEntry | None = None, by: User) -> list[ContractDocument]:  # fmt: skip
    """Keep several files of a contract at once, all or none; `uploads` are names with their bytes (None: too large).

    Bytes that are there already are not added twice. Locks the contract.
    """
    contract = Contract.objects.select_for_update(of=("self",)).select_related("authority").get(pk=contract.pk)
    here = contract.documents.filter(removed_at=None)
    refuse_if(
        why_not_add_documents(
            chosen=len(uploads), there=here.count(), is_of_this=all(one is None or one.contract_id == contract.pk for one in (clause, entry)),
            wrong=against_keeping_all(uploads),
        )
    )  # fmt: skip

    there = set(here.filter(clause=clause, entry=entry).values_list("file__sha256", flat=True))
    by_provider = _is_providers(contract, by)
    added = [
        ContractDocument.objects.create(contract=contract, clause=clause, entry=entry, file=file, title=file.name[:200], by_provider=by_provider)
        for file in files.store_new(uploads, there=there, by=by, authority=contract.authority)
    ]
    for document in added if scanner.is_set() else []:
        outbox.enqueue("contract_document.scan", subject=document.file.reference)

    audit.record("document.added", on=contract, by=by, sentence=f"Added {len(added)} documents to {contract}.")
    return added


@transaction.atomic
def take_off_document(document: ContractDocument, *, by: User) -> ContractDocument:
    """Take a document off a contract; its bytes and this deed are kept."""
    document = ContractDocument.objects.select_for_update(of=("self",)).select_related("contract__authority").get(pk=document.pk)
    is_ours = _is_providers(document.contract, by) == document.by_provider
    refuse_if(why_not_take_off(is_off=document.removed_at is not None, is_ours=is_ours))

    document.removed_at = clock.now()
    document.save()

    audit.record("document.removed", on=document.contract, by=by, sentence=f"Took a document off {document.contract}.")
    return document


def _is_providers(contract: Contract, by: User) -> bool:
    """Whether somebody acts for the provider of a contract, and not for the council."""
    acting = getattr(by, "acting", None)
    return acting is not None and acting.organisation_id == contract.provider_id
