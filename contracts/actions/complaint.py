"""Complaints, incidents and compliments: written down, looked into, answered."""

from datetime import date

from django.db import transaction

from contracts.models import Complaint, Compliment, Contract, StaffMember
from contracts.models.complaint import ComplaintKind, ComplaintOutcome, ToldBy
from contracts.rules.complaint import (
    ANSWER_WITHIN,
    why_not_close_complaint,
    why_not_give_compliment,
    why_not_log_complaint,
    why_not_name_investigator,
)
from core import audit, clock, post
from core.closures import working_days_of
from core.dated import number
from core.models import User
from core.roles import Role
from core.rules import refuse_if


@transaction.atomic
def log_complaint(contract: Contract, *, kind: str, told_by: str, received_on: date | None, about: str, child=None,
                  told_how_on: date | None = None, by: User) -> Complaint:  # fmt: skip
    """Write a complaint or incident down; its answer is due so many Working Days after it was received, and the manager is told."""
    refuse_if(why_not_log_complaint(about, received_on=received_on, told_how_on=told_how_on, today=clock.today()))

    within = number(ANSWER_WITHIN, authority=contract.authority_id)
    complaint = Complaint.objects.create(
        contract=contract, kind=ComplaintKind(kind), told_by=ToldBy(told_by), received_on=received_on, about=about.strip(),
        child=child, told_how_on=told_how_on, due_on=working_days_of(contract.authority_id).add(received_on, within), entered_by=by,
    )  # fmt: skip
    managers = User.objects.holding(Role.PROVIDER_MANAGER, organisation=contract.provider_id, authority=contract.authority_id)
    word = complaint.get_kind_display()
    post.send_each(
        "complaint.logged", managers.exclude(pk=by.pk).order_by("pk"), key=f"complaint:{complaint.reference}",
        subject=f"{word} {complaint.reference} was written down",
        body="Name somebody neutral to look into it. Its page says by when it is answered.",
        link=complaint.get_absolute_url(), about=complaint,
    )  # fmt: skip

    audit.record(
        "complaint.logged", on=complaint, by=by, authority=contract.authority, sentence=f"Wrote down {word.lower()} {complaint.reference}."
    )
    return complaint


def _in_delivery(contract: Contract) -> list[str]:
    """The names of everybody who works in the service: those on its register, and those of the provider who use this service."""
    people = User.objects.holding(Role.PROVIDER_MANAGER, Role.PRACTITIONER, organisation=contract.provider_id)
    staff = StaffMember.objects.filter(contract=contract).working(clock.today())
    return [*staff.values_list("name", flat=True), *people.values_list("full_name", flat=True)]


def _locked(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).select_related("contract__authority").get(pk=complaint.pk)


@transaction.atomic
def name_investigator(complaint: Complaint, *, investigator: str, investigator_post: str, is_neutral: bool, by: User) -> Complaint:
    """Name who looks into it: somebody who takes no part in delivering the service."""
    complaint = _locked(complaint)
    refuse_if(why_not_name_investigator(
        investigator, investigator_post, in_delivery=_in_delivery(complaint.contract), is_neutral=is_neutral,
        is_closed=complaint.closed_on is not None,
    ))  # fmt: skip

    complaint.investigator, complaint.investigator_post = investigator.strip(), investigator_post.strip()
    complaint.save()

    audit.record(
        "complaint.given", on=complaint, by=by, authority=complaint.contract.authority,
        sentence=f"Named who looks into {complaint.get_kind_display().lower()} {complaint.reference}.",
    )  # fmt: skip
    return complaint


@transaction.atomic
def close_complaint(complaint: Complaint, *, outcome: str, finding: str, learned: str, answered_on: date | None, by: User) -> Complaint:
    """Write down what was found, what is learned from it, and the day whoever told it was answered."""
    complaint = _locked(complaint)
    refuse_if(why_not_close_complaint(
        outcome, finding, answered_on=answered_on, received_on=complaint.received_on, today=clock.today(),
        has_investigator=bool(complaint.investigator), is_closed=complaint.closed_on is not None,
    ))  # fmt: skip

    complaint.outcome, complaint.finding, complaint.learned = ComplaintOutcome(outcome), finding.strip(), learned.strip()
    complaint.answered_on, complaint.closed_on = answered_on, clock.today()
    complaint.save()

    audit.record(
        "complaint.closed", on=complaint, by=by, authority=complaint.contract.authority,
        sentence=f"Closed {complaint.get_kind_display().lower()} {complaint.reference}: {complaint.get_outcome_display().lower()}.",
    )  # fmt: skip
    return complaint


@transaction.atomic
def give_compliment(authority, *, contract: Contract | None, told_by: str, words: str, page: str = "", by: User) -> Compliment:
    """Keep a good word, with the page somebody was on when they wrote it (004:282-286: what nobody recorded was lost)."""
    refuse_if(why_not_give_compliment(words))

    compliment = Compliment.objects.create(
        authority=authority, contract=contract, told_by=ToldBy(told_by), words=words.strip(), page=page[:200], given_by=by
    )

    audit.record("compliment.given", on=compliment, by=by, authority=authority, sentence=f"Kept compliment {compliment.reference}.")
    return compliment
