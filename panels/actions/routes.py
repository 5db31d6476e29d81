"""Health's decision written down apart, and young people put to the high risk panel."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from panels.actions.agenda import add_item
from panels.choices import CareOutcome, ItemKind, PanelKind
from panels.models import HealthDecision, HighRiskRequest, Meeting
from panels.rules.routes import (
    why_not_ask_high_risk,
    why_not_put_to_high_risk,
    why_not_record_health,
)
from referrals.models import Child, Referral


@transaction.atomic
def record_health_decision(referral: Referral, *, decided_by: str, decided_on: date | None, outcome: str,
                           share: Decimal | None = None, by: User) -> HealthDecision:  # fmt: skip
    """Write down what health decided of continuing care, and its share in percent; it is no decision of the panel."""
    refuse_if(why_not_record_health(decided_by, outcome, share, on=decided_on, today=clock.today()))

    decision = HealthDecision.objects.create(
        referral=referral, decided_by=decided_by.strip(), decided_on=decided_on, outcome=CareOutcome(outcome), share=share,
        recorded_by=by,
    )  # fmt: skip

    audit.record(
        "health.decided", on=decision, by=by, child=referral.child, authority=referral.authority,
        sentence=f"Wrote down health’s decision on {referral.reference}.",
    )  # fmt: skip
    return decision


@transaction.atomic
def ask_high_risk_panel(child: Child, *, why: str, by: User) -> HighRiskRequest:
    """Put a young person to the panel for the most vulnerable care leavers; the administrator finds it a meeting."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    refuse_if(why_not_ask_high_risk(
        why, born_on=child.born_on, today=clock.today(), is_closed=child.died_on is not None or hasattr(child, "closing"),
        is_asked=child.high_risk_requests.open().exists(),
    ))  # fmt: skip

    request = HighRiskRequest.objects.create(child=child, why=why.strip(), asked_by=by)

    audit.record("high_risk.asked", on=request, by=by, sentence=f"Put {child.reference} to the high risk panel.")
    return request


@transaction.atomic
def put_to_high_risk(request: HighRiskRequest, meeting: Meeting, *, by: User) -> HighRiskRequest:
    """The young person is an item of a meeting of that panel, by reference, presented by whoever asked."""
    request = HighRiskRequest.objects.select_for_update(of=("self",)).select_related("child", "asked_by").get(pk=request.pk)
    placed = request.item is not None and request.item.state != "taken off"
    refuse_if(why_not_put_to_high_risk(is_high_risk=meeting.panel.kind == PanelKind.HIGH_RISK, is_placed=placed))

    request.item = add_item(
        meeting, kind=ItemKind.REPORT, title=f"Young person {request.child.reference}", presenter=request.asked_by, by=by
    )
    request.save()

    audit.record(
        "high_risk.listed", on=request, by=by, sentence=f"{request.child.reference} is on the agenda of {meeting}."
    )
    return request
