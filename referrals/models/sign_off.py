"""Signatures on a referral."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from core import clock
from referrals.choices import SignOffOutcome, Step


class SignOffQuerySet(models.QuerySet):
    """Signatures, asked for in words."""

    def standing(self):
        """Those that agree and have not been voided."""
        return self.filter(outcome=SignOffOutcome.AGREED, voided_at=None)


@pghistory.track()
class SignOff(models.Model):
    """What one signer did at one step with one sending; voided by a later edit, never deleted."""

    referral = models.ForeignKey(
        "referrals.Referral", models.CASCADE, related_name="sign_offs"
    )
    snapshot = models.ForeignKey("referrals.ReferralSnapshot", models.PROTECT)
    step = models.CharField(max_length=3, choices=Step)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="sign_offs")
    covers = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="signed_for_them"
    )
    outcome = models.CharField(max_length=13, choices=SignOffOutcome)
    confirmations = models.JSONField(default=list, blank=True)
    comment = models.TextField(blank=True)
    tasks_to_mend = models.JSONField(default=list, blank=True)
    signed_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_because = models.CharField(max_length=200, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "step"],
                name="one_standing_signature_a_step",
                condition=Q(outcome="agreed", voided_at=None),
            ),
            models.UniqueConstraint(
                fields=["referral", "person"],
                name="two_steps_are_two_people",
                condition=Q(outcome="agreed", voided_at=None),
            ),
            models.CheckConstraint(
                name="sign_off_voided_by_and_at_go_together",
                condition=Q(voided_by=None, voided_at=None)
                | Q(voided_by__isnull=False, voided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_signs_as_cover_for_themselves",
                condition=Q(covers=None) | ~Q(covers=models.F("person")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="nobody_signs_what_they_wrote",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__outcome="agreed"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM referrals_referral
                        WHERE id = NEW.referral_id AND author_id IN (NEW.person_id, NEW.covers_id)
                    ) THEN
                        RAISE EXCEPTION 'Nobody signs off a referral they wrote.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.get_step_display()}: {self.get_outcome_display()}"

    @property
    def signed_by(self):
        """Who signed, and for whom: "Laura Penn, as cover for Martin Feeney"."""
        return f"{self.person}, as cover for {self.covers}" if self.covers_id else str(self.person)

    @property
    def stands(self):
        """True for a signature that agrees and has not been voided."""
        return self.outcome == SignOffOutcome.AGREED and self.voided_at is None
