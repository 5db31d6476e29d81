"""What a contract says is written down: clauses, former names, data roles, capital decisions."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from contracts.choices import NameOf, Topic
from contracts.models import CapitalDecision, Clause, Contract, DataRole, FormerName
from contracts.rules.record import (
    why_not_add_capital,
    why_not_add_clause,
    why_not_add_data_role,
    why_not_add_name,
)
from core import audit
from core.models import Organisation
from core.rules import refuse_if


@transaction.atomic
def add_clause(contract: Contract, *, topic: str, heading: str, text: str, source: str = "", by) -> Clause:
    """Write down one clause in our own words, with its source line."""
    refuse_if(why_not_add_clause(heading, text))

    row = Clause.objects.create(contract=contract, topic=Topic(topic), heading=heading.strip(), text=text.strip(), source=source)

    audit.record("clause.added", on=row, by=by, authority=contract.authority, sentence=f"Added the clause “{row}” to {contract}.")
    return row


@transaction.atomic
def add_clauses(contract: Contract, clauses: Iterable[tuple[str, str, str, str]], *, by) -> list[Clause]:
    """Write several down at once: topic, heading, text and source of each."""
    rows = Clause.objects.bulk_create(
        Clause(contract=contract, topic=Topic(topic), heading=heading, text=text, source=source)
        for topic, heading, text, source in clauses
    )

    audit.record("clauses.added", on=contract, by=by, sentence=f"Added {len(rows)} clauses to {contract}.")
    return rows


@transaction.atomic
def add_name(contract: Contract, *, of: str, name: str, from_on=None, until_on=None, source: str = "", by) -> FormerName:
    """Write down a name that the service or its provider had between two days."""
    refuse_if(why_not_add_name(name, from_on=from_on, until_on=until_on))

    row = FormerName.objects.create(
        contract=contract, of=NameOf(of), name=name.strip(), from_on=from_on, until_on=until_on, source=source
    )

    audit.record("name.added", on=row, by=by, authority=contract.authority, sentence=f"Added a former name to {contract}.")
    return row


@transaction.atomic
def add_data_role(contract: Contract, *, what: str, controller: Organisation | None, processor: Organisation | None = None,
                  note: str = "", source: str = "", by) -> DataRole:  # fmt: skip
    """Write down who decides about some data under a contract, and who handles it for them."""
    parties = {contract.provider_id, *contract.authority.organisations.values_list("pk", flat=True)}
    are_parties = all(one is None or one.pk in parties for one in (controller, processor))
    refuse_if(why_not_add_data_role(what, has_controller=controller is not None, are_parties=are_parties, are_two=controller != processor))

    row = DataRole.objects.create(
        contract=contract, what=what.strip(), controller=controller, processor=processor, note=note.strip(), source=source
    )

    audit.record("data_role.added", on=row, by=by, authority=contract.authority, sentence=f"{controller} controls: {row}.")
    return row


@transaction.atomic
def add_capital(contract: Contract, *, what: str, amount: Decimal | None, body: str, decided: str = "", source: str = "",
                by) -> CapitalDecision:  # fmt: skip
    """Write down a decision about capital behind a contract, to refer to."""
    refuse_if(why_not_add_capital(what, body, amount=amount))

    row = CapitalDecision.objects.create(
        contract=contract, what=what.strip(), amount=amount, body=body.strip(), decided=decided.strip(), source=source
    )

    audit.record("capital.added", on=row, by=by, authority=contract.authority, sentence=f"Added a capital decision: £{amount:,.0f}.")
    return row
