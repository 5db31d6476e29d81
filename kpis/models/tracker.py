"""A plan's actions: their words over time, and the dated steps of the year ahead."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.paired import by_and_at
from core.references import ReferenceField
from kpis.choices import ActionState
from kpis.models.register import Register


class TrackedActionQuerySet(models.QuerySet):
    """A plan's actions, asked for in words."""

    def visible_to(self, user):
        """The authority's own."""
        acting = user.acting
        return self.none() if acting is None else self.filter(register__authority=acting.authority_id)


@pghistory.track()
class TrackedAction(models.Model):
    """One action of a plan, as it is worded now, with the role that leads it; `continues_as` is the action that took it over."""

    reference = ReferenceField()
    register = models.ForeignKey(Register, models.CASCADE, related_name="actions")
    order = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=12)
    outcome = models.CharField(max_length=160)
    focus = models.CharField(max_length=240)
    text = models.TextField()
    lead_role = models.CharField(max_length=160)
    state = models.CharField(max_length=9, choices=ActionState, default=ActionState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.TextField(blank=True)
    continues_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="took_over")
    flag = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True)

    objects = TrackedActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="an_action_of_a_plan_has_its_own_number"),
            models.CheckConstraint(
                name="an_action_of_a_plan_that_is_over_says_when",
                condition=Q(state="open", closed_on=None) | ~Q(state="open") & Q(closed_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Action {self.number}"

    def get_absolute_url(self):
        return reverse("kpis:tracked_action", args=[self.reference])

    @property
    def authority_id(self):
        """The plan's."""
        return self.register.authority_id


class ActionWording(models.Model):
    """The words an action had until a day, and why they changed."""

    action = models.ForeignKey(TrackedAction, models.CASCADE, related_name="wordings")
    text = models.TextField()
    until_on = models.DateField()
    because = models.TextField()
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    def __str__(self):
        return f"Words of {self.action} until {self.until_on}"


class ActionStep(models.Model):
    """One thing that has to happen next, by a day or with none printed; done once."""

    action = models.ForeignKey(TrackedAction, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    what = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    by_whom = models.CharField(max_length=160, blank=True)
    flag = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "order"], name="a_step_has_its_own_place"),
            by_and_at("done", of="trackedstep"),
        ]

    def __str__(self):
        return f"{self.action}, step {self.order}"

    @property
    def is_late(self) -> bool:
        """Past its day and not done, while its action is open."""
        return self.done_on is None and self.due_on is not None and self.due_on < clock.today() and self.action.state == "open"
