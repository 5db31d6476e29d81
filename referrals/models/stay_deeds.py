"""Which deeds to a stay are open to a person now, each with its words and its page."""

from dataclasses import dataclass

from core.roles import Permission
from referrals.choices import StayState

P, S = Permission, StayState


@dataclass(frozen=True)
class Deed:
    """One deed: what its link says, and where it leads."""

    label: str
    url: str


def deeds_for(stay, user) -> list[Deed]:
    """The deeds, the likeliest first; whether one may be done now is for its rule. After a death there is none."""
    if stay.child.died_on is not None:
        return []
    found = [*_answers(stay, user), *_running(stay, user), *_held(stay, user)]
    if stay.state in {S.OFFERED, S.PLANNED, S.BEGUN} and user.can(P.AGREE_EXTRA_SUPPORT):
        found.append(("Agree extra support", "extra-support"))
    emergency = getattr(stay, "emergency", None)
    if emergency and emergency.seconded_at is None and user.can(P.SECOND_EMERGENCIES) and emergency.started_by_id != user.pk:
        found.insert(0, ("Sign second", "second"))
    return [Deed(label, f"{stay.get_absolute_url()}/{page}") for label, page in found]


def _answers(stay, user):
    """What the child's own social worker answers."""
    worker = stay.child.social_worker_id or (stay.referral.author_id if stay.referral else None)
    if user.pk != worker or not stay.is_living or not user.can(P.ACCEPT_PLACES):
        return []
    return {
        S.OFFERED: [("Accept this bed", "accept"), ("Decline this bed", "decline")],
        S.PLANNED: [("Decline this bed", "decline")],
    }.get(stay.state, [])


def _running(stay, user):
    """What the provider's manager does as the stay goes on."""
    if not (user.can(P.ALLOCATE_PLACES) and user.acting.organisation_id == stay.place.provision.provider_id):
        return []
    dates, move = ("Change the dates", "dates"), ("Move to another place", "move")
    found = {
        S.OFFERED: [dates, move],
        S.PLANNED: [("The child has arrived", "start"), dates, move],
        S.BEGUN: [dates, move],
    }.get(stay.state, [])
    if found and stay.place.home_id and stay.place.provision.kind == "properties":
        found = [*found, ("Hold the home for this child alone", "hold-for-one")]
    return found


def _held(stay, user):
    """What a named manager does with a place held for later."""
    live = stay.state in {S.PLANNED, S.BEGUN}
    if not live or not user.can(P.RELEASE_PLACES):
        return []
    found = []
    if stay.kept_for_id:
        found.append(("Keep this place for after the bed", "keep"))
    if stay.kept_for_id or (stay.follows_id and stay.state == S.PLANNED):
        found.append(("Let this place go", "let-go"))
    return found
