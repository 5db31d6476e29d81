"""A provider's return: opened, written, sent and frozen, reviewed, answered, accepted and locked."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from contracts.actions.gate import keep_quarterly_report
from contracts.actions.payment import raise_payment
from contracts.models import Contract
from contracts.rules.quarters import Quarter
from core import audit, clock, documents, post
from core.dated import number
from core.dates import day_in_words
from core.models import User
from core.roles import Role
from core.rules import refuse_if
from kpis.choices import ReturnState, Verdict
from kpis.measures.return_rows import drafted, facts_of
from kpis.measures.returns import BY_SLUG
from kpis.models import Return, ReturnCorrection, ReturnRow, ReturnTarget
from kpis.papers.check import small_in
from kpis.rules.readings import RETURN_DUE
from kpis.rules.returns import (
    needs_words,
    proposal,
    why_not_answer,
    why_not_correct_return,
    why_not_open_return,
    why_not_review,
    why_not_send_return,
    why_not_set_target,
    why_not_write_return,
)

TEXTS = ("complaints", "satisfaction", "other", "commentary")


class StaleReturn(Exception):
    """Somebody saved the return after it was opened; `saved` is as it stands now."""

    def __init__(self, saved: Return):
        self.saved = saved
        super().__init__("Somebody saved this return after you opened it.")


@transaction.atomic
def open_return(contract: Contract, quarter: Quarter, *, by: User | None) -> Return:
    """Open the return of a quarter that has ended, with its day; the provider's managers are told."""
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    opened = Return.objects.filter(contract=contract, period=quarter.slug).exists()

    refuse_if(why_not_open_return(ended=quarter.ends_on <= clock.today(), opened=opened))

    days = number(RETURN_DUE, authority=contract.authority, on=quarter.ends_on)
    made = Return.objects.create(
        contract=contract, period=quarter.slug, starts_on=quarter.starts_on, ends_on=quarter.ends_on,
        due_on=quarter.ends_on + timedelta(days=days - 1), opened_at=clock.now(),
    )  # fmt: skip
    _tell(made, Role.PROVIDER_MANAGER, "return.due", f"Return due for {quarter}", f"Its figures are computed. It is due by {day_in_words(made.due_on)}.")

    audit.record("return.opened", on=made, by=by, authority=contract.authority, sentence=f"Opened the return for {quarter}.")
    return made


@transaction.atomic
def save_return(of: Return, *, texts: Mapping[str, str], words: Mapping[str, str], saves: int, by: User) -> Return:
    """Save what was typed, as typed; StaleReturn where somebody else saved since it was opened (`saves` times before)."""
    of = _locked(of)
    if of.saves != saves:
        raise StaleReturn(of)

    refuse_if(why_not_write_return(of.state))

    _write(of, texts, words, by)

    audit.record("return.saved", on=of, by=by, authority=of.contract.authority, sentence=f"Wrote the return for {of.quarter}.")
    return of


def _write(of, texts, words, by) -> list[ReturnRow]:
    """Keep every text, and a row for each measure with the provider's words."""
    for name in TEXTS:
        setattr(of, name, texts.get(name, ""))
    of.saves += 1
    of.saved_by, of.saved_at = by, clock.now()
    of.save()
    rows = drafted(of)
    for row in rows:
        row.words = words.get(row.measure, "")
    ReturnRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["provider_return", "measure"],
        update_fields=["order", "value", "numerator", "denominator", "target", "rating", "was", "words"],
    )  # fmt: skip
    return rows


