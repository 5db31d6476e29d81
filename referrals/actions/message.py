"""Messages on a referral: written to named roles, told by reference only, and said to have been read."""

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.roles import Role
from core.rules import refuse_if
from referrals.models import MessageReading, Provision, Referral, ReferralMessage
from referrals.rules.message import why_not_write

MOST_TOLD = 20


@transaction.atomic
def write_message(referral: Referral, *, words: str, to_roles, by: User) -> ReferralMessage:
    """Write on a referral to those who hold the roles named; each who may see it is told."""
    refuse_if(why_not_write(words, to_roles))

    message = ReferralMessage.objects.create(
        referral=referral, words=words, to_roles=sorted(to_roles), written_at=clock.now(), written_by=by
    )
    for person in _readers(referral, to_roles, by):
        post.send(
            "referral.message", key=f"message:{message.pk}:{person.pk}", to=person,
            subject=f"A message about {referral.reference}", body=f"There is a message for you on {referral.reference}.",
            link=f"{referral.get_absolute_url()}/messages", about=referral,
        )  # fmt: skip

    audit.record(
        "message.written", on=message, by=by, child=referral.child, authority=referral.authority,
        sentence=f"Wrote on {referral.reference} to the {message.to}.",
    )  # fmt: skip
    return message


def _readers(referral: Referral, roles, by: User) -> list[User]:
    """Whoever holds one of the roles for this referral, and may see it."""
    found = {person.pk: person for role in sorted(roles) for person in _holding(role, referral)[:MOST_TOLD]}
    return [person for person in found.values() if person != by and _sees(person, roles, referral)]


def _holding(role: str, referral: Referral):
    """Those who hold a role for this referral: its worker, its team's managers, the provider's."""
    if role == Role.SOCIAL_WORKER:
        return User.objects.filter(pk__in=[referral.author_id, referral.child.social_worker_id or referral.author_id])
    if role == Role.PROVIDER_MANAGER:
        here = Provision.objects.filter(authority=referral.authority_id, kind=referral.wants or "none")
        return User.objects.holding(role, organisation__in=here.values("provider"))
    of_team = {} if role == Role.PANEL_ADMINISTRATOR else {"teams": referral.team_id}
    return User.objects.holding(role, authority=referral.authority_id, **of_team)


def _sees(person: User, roles, referral: Referral) -> bool:
    """Whether somebody sees the referral in one of the roles written to."""
    for held in person.current_roles:
        if held.role in roles and Referral.objects.visible_to(person.acting_as(held.role)).filter(pk=referral.pk).exists():
            return True
    return False


@transaction.atomic
def read_messages(referral: Referral, *, by: User) -> int:
    """Say that one has read every message on a referral that one may see; returns how many were new."""
    unread = list(referral.messages.visible_to(by).unread_by(by))

    MessageReading.objects.bulk_create(
        [MessageReading(message=message, person=by, read_at=clock.now()) for message in unread], ignore_conflicts=True
    )

    if unread:
        audit.record(
            "message.read", on=referral, by=by, sentence=f"Read {len(unread)} messages on {referral.reference}."
        )
    return len(unread)
