"""What an item asks a resources panel for: recorded by its kind, taken above a rate by the chair, or sent on."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.actions.agenda import list_referral, take_off_item
from panels.choices import OPEN_FOR_BUSINESS, PanelKind
from panels.models import AgendaItem, FundingRequest, Meeting
from panels.models.booking import slots_of, slots_taken
from panels.models.commitment import ask_of
from panels.models.request_words import FIELDS
from panels.models.room import may_chair
from panels.rules.agenda import why_not_add_business
from panels.rules.papers import why_not_renumber
from panels.rules.remit import against_asking, why_not_keep

BESIDE = {"Say what it costs": "until_on", "The national rate": "above_rate_because", "Say what came of": "explored_words"}


@transaction.atomic
def record_request(item: AgendaItem, *, kind: str, facts: dict, chooses_provider: bool = False, by: User) -> FundingRequest:
    """Record what an item asks for; only what its kind asks is kept. The paper that goes out says the same."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    item.meeting = meeting
    kept = {name: facts[name] for name in FIELDS[kind] if name in facts}
    asked = FundingRequest(item=item, kind=kind, recorded_by=by, **kept)
    reasons = why_not_add_business(meeting.status in OPEN_FOR_BUSINESS) + why_not_renumber(meeting.circulated_at is not None)

    refuse_if(reasons + why_not_keep(kind) + [_beside(r) for r in against_asking(ask_of(asked))])

    FundingRequest.objects.filter(item=item).delete()
    asked.save()
    item.chooses_provider = chooses_provider
    item.save(update_fields=["chooses_provider"])

    audit.record(
        "request.recorded", on=item, by=by, authority=meeting.panel.authority,
        child=item.referral.child if item.referral else None, sentence=f"Recorded what item {item.number} of {meeting} asks for.",
    )  # fmt: skip
    return asked


def _beside(reason: str) -> str:
    """A reason beside the field that answers it, where one does."""
    field = next((name for start, name in BESIDE.items() if reason.startswith(start)), "")
    return FieldReason(field, reason) if field else reason


@transaction.atomic
def accept_above_rate(request: FundingRequest, *, by: User) -> FundingRequest:
    """The chair accepts a cost above the national rate on file, at their own sign-in."""
    item = request.item
    reasons = [] if by.acting.role != "PA" and may_chair(item.meeting, by) else ["Only the chair accepts a cost above the national rate."]
    if item.recusals.filter(person=by, withdrawn_at=None).exists():
        reasons.append("You are out of this item.")
    if not ask_of(request).commitment.is_above_rate:
        reasons.append("It does not cost more than the national rate on file.")

    refuse_if(reasons)

    request.rate_agreed_at, request.rate_agreed_by = clock.now(), by
    request.save()

    audit.record(
        "request.rate_accepted", on=item, by=by, authority=item.meeting.panel.authority,
        sentence=f"The chair accepted a cost above the national rate for item {item.number} of {item.meeting}.",
    )  # fmt: skip
    return request


@transaction.atomic
def send_to_tripartite(item: AgendaItem, *, by: User) -> AgendaItem | None:
    """Joint funding is for the Tripartite group: the item comes off, and is listed at its next meeting with a slot.

    Where none is called the referral is ready, and the caller says so; gives the new item, or None.
    """
    referral = item.referral
    refuse_if([] if referral else ["Only a referral is sent to the Tripartite group."])
    take_off_item(item, reason="For the Tripartite group: joint funding.", by=by)
    referral.refresh_from_db()

    found = None
    meeting = _next_tripartite(referral)
    if meeting is not None:
        found = list_referral(referral, meeting, by=by)
        FundingRequest.objects.create(item=found, kind="joint", recorded_by=by)

    audit.record(
        "agenda_item.sent_on", on=item, by=by, child=referral.child, authority=item.meeting.panel.authority,
        sentence=f"Sent {referral.reference} to the Tripartite group.",
    )  # fmt: skip
    return found


def _next_tripartite(referral) -> Meeting | None:
    """The soonest meeting of the authority's Tripartite group with a slot left and papers still open."""
    rows = Meeting.objects.to_come().filter(
        panel__authority=referral.authority_id, panel__kind=PanelKind.TRIPARTITE, starts_at__gte=clock.now(), circulated_at=None
    )
    for meeting in rows.with_terms().soonest_first()[:10]:
        if slots_taken(meeting) < slots_of(meeting):
            return meeting
    return None
