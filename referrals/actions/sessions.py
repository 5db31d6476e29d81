"""Sessions with those who care for a child, and what each home needs."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import (
    Child,
    Home,
    HomeAssessment,
    ProvisionTerms,
    Referral,
    Session,
    SessionAttendance,
    Stay,
)
from referrals.rules.sessions import why_not_hold_session, why_not_record_session


def _no_direct_work(child: Child, held_on: date) -> bool:
    """Whether a contract that paid for the child's place on a day says no direct work with the child."""
    provisions = Stay.objects.filter(child=child).in_place_on(held_on).values("place__provision")
    return ProvisionTerms.objects.on(held_on).filter(provision__in=provisions, no_direct_work=True).exists()


@transaction.atomic
def record_session(child: Child, *, referral: Referral | None, kind: str, held_on: date, given_at: str, led_by: str,
                   about: str, came: Sequence[str], did_not_come: Sequence[str] = (), carer_needs: str = "",
                   by: User) -> Session:  # fmt: skip
    """Record one session, who came and who did not; direct work is refused where the contract says so."""
    reasons = why_not_hold_session(kind, no_direct_work=_no_direct_work(child, held_on))
    reasons += why_not_record_session(held_on=held_on, came=came, today=clock.today())

    refuse_if(reasons)

    session = Session.objects.create(
        child=child, referral=referral, kind=kind, held_on=held_on, given_at=given_at, led_by=led_by, about=about,
        carer_needs=carer_needs, recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip
    SessionAttendance.objects.bulk_create(
        SessionAttendance(session=session, name=name, came=is_there)
        for names, is_there in ((came, True), (did_not_come, False))
        for name in names
    )

    audit.record(
        "session.recorded", on=session, by=by, authority=child.authority,
        sentence=f"Recorded a session for {child.reference}.",
    )  # fmt: skip
    return session


@transaction.atomic
def assess_home(home: Home, *, children_say: str, carers_say: str, families_say: str, families_why_not: str = "",
                professionals_say: str, needs: str, support: str, review_on: date, by: User) -> HomeAssessment:  # fmt: skip
    """Write what one home needs, or write it anew at a review; what was written before is kept."""
    reasons = []
    if not (families_say + families_why_not).strip():
        reasons.append(FieldReason("families_say", "Write what families say, or why they were not asked"))
    if review_on <= clock.today():
        reasons.append(FieldReason("review_on", "The next review must be after today"))

    refuse_if(reasons)

    assessment = HomeAssessment.objects.create(
        home=home, children_say=children_say, carers_say=carers_say, families_say=families_say,
        families_why_not=families_why_not, professionals_say=professionals_say, needs=needs, support=support,
        review_on=review_on, written_by=by, written_at=clock.now(),
    )  # fmt: skip

    audit.record(
        "home.assessed", on=assessment, by=by, authority=home.provision.authority,
        sentence=f"Assessed what {home} needs.",
    )  # fmt: skip
    return assessment
