"""Children, and the people round them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q

from core import clock
from core.references import ReferenceField, address_of, tidy
from core.roles import Role
from referrals.choices import Basis
from referrals.models.access import Access
from referrals.models.people_round import PersonRound
from referrals.models.told import Told, by_name, few_told

# Who may see every child of an authority, or nearly: for these there is nothing smaller to start from.
ALL_OF_AN_AUTHORITY = {Role.STRATEGIC_MANAGER, Role.HEAD_OF_SERVICE, Role.PANEL_ADMINISTRATOR, Role.GOVERNANCE}
LEADS_TEAMS = {Role.TEAM_MANAGER, Role.SERVICE_MANAGER}
# Whose a child is, as the index of names has it: the authority, the team and the social worker, each by its first letter and its key.
KEPT_BY = Func("authority", "team", "social_worker", function="child_kept_by", output_field=ArrayField(models.TextField()))
# More teams than these are not walked one after another.
MOST_WALKED = 3


class ChildQuerySet(models.QuerySet):
    """Children, asked for in words."""

    def visible_to(self, user):
        """Children whose record this person may see; restricted ones only where named."""
        acting = user.acting
        if acting is None:
            return self.none()
        told = Told(user, child="pk")
        return self.filter(by_name(told) | Q(is_restricted=False) & (_own(user) | told.of_the_child(Basis.PLACED))).exclude(told.kept_from())

    def reached_by(self, user, most: int) -> list[int] | None:
        """The keys of all that a person could see, from two indexes; None where they are more than `most`.

        Search starts from these: nothing outside them is visible, and visible_to still says which of them are.
        """
        if user.acting is None or user.acting.role in ALL_OF_AN_AUTHORITY:
            return None
        own, told = self.filter(_own(user)).order_by().values_list("pk", flat=True), few_told(user)
        if told is None:
            own = own.union(Access.objects.granted(user).order_by().values_list("child", flat=True))
        keys = sorted({*own[: most + 1], *(right.child for right in told or [])})
        return None if len(keys) > most else keys

    def kept_by(self, user, told):
        """Those that a role gives, by whose they are as the index of names has it, or that somebody was told of (rights).

        Search begins from these where a person was told of few: nothing outside them is visible, and visible_to still says which are.
        """
        keepers = [f"{column[0]}{key}" for column, key in given_by_role(user.acting)]
        return self.alias(kept_by=KEPT_BY).filter(Q(kept_by__overlap=keepers) | Q(pk__in={right.child for right in told}))

    def log_open_to(self, user):
        """Children whose reading log this person may see: their own, and an auditor's whole authority."""
        acting = user.acting
        if acting is not None and acting.role in {Role.AUDITOR, Role.GOVERNANCE}:
            return self.filter(authority=acting.authority_id)
        return self.visible_to(user)

    def matching(self, typed):
        """Children whose number, reference or name holds what was typed."""
        words = Q()
        for word in typed.split()[:5]:
            words &= (
                Q(full_name__icontains=word)
                | Q(preferred_name__icontains=word)
                | Q(previous_name__icontains=word)
                | Q(case_number__iexact=word)
                | Q(reference__iexact=word)
            )
        return self.filter(words) if words else self.none()


    def known_as(self, typed):
        """The children whose reference or case number is what was typed, its letters left out or not."""
        digits = typed.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -")
        number = Q(case_number__iregex=rf"^[a-z -]*{digits}$") if digits.isascii() and digits.isdigit() else Q()
        return self.filter(Q(reference=tidy(typed)) | Q(case_number__iexact=typed) & ~Q(case_number="") | number)


def _own(user):
    """What a role gives without being named, in the authority the record belongs to."""
    acting = user.acting
    here = Q(authority=acting.authority_id)
    by_role = {
        Role.SOCIAL_WORKER: Q(social_worker=user),
        Role.TEAM_MANAGER: Q(team__in=acting.team_ids),
        Role.SERVICE_MANAGER: Q(team__in=acting.team_ids),
        Role.STRATEGIC_MANAGER: Q(),
        Role.HEAD_OF_SERVICE: Q(),
        Role.PANEL_ADMINISTRATOR: Exists(_has_been_sent()),
        Role.GOVERNANCE: Q(),
    }
    mine = by_role.get(acting.role)
    return Q(pk__in=[]) if mine is None else here & mine


