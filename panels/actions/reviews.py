"""Reviews that come to a panel by themselves."""

from django.db import transaction

from core import audit
from core.dates import day_in_words
from core.models import User
from panels.actions.agenda_order import add_in_place
from panels.choices import STILL_TO_COME, ItemKind
from panels.models import AgendaItem, FundingRequest, Meeting
from panels.models.booking import review_minutes
from panels.models.reviews import reviews_for


@transaction.atomic
def pull_in_reviews(meeting: Meeting, *, by: User | None) -> list[AgendaItem]:
    """Put every review that is due before the body meets again on this agenda, once; nothing once papers are out."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    if meeting.status not in STILL_TO_COME or meeting.circulated_at is not None:
        return []

    added = []
    for decision, due in reviews_for(meeting):
        if any(item.referral_id == decision.item.referral_id for item in added):
            continue
        item = add_in_place(
            meeting, kind=ItemKind.REVIEW, title=f"Review of {decision.item.referral.reference}, by {day_in_words(due)}",
            referral=decision.item.referral, review_of=decision, presenter=decision.item.presenter, minutes=review_minutes(meeting),
        )  # fmt: skip
        _ask_again(decision, item)
        added.append(item)
    if not added:
        return []

    audit.record(
        "reviews.pulled_in", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"{len(added)} reviews came to {meeting}.",
    )  # fmt: skip
    return added


def _ask_again(decision, item: AgendaItem) -> None:
    """What was asked for is asked again, so that the next review comes of itself too."""
    request = getattr(decision.item, "request", None)
    if request is not None:
        FundingRequest.objects.create(
            item=item, kind=request.kind, weekly_cost=request.weekly_cost, one_off_cost=request.one_off_cost,
            starts_on=request.starts_on, until_on=request.until_on, note=request.note, recorded_by=request.recorded_by,
        )  # fmt: skip
