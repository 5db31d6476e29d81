"""A child is missing, is reviewed while away, comes back, and is offered a return interview."""

from datetime import datetime

from django.db import transaction

from core import audit, clock
from core.dated import number
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import Child, MissingEpisode, MissingReview
from referrals.rules import missing as rules
from referrals.rules.readings import INTERVIEW


def _record(verb: str, episode: MissingEpisode, by, words: str) -> None:
    """One row in the trail, by reference."""
    audit.record(verb, on=episode, by=by, authority=episode.child.authority, sentence=f"{episode.child.reference} {words}.")


def _locked(episode: MissingEpisode) -> MissingEpisode:
    """Lock the episode."""
    rows = MissingEpisode.objects.select_for_update(of=("self",)).select_related("child__authority")
    return rows.get(pk=episode.pk)


@transaction.atomic
def report_missing(child: Child, *, kind: str, from_at: datetime, circumstances: str = "", police_reference: str = "",
                   by: User | None) -> MissingEpisode:  # fmt: skip
    """Write down that a child is missing or away; their place is held. Locks the child."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    others = list(child.missing_episodes.values_list("from_at", "until_at"))
    reasons = rules.why_not_report(from_at, others, now=clock.now())
    if kind not in dict(MissingEpisode.KINDS):
        reasons.append(FieldReason("kind", "Select missing or away."))
    refuse_if(reasons)

    episode = MissingEpisode.objects.create(
        child=child, kind=kind, from_at=from_at, circumstances=circumstances, police_reference=police_reference[:60],
        reported_by=by, reported_at=clock.now(),
    )  # fmt: skip

    _record("missing.reported", episode, by, "is recorded as missing or away")
    return episode


@transaction.atomic
def review_missing(episode: MissingEpisode, *, words: str, by: User | None) -> MissingReview:
    """Review a child who is still away: what is known, what is being done, that the place is held."""
    episode = _locked(episode)
    reasons = [] if words.strip() else [FieldReason("words", "Say what is known and what is being done.")]
    if episode.until_at is not None:
        reasons = ["The child is back: there is nothing to review."]
    refuse_if(reasons)

    review = MissingReview.objects.create(episode=episode, words=words, by=by, at=clock.now())

    _record("missing.reviewed", episode, by, "was reviewed while away")
    return review


@transaction.atomic
def record_return(episode: MissingEpisode, *, until_at: datetime, is_offered: bool = False, by: User | None) -> MissingEpisode:
    """The child is back; whether the return interview was offered at once is kept with it."""
    episode = _locked(episode)
    refuse_if(rules.why_not_return(episode.from_at, until_at, now=clock.now(), is_open=episode.until_at is None))

    episode.until_at = until_at
    back_on = until_at.astimezone(clock.LONDON).date()
    episode.interview_hours = number(INTERVIEW, authority=episode.child.authority_id, on=back_on)
    episode.interview_offered_at = clock.now() if is_offered else None
    episode.save()

    _record("missing.returned", episode, by, "is back")
    return episode


@transaction.atomic
def record_interview(episode: MissingEpisode, *, accepted: bool | None, done_at: datetime | None = None, because: str = "",
                     by: User | None) -> MissingEpisode:  # fmt: skip
    """The return interview was offered, taken up or not, and done or not."""
    episode = _locked(episode)
    refuse_if(
        rules.why_not_interview(
            returned_at=episode.until_at, accepted=accepted, done_at=done_at, because=because, now=clock.now()
        )
    )

    episode.interview_offered_at = episode.interview_offered_at or clock.now()
    episode.interview_accepted, episode.interview_done_at, episode.interview_because = accepted, done_at, because
    episode.save()

    _record("missing.interviewed", episode, by, "was offered a return interview, and the answer is recorded")
    return episode