@transaction.atomic
def send_return(of: Return, *, texts: Mapping[str, str], words: Mapping[str, str], saves: int, by: User) -> Return:
    """Send a return: its figures are counted once more, and all of it is frozen with its hash."""
    of = _locked(of)
    if of.saves != saves and of.state == ReturnState.DRAFT:
        raise StaleReturn(of)
    refuse_if(why_not_write_return(of.state))
    rows = _write(of, texts, words, by)
    typed = {**{f"words_{row.measure}": row.words for row in rows}, **{name: getattr(of, name) for name in TEXTS}}

    refuse_if(
        why_not_send_return(
            of.state, ended=of.ends_on <= clock.today(), words=typed,
            asked={f"words_{row.measure}": BY_SLUG[row.measure].name for row in rows if needs_words(row.rating, row.was)},
            small={name: found for name, text in typed.items() if (found := small_in(text))},
        )
    )  # fmt: skip

    of.state, of.sent_by, of.sent_at = ReturnState.SENT, by, clock.now()
    _freeze(of, rows, "Sent by the provider")
    _tell(of, Role.COMMISSIONER, "return.sent", f"Return sent for {of.quarter}", "It waits for your review.")

    audit.record("return.sent", on=of, by=by, authority=of.contract.authority, sentence=f"Sent the return for {of.quarter}.")
    return of


@transaction.atomic
def review_return(of: Return, *, verdicts: Mapping[str, str], challenges: Mapping[str, str], words: str = "", by: User) -> Return:
    """A commissioner accepts or challenges each row (by measure) in one go.

    A new challenge goes to the provider to answer. With none left to answer, the return is accepted and
    locked, and contracts are told to raise the quarter's payment on its reference and hash.
    """
    of = _locked(of)
    rows = list(of.rows.order_by("order"))
    said = {row.measure: verdicts.get(row.measure, "") for row in rows}

    refuse_if(
        why_not_review(
            of.state, mine=of.sent_by_id == by.pk, verdicts=said, challenges=challenges,
            answered={row.measure for row in rows if row.answer},
        )
    )  # fmt: skip

    for row in rows:
        row.verdict = said[row.measure]
        if row.verdict == Verdict.CHALLENGE and not row.answer:
            row.challenge = challenges[row.measure].strip()
    ReturnRow.objects.bulk_update(rows, ["verdict", "challenge"])
    of.review_words, of.reviewed_by, of.reviewed_at = words.strip(), by, clock.now()
    if any(row.verdict == Verdict.CHALLENGE and not row.answer for row in rows):
        return _challenge(of, rows, by)
    return _accept(of, rows, by)


def _challenge(of, rows, by) -> Return:
    """The provider answers before the return can be accepted."""
    of.state = ReturnState.CHALLENGED
    of.save()
    count = sum(row.verdict == Verdict.CHALLENGE and not row.answer for row in rows)
    _tell(of, Role.PROVIDER_MANAGER, f"return.challenged:{clock.now().isoformat()}", f"Return challenged for {of.quarter}", "A commissioner has challenged part of it. You can answer.")

    audit.record(
        "return.challenged", on=of, by=by, authority=of.contract.authority,
        sentence=f"Challenged {count} row{'s' if count != 1 else ''} of the return for {of.quarter}.",
    )  # fmt: skip
    return of


def _accept(of, rows, by) -> Return:
    """The period is locked, and the payment is raised on what was accepted."""
    of.state = ReturnState.ACCEPTED
    _freeze(of, rows, "Accepted by the commissioner")
    framework = ReturnTarget.objects.filter(contract=of.contract, from_on__lt=of.ends_on).exists()
    raise_payment(
        of.contract, of.quarter, evidence_reference=of.reference, evidence_sha256=of.version.frozen_sha256,
        proposal=proposal([row.rating for row in rows if row.verdict == Verdict.ACCEPT], framework), by=by,
    )  # fmt: skip
    _keep_as_report(of, rows, by)
    _tell(of, Role.PROVIDER_MANAGER, "return.accepted", f"Return accepted for {of.quarter}", "Its payment is raised. What is paid is decided next.")

    audit.record("return.accepted", on=of, by=by, authority=of.contract.authority, sentence=f"Accepted the return for {of.quarter}.")
    return of