def given_by_role(acting) -> list[tuple[str, int]]:
    """Where the children are that a role gives: the column that says whose they are, and the key there, for each place to look."""
    if acting.role in ALL_OF_AN_AUTHORITY:
        return [("authority", acting.authority_id)]
    if acting.role in LEADS_TEAMS:
        return [("team", team) for team in acting.team_ids]
    return [("social_worker", acting.person_id)] if acting.role == Role.SOCIAL_WORKER else []


def places_to_walk(acting) -> list[tuple[str, int]]:
    """The same of whole authorities or teams, each of which an index has in the order of names; nothing where a role gives others, or many teams."""
    given = given_by_role(acting)
    return given if len(given) <= MOST_WALKED and all(column in {"authority", "team"} for column, _ in given) else []


def _has_been_sent():
    """Referrals of a child that have left their author: what a panel administrator knows a child by."""
    return Child.referrals.rel.related_model.objects.filter(child=OuterRef("pk"), sent_at__isnull=False)


@pghistory.track()
class Child(models.Model):
    """One child or young person the council knows."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    case_number = models.CharField(max_length=40, blank=True)
    full_name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=100, blank=True)
    previous_name = models.CharField(max_length=200, blank=True)
    born_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=80, blank=True)
    address = models.TextField(blank=True)
    legal_status = models.CharField(max_length=40, blank=True)
    is_looked_after = models.BooleanField(default=False)
    lives_now = models.CharField(max_length=40, blank=True)
    social_worker = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="children"
    )
    team = models.ForeignKey("core.Team", models.PROTECT, null=True, blank=True)
    is_restricted = models.BooleanField(default=False)
    restricted_because = models.CharField(max_length=200, blank=True)
    died_on = models.DateField(null=True, blank=True)
    hold_because = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name = "child"
        verbose_name_plural = "children"
        indexes = [
            GinIndex(
                OpClass(KEPT_BY, "array_ops"), OpClass(Func("full_name", "preferred_name", "previous_name", function="child_names"), "gin_trgm_ops"),
                name="children_by_whose_and_name",
            ),
            models.Index(fields=["id"], condition=Q(is_restricted=True), name="restricted_children"),
            models.Index(fields=["authority", "full_name", "id"]),
            models.Index(fields=["team", "full_name", "id"]),
            models.Index(fields=["social_worker", "full_name", "id"]),
            models.Index("authority", OpClass(Func("full_name", function="folded_name"), "text_pattern_ops"), name="children_by_their_first_name"),
            models.Index("authority", OpClass(Func("full_name", function="family_name"), "text_pattern_ops"), name="children_by_their_family"),
            models.Index("team", OpClass(Func("full_name", function="folded_name"), "text_pattern_ops"), name="teams_children_by_first_name"),
            models.Index("team", OpClass(Func("full_name", function="family_name"), "text_pattern_ops"), name="teams_children_by_family"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "case_number"],
                name="a_case_number_is_one_child",
                condition=~Q(case_number=""),
            ),
            models.CheckConstraint(
                name="a_restriction_says_why",
                condition=Q(is_restricted=False) | ~Q(restricted_because=""),
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return address_of("referrals:child", self.reference)

    @property
    def called(self):
        """What they like to be called: their first name, or the one they chose."""
        return self.preferred_name or self.full_name.split(" ")[0]

    def age_on(self, day):
        """Whole years on a day, or None where the birth date is not known."""
        if self.born_on is None:
            return None
        had = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had)

    @property
    def age(self):
        """Whole years today."""
        return self.age_on(clock.today())


class ChildPerson(models.Model):
    """One person round a child: a carer, a parent, someone who holds parental responsibility or may (None: not known)."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="people")
    full_name = models.CharField(max_length=300)
    relationship = models.CharField(max_length=300)
    is_carer = models.BooleanField(default=False)
    has_parental_responsibility = models.BooleanField(null=True, default=False)
    contact = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return self.relationship

    def as_named(self):
        """The person as a referral names them."""
        holds = {True: "yes", False: "no"}.get(self.has_parental_responsibility, "unknown")
        return PersonRound(self.full_name, self.relationship, holds, "yes" if self.is_carer else "no")
