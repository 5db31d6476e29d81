"""The workforce register: people added, checked, leaving; gaps and who covers them."""

from datetime import date

from django.db import transaction

from contracts.models import Contract, StaffCheck, StaffGap, StaffMember
from contracts.models.workforce import CheckKind, GapReason, StaffRole
from contracts.rules.workforce import (
    WARN_BEFORE,
    dbs_due,
    why_not_add_member,
    why_not_cover_gap,
    why_not_end_work,
    why_not_record_check,
    why_not_record_gap,
)
from core import audit, clock, outbox, post
from core.models import User
from core.roles import Role
from core.rules import refuse_if

NOT_PRACTITIONERS = {StaffRole.MANAGER, StaffRole.ADMINISTRATION}


@transaction.atomic
def add_staff_member(contract: Contract, *, name: str, role: str, qualification: str, qualified_on: date | None,
                     starts_on: date | None, by: User) -> StaffMember:  # fmt: skip
    """Put somebody who works under a contract on its register (002:819-835)."""
    refuse_if(why_not_add_member(
        name, qualification, qualified_on=qualified_on, starts_on=starts_on, is_practitioner=role not in NOT_PRACTITIONERS,
        today=clock.today(),
    ))  # fmt: skip

    member = StaffMember.objects.create(
        contract=contract, name=name.strip(), role=StaffRole(role), qualification=qualification.strip(),
        qualified_on=qualified_on, starts_on=starts_on, entered_by=by,
    )  # fmt: skip

    audit.record(
        "staff.added", on=member, by=by, authority=contract.authority,
        sentence=f"Added {member.reference}, {member.get_role_display()}, to the workforce register of {contract}.",
    )  # fmt: skip
    return member


@transaction.atomic
def record_check(member: StaffMember, *, kind: str, on: date | None, next_on: date | None = None, level: int | None = None,
                 by: User) -> StaffCheck:  # fmt: skip
    """Keep that something was checked of a person; a DBS check is due again after three years, with alerts before."""
    refuse_if(why_not_record_check(kind, on=on, next_on=next_on, level=level, today=clock.today()))

    check = StaffCheck.objects.create(
        member=member, kind=CheckKind(kind), on=on, next_on=dbs_due(on) if kind == CheckKind.DBS else next_on,
        level=level if kind == CheckKind.SAFEGUARDING else None, entered_by=by,
    )  # fmt: skip
    if kind == CheckKind.DBS:
        for when in (check.next_on - WARN_BEFORE, check.next_on):
            outbox.enqueue("dbs.remind", subject=f"{check.pk} {when.isoformat()}", due_at=clock.moment(when))

    audit.record(
        "staff.checked", on=member, by=by, authority=member.contract.authority,
        sentence=f"Recorded {check.get_kind_display()} of {member.reference}.",
    )  # fmt: skip
    return check


@transaction.atomic
def end_work(member: StaffMember, *, left_on: date | None, by: User) -> StaffMember:
    """Somebody leaves; their row is kept."""
    member = StaffMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    refuse_if(why_not_end_work(
        left_on=left_on, starts_on=member.starts_on, has_left=member.left_on is not None, today=clock.today()
    ))  # fmt: skip

    member.left_on = left_on
    member.save()

    audit.record(
        "staff.left", on=member, by=by, authority=member.contract.authority, sentence=f"{member.reference} left the workforce register."
    )
    return member


@transaction.atomic
def record_gap(contract: Contract, *, role: str, why: str, from_on: date | None, last_on: date | None = None,
               covered_by: str = "", by: User) -> StaffGap:  # fmt: skip
    """Keep that a post is vacant or somebody is away, and who does the work meanwhile (002:823)."""
    refuse_if(why_not_record_gap(why=why, from_on=from_on, last_on=last_on))

    gap = StaffGap.objects.create(
        contract=contract, role=StaffRole(role), why=GapReason(why), from_on=from_on, last_on=last_on,
        covered_by=covered_by.strip(), entered_by=by,
    )  # fmt: skip

    audit.record("gap.recorded", on=gap, by=by, authority=contract.authority, sentence=f"Recorded a gap in the team of {contract}: {gap}.")
    return gap


@transaction.atomic
def cover_gap(gap: StaffGap, *, covered_by: str, last_on: date | None, by: User) -> StaffGap:
    """Say who does the work meanwhile, or on which day the gap ends."""
    gap = StaffGap.objects.select_for_update(of=("self",)).select_related("contract").get(pk=gap.pk)
    refuse_if(why_not_cover_gap(covered_by, from_on=gap.from_on, last_on=last_on))

    gap.covered_by, gap.last_on = covered_by.strip(), last_on
    gap.save()

    audit.record("gap.covered", on=gap, by=by, authority=gap.contract.authority, sentence=f"Wrote who covers a gap in the team of {gap.contract}: {gap}.")
    return gap


@transaction.atomic
def remind_of_dbs(check: StaffCheck, *, on: date, by: User | None) -> bool:
    """Tell the provider's managers that a DBS check runs out, and the commissioners on the day; False where it was renewed or they left."""
    member = check.member
    renewed = member.checks.filter(kind=CheckKind.DBS, on__gt=check.on).exists()
    if renewed or (member.left_on is not None and member.left_on <= clock.today()):
        return False
    contract, is_over = member.contract, on >= check.next_on
    people = User.objects.holding(Role.PROVIDER_MANAGER, organisation=contract.provider_id, authority=contract.authority_id)
    told = list(people.order_by("pk"))
    if is_over:
        told += User.objects.holding(Role.COMMISSIONER, authority=contract.authority_id).order_by("pk")
    post.send_each(
        "dbs.due", told, key=f"dbs:{check.pk}:{on.isoformat()}",
        subject=f"The DBS check of {member.reference} {'has run out' if is_over else 'runs out within 60 days'}",
        body="It is renewed every three years. The workforce register has the day.", link=contract.get_absolute_url() + "/workforce",
        about=member,
    )  # fmt: skip

    audit.record(
        "staff.reminded", on=member, by=by, authority=contract.authority,
        sentence=f"Told {len(told)} people that the DBS check of {member.reference} {'has run out' if is_over else 'runs out soon'}.",
    )  # fmt: skip
    return True

