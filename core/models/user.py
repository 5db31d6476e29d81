"""People who sign in."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from core import clock
from core.models.role_held import ROLES_OF
from core.references import ReferenceField, new_reference
from core.roles import can


class UserQuerySet(models.QuerySet):
    """People, asked for in words."""

    def holding(self, *roles, on=None, **held):
        """People who hold one of `roles` on a day (today); `held` is asked of that same role (`authority=…`), not of any other of theirs."""
        on = on or clock.today()
        return self.filter(
            models.Q(roles_held__until_on=None) | models.Q(roles_held__until_on__gt=on),
            roles_held__role__in=roles,
            roles_held__from_on__lte=on,
            is_active=True,
            **{f"roles_held__{name}": value for name, value in held.items()},
        ).distinct()

    def of_authority(self, authority_id):
        """Everybody who holds or held a role in an authority, those of its providers too."""
        return self.filter(pk__in=self.filter(roles_held__authority_id=authority_id).values("pk"))

    def known_to(self, authority_id):
        """Those, and everybody for whom a role in the authority was asked; nobody, where there is no authority."""
        if authority_id is None:
            return self.none()
        return self.of_authority(authority_id) | self.filter(pk__in=self.filter(roles_proposed__authority_id=authority_id).values("pk"))


class UserDirectory(BaseUserManager.from_queryset(UserQuerySet)):
    """Finds people by the address they sign in with."""

    def get_by_natural_key(self, username):
        """The person with this address, whatever its capitals."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One person with a way to sign in; what they may do is in the roles they hold."""

    reference = ReferenceField()
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, related_name="people", null=True, blank=True
    )
    is_active = models.BooleanField(default=True)
    why_closed = models.CharField(max_length=300, blank=True, default="", db_default="")
    is_demonstration = models.BooleanField(default=False)
    session_mark = models.CharField(max_length=7, default=new_reference)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserDirectory()

    def __str__(self):
        return self.full_name

    def get_full_name(self):
        """The whole name, as written."""
        return self.full_name

    def _get_session_auth_hash(self, secret=None):
        """What a session must carry: it changes with the password, and when its owner signs out everywhere."""
        facts = f"{self.password} {self.session_mark}"
        return salted_hmac("core.session", facts, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self):
        """Nobody has a back door."""
        return False

    @cached_property
    def current_roles(self):
        """The roles held today, in a fixed order."""
        found = ROLES_OF(self.pk, clock.today())
        for held in found:
            held.person = self
        return found

    @cached_property
    def acting(self):
        """The role the person acts in: the session's choice, or the first they hold."""
        return self.current_roles[0] if self.current_roles and self.is_active else None

    def acting_as(self, role):
        """The same person, acting in `role` (a Role) for this piece of work."""
        self.acting = next(held for held in self.current_roles if held.role == role)
        return self

    def can(self, permission) -> bool:
        """True when the acting role opens `permission`."""
        return can(self, permission)
