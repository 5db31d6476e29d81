"""A person's referrals and children in the parts that an index can walk: their own, each of their teams', what they were told of.

`visible_to` says who sees what; these only say where to look. Whoever sees a record sees it by one of the parts.
"""

from django.db.models import Q

from core.keyset import Part
from core.roles import Role
from referrals.choices import Basis
from referrals.models.access import Access
from referrals.models.child import ALL_OF_AN_AUTHORITY, given_by_role
from referrals.models.cover import standing_in
from referrals.models.referral_facts import NOT_RELEASED, sees_decisions
from referrals.models.told import few_special, few_told
from referrals.rules.sign_off import STATUS_OF_STEP


def referral_places(user) -> list[Q]:
    """Where a person's referrals are, one condition for each index; found once a page."""
    return [*_own_places(user), *_covered_places(user), *_told_places(user)]


def referral_parts(rows, user, places: list[Q]) -> list[Part]:
    """Take referrals a person may see, annotated with `since`, and their places; give parts ordered by when their status began.

    What is decided and not released stands, for most readers, where it stood before: a few rows, in a part of their own.
    """
    whole = user.acting is not None and user.acting.role in ALL_OF_AN_AUTHORITY
    if sees_decisions(user) or not places:
        return [Part(rows.filter(place), "status_since", whole) for place in places]
    known = rows.exclude(NOT_RELEASED)
    return [*(Part(known.filter(place), "status_since", whole) for place in places), Part(rows.filter(NOT_RELEASED), "since")]


def _own_places(user) -> list[Q]:
    """What the role gives: one place for each index."""
    acting = user.acting
    if acting.role in ALL_OF_AN_AUTHORITY:
        return [Q(authority=acting.authority_id)]
    mine = [Q(author=user)]
    if acting.role == Role.SOCIAL_WORKER:
        return [*mine, Q(child__social_worker=user), Q(joint_referrer=user)]
    teams = [Q(team=team) for team in acting.team_ids]
    return {Role.TEAM_MANAGER: teams, Role.SERVICE_MANAGER: teams + mine}.get(acting.role, [])


def _covered_places(user) -> list[Q]:
    """What waits for a signature that the person gives for somebody else."""
    return [Q(authority=standing.authority_id, status=STATUS_OF_STEP[standing.step]) for standing in standing_in(user)]


def _told_places(user) -> list[Q]:
    """What a meeting, a release, a place or an emergency brought before them: by key where it is little, along the way where much."""
    told = few_told(user)
    if told is None:
        given, special = Access.objects.granted(user).order_by(), few_special(user)
        opened = [Q(child__in=given.filter(basis=Basis.BREAK_GLASS).values("child"))]
        is_none = special is not None and not any(right.basis == Basis.BREAK_GLASS for right in special)
        return [Q(pk__in=given.exclude(referral=None).values("referral")), *([] if is_none else opened)]
    referrals = {right.referral for right in told if right.referral}
    children = {right.child for right in told if right.basis == Basis.BREAK_GLASS}
    return [Q(pk__in=referrals)] * bool(referrals) + [Q(child__in=children)] * bool(children)


def child_places(user) -> list[Q]:
    """Where a person's children are, one condition for each index; found once a page."""
    own = [Q(**{column: key}) for column, key in given_by_role(user.acting)]
    told = few_told(user)
    return [*own, *([Q()] if told is None else [Q(pk__in={right.child for right in told})] if told else [])]
