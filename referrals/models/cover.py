"""Cover: who signs for somebody who is away."""

from dataclasses import dataclass
from datetime import date

import pghistory
from django.db import models
from django.db.models import Exists, F, Q

from core import clock
from core.models import RoleHeld
from core.once import know, once
from core.references import ReferenceField
from referrals.choices import Step


class CoverQuerySet(models.QuerySet):
    """Cover, asked for in words."""

    def visible_to(self, user):
        """One's own: as the person away, or as the one who acts."""
        return self.filter(Q(away=user) | Q(acts=user))

    def standing(self):
        """Cover that nobody has ended."""
        return self.filter(ended_at=None)

    def on(self, day):
        """Cover in force on a day."""
        return self.standing().filter(from_on__lte=day, last_on__gte=day)


@pghistory.track()
class Cover(models.Model):
    """One time in which one person signs one step in place of another; both days are in it."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    away = models.ForeignKey("core.User", models.PROTECT, related_name="covers_given")
    acts = models.ForeignKey("core.User", models.PROTECT, related_name="covers_taken")
    step = models.CharField(max_length=3, choices=Step)
    from_on = models.DateField()
    last_on = models.DateField()
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_covers_for_themselves", condition=~Q(away=F("acts"))
            ),
            models.CheckConstraint(
                name="a_cover_ends_on_or_after_it_starts", condition=Q(last_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="cover_ended_by_and_at_go_together",
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.acts} for {self.away}"


@dataclass(frozen=True)
class Standing:
    """One step that a person may sign today in place of somebody else, and for which teams."""

    step: str
    away_id: int
    away: str
    authority_id: int
    team_ids: tuple[int, ...]

    def reaches(self, referral) -> bool:
        """Whether it holds for a referral's team, or for the whole authority."""
        here = referral.authority_id == self.authority_id
        return here and (self.step == Step.STRATEGIC_MANAGER or referral.team_id in self.team_ids)


def standing_in(user) -> list[Standing]:
    """What a person may sign today as somebody's cover; nothing where they sign nothing themselves."""
    steps = {held.role for held in user.current_roles} & set(Step.values)
    return once(_key(user), lambda: _read(user)) if steps else []


def has_cover(person: int, today: date) -> Exists:
    """Whether a person (a key) covers for anybody on a day, as an expression of a question that asks other things too."""
    return Exists(_given(person, today))


def know_of_no_cover(user) -> None:
    """It was read with something else that they cover for nobody today."""
    know(_key(user), [])


def _key(user) -> tuple:
    return "standing in", user.pk, clock.today()


def _given(person, day):
    return Cover.objects.on(day).filter(acts=person)


def _read(user) -> list[Standing]:
    """The cover in force today, with the teams that whoever is away signs for."""
    covers = list(_given(user, clock.today()).select_related("away").order_by("pk"))
    if not covers:
        return []
    held = RoleHeld.objects.held_on(clock.today()).filter(person__in={c.away_id for c in covers})
    teams: dict[tuple, list[int]] = {}
    for row in held.prefetch_related("teams"):
        found = teams.setdefault((row.person_id, row.role, row.authority_id), [])
        found += [team.pk for team in row.teams.all()]
    return [
        Standing(c.step, c.away_id, str(c.away), c.authority_id, tuple(teams[key]))
        for c in covers
        if (key := (c.away_id, c.step, c.authority_id)) in teams
    ]
