"""Lead workers: named once a place is agreed, changed with a reason; exactly one at a time."""

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.roles import Role
from core.rules import refuse_if
from referrals.models import LeadWorker, Provision, Referral
from referrals.rules.lead_worker import Naming, why_not_lead

AT_THE_PROVIDER = (Role.PRACTITIONER, Role.PROVIDER_MANAGER)


def _works_there(person: User, referral: Referral) -> bool:
    """Whether somebody works for a provider of the service the referral asks for."""
    providers = Provision.objects.filter(authority=referral.authority_id, kind=referral.wants)
    ids = set(providers.values_list("provider_id", flat=True))
    return any(held.role in AT_THE_PROVIDER and held.organisation_id in ids for held in person.current_roles)


@transaction.atomic
def name_lead_worker(referral: Referral, person: User, *, reason: str = "", by: User) -> LeadWorker:
    """Name who leads a child's support; whoever led until now is kept with the day they stopped.

    Locks the referral, so that there is never more than one.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    now = referral.lead_workers.filter(until_at=None).first()

    naming = Naming(now and now.person_id, person.pk, _works_there(person, referral), reason, referral.status)
    refuse_if(why_not_lead(naming))

    if now is not None:
        now.until_at = clock.now()
        now.save()
    lead = LeadWorker.objects.create(referral=referral, person=person, from_at=clock.now(), reason=reason, named_by=by)
    post.send(
        "lead_worker.named", key=f"lead:{lead.pk}", to=person, subject=f"You lead the support of {referral.reference}",
        body=f"You are the lead worker for {referral.reference}.", link=referral.get_absolute_url(), about=referral,
    )  # fmt: skip

    audit.record(
        "lead_worker.named", on=lead, by=by, child=referral.child, authority=referral.authority,
        sentence=f"{person} leads the support of {referral.reference}.",
    )  # fmt: skip
    return lead
