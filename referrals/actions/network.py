"""Support without a referral: who lives in a small group home, advice given, and partner agencies."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from referrals.models import Agency, Child, Consultation, Provision, Residency
from referrals.rules.network import why_not_log, why_not_reside


def _provider_of(child: Child):
    """The organisation that serves the authority's children."""
    served = Provision.objects.filter(authority=child.authority_id).select_related("provider").order_by("pk").first()
    return served.provider if served else None


@transaction.atomic
def record_residency(child: Child, *, home: str, moved_in_on: date, moved_out_on: date | None = None, by: User) -> Residency:
    """Write down a move into a small group home, or out of it: the child is in service between the two."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    now_in = child.residencies.filter(moved_out_on=None).first()
    provider = _provider_of(child)
    same = now_in is not None and now_in.home == home

    refuse_if(why_not_reside(
        moved_in_on, moved_out_on, today=clock.today(), born_on=child.born_on,
        lives_elsewhere=now_in is not None and not same,
    ) + ([] if provider else ["No service is set up for this council yet."]))  # fmt: skip

    residency = now_in if same else Residency(authority_id=child.authority_id, child=child, provider=provider, home=home)
    residency.moved_in_on, residency.moved_out_on = moved_in_on, moved_out_on
    residency.save()

    what = "moved out of" if moved_out_on else "lives in"
    audit.record("residency.recorded", on=residency, by=by, child=child, sentence=f"{child.reference} {what} a small group home.")
    return residency


@transaction.atomic
def log_consultation(*, on: date, asked_by: str, about: str, advice: str = "", child: Child | None = None, by: User) -> Consultation:
    """Log advice to somebody in a child's network; it is no referral and takes no place."""
    refuse_if(why_not_log(on, today=clock.today(), about=about))

    logged = Consultation.objects.create(
        authority_id=by.acting.authority_id, organisation_id=by.acting.organisation_id, on=on, asked_by=asked_by,
        about=about, advice=advice, child=child, logged_by=by, logged_at=clock.now(),
    )  # fmt: skip

    audit.record("consultation.logged", on=logged, by=by, child=child, sentence=f"Logged consultation {logged.reference}.")
    return logged


@transaction.atomic
def save_agency(agency: Agency | None = None, *, kind: str, name: str, reach: str, helps_with: str = "",
                is_current: bool = True, authority=None, by: User | None) -> Agency:  # fmt: skip
    """Add a partner agency to the directory, or change one."""
    agency = agency or Agency(authority=authority or by.acting.authority)
    agency.kind, agency.name, agency.reach = kind, name, reach
    agency.helps_with, agency.is_current = helps_with, is_current
    agency.save()

    audit.record("agency.saved", on=agency, by=by, sentence=f"Saved agency {agency.name} in the directory.")
    return agency