def _keep_as_report(of, rows, by) -> None:
    """Contracts are told that the quarter's report of progress came in; with a challenge that was kept it is not satisfactory."""
    kept = sum(row.verdict == Verdict.CHALLENGE for row in rows)
    note = f"Return {of.reference}: every row accepted." if not kept else f"Return {of.reference}: {kept} of {len(rows)} rows kept as challenged."
    keep_quarterly_report(
        of.contract, of.quarter, received_on=of.sent_at.astimezone(clock.LONDON).date(), is_satisfactory=not kept, note=note, by=by
    )


@transaction.atomic
def answer_challenges(of: Return, *, answers: Mapping[str, str], by: User) -> Return:
    """The provider answers every challenge; the commissioner looks again."""
    of = _locked(of)
    rows = [row for row in of.rows.order_by("order") if row.verdict == Verdict.CHALLENGE and not row.answer]
    typed = {row.measure: answers.get(row.measure, "") for row in rows}

    refuse_if(why_not_answer(of.state, answers=typed))

    for row in rows:
        row.answer = typed[row.measure].strip()
    ReturnRow.objects.bulk_update(rows, ["answer"])
    of.state = ReturnState.SENT
    of.save()
    _tell(of, Role.COMMISSIONER, f"return.answered:{clock.now().isoformat()}", f"Answers on the return for {of.quarter}", "The provider has answered. It waits for your review.")

    audit.record("return.answered", on=of, by=by, authority=of.contract.authority, sentence=f"Answered challenges on the return for {of.quarter}.")
    return of


@transaction.atomic
def correct_return(row: ReturnRow, *, says: str, because: str, by: User) -> ReturnCorrection:
    """Write a dated correction beside one row of an accepted return; the row stays as it was."""
    of = _locked(row.provider_return)

    refuse_if(why_not_correct_return(of.state, says=says, because=because, small=small_in(f"{says}. {because}")))

    made = ReturnCorrection.objects.create(row=row, says=says.strip(), because=because.strip(), by=by, at=clock.now())

    audit.record(
        "return.corrected", on=of, by=by, authority=of.contract.authority,
        sentence=f"Corrected “{BY_SLUG[row.measure].name}” of the return for {of.quarter}.",
    )  # fmt: skip
    return made


@transaction.atomic
def set_return_target(contract: Contract, *, measure: str, value: Decimal | None, source: str, by: User) -> ReturnTarget:
    """Enter one target of the Performance Management Framework, from today; quarters that have ended keep theirs."""
    refuse_if(why_not_set_target(value=value, source=source))

    made, _ = ReturnTarget.objects.update_or_create(
        contract=contract, measure=measure, from_on=clock.today(),
        defaults={"value": value, "better": BY_SLUG[measure].better, "source": source.strip(), "set_by": by, "set_at": clock.now()},
    )  # fmt: skip

    audit.record(
        "return_target.set", on=made, by=by, authority=contract.authority,
        sentence=f"Set the target of “{BY_SLUG[measure].name}” in {contract} to {value}.",
    )  # fmt: skip
    return made


def _locked(of: Return) -> Return:
    rows = Return.objects.select_for_update(of=("self",)).select_related("contract__authority", "version", "saved_by")
    return rows.get(pk=of.pk)


def _freeze(of, rows, why) -> None:
    """Keep the whole return as its next version, and save it."""
    document = documents.document_for(of, kind="provider_return", title=f"{of}, {of.contract}"[:200], authority=of.contract.authority)
    of.version = documents.freeze(document, facts_of(of, rows), why=why)
    of.save()


def _tell(of: Return, role: str, key: str, subject: str, body: str) -> None:
    """Queue a message to the provider's managers or the council's commissioners."""
    is_provider = role == Role.PROVIDER_MANAGER
    people = User.objects.holding(role, **({"organisation": of.contract.provider_id} if is_provider else {"authority": of.contract.authority_id}))
    link = of.get_absolute_url() if is_provider else f"/contracts/{of.contract.slug}/reviews/{of.period}"
    post.send_each(key.split(":")[0], people, key=f"{key}:{of.reference}", subject=subject, body=body, link=link, about=of)
