"""Payments of a contract, and the books in which every pound stands in one place."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contracts.choices import Account, Achieved, PaymentKind, PaymentState
from contracts.models.contract import Contract
from contracts.rules.quarters import quarter_from
from core import clock
from core.references import ReferenceField
from core.roles import Permission


class OfAContractQuerySet(models.QuerySet):
    """What belongs to a contract, asked for in words."""

    def visible_to(self, user):
        """That of the contracts this person may see, for those who see contracts."""
        if user.acting is None or not user.can(Permission.SEE_CONTRACTS):
            return self.none()
        return self.filter(contract__in=Contract.objects.visible_to(user))


class Payment(models.Model):
    """One quarter's payment of one contract, or a release of what was held back, or a correction.

    `period` is its place in addresses: the quarter, or its own reference. Its sums are in the books.
    """

    reference = ReferenceField()
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=10, choices=PaymentKind, default=PaymentKind.QUARTER)
    period = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=9, choices=PaymentState, default=PaymentState.RAISED)
    evidence_reference = models.CharField(max_length=40, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    proposal = models.CharField(max_length=300, blank=True)
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    achieved = models.CharField(max_length=4, choices=Achieved, blank=True)
    because = models.TextField(blank=True)
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    invoice_number = models.CharField(max_length=40, blank=True)
    invoice_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    invoice_on = models.DateField(null=True, blank=True)
    invoiced_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    invoiced_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    failed_because = models.TextField(blank=True)
    paused_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_because = models.TextField(blank=True)

    objects = OfAContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "period"], name="one_payment_of_a_contract_and_period"),
            models.CheckConstraint(
                name="nobody_invoices_and_approves_a_payment",
                condition=~Q(invoiced_by=F("approved_by")) & ~Q(invoiced_by=F("cleared_by")) & ~Q(approved_by=F("cleared_by")),
            ),
            *(
                models.CheckConstraint(
                    name=f"payment_{deed}_by_and_at_go_together",
                    condition=Q(**{f"{deed}_by": None, f"{deed}_at": None})
                    | Q(**{f"{deed}_by__isnull": False, f"{deed}_at__isnull": False}),
                )
                for deed in ("decided", "invoiced", "approved", "cleared", "paused")
            ),
            models.CheckConstraint(
                name="nothing_is_paid_without_three_people",
                condition=~Q(state__in=["cleared", "part paid", "failed", "paid"])
                | Q(decided_by__isnull=False, invoiced_by__isnull=False, approved_by__isnull=False, cleared_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.contract}"

    def get_absolute_url(self):
        return reverse("contracts:payment", args=[self.contract.slug, self.period])

    @property
    def title(self) -> str:
        """What is paid, in words."""
        if self.kind == PaymentKind.QUARTER:
            return str(quarter_from(self.period))
        return f"{self.get_kind_display()}, {self.reference}"

    @property
    def tone(self) -> str:
        """The colour of its state's tag."""
        return PaymentState(self.state).tone

    @property
    def is_paused(self) -> bool:
        """True while a dispute is open."""
        return self.paused_at is not None


class Move(models.Model):
    """Some pounds of one budget moved from one account to another, once, by one deed; never edited.

    What was due enters from DUE, so what stands in the other accounts is always what was due.
    """

    budget = models.ForeignKey("contracts.Budget", models.PROTECT, related_name="moves")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, blank=True, related_name="moves")
    source = models.CharField(max_length=8, choices=Account)
    target = models.CharField(max_length=8, choices=Account)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_move_is_of_some_pounds", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="a_move_goes_somewhere", condition=~Q(source=F("target")) & ~Q(target="due")),
        ]
        triggers = [pgtrigger.Protect(name="the_books_are_never_edited", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"£{self.amount:,.2f} from {self.get_source_display()} to {self.get_target_display()}"


class Release(models.Model):
    """What became of what was held back of one budget: evidence, a decision, and the provider's reply."""

    budget = models.OneToOneField("contracts.Budget", models.PROTECT, related_name="release")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="releases")
    evidence = models.TextField()
    submitted_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now)
    release = models.CharField(max_length=4, choices=Achieved, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    because = models.TextField(blank=True)
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, blank=True, related_name="release")

    objects = OfAContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="release_decided_by_and_at_go_together",
                condition=Q(decided_by=None, decided_at=None, release="")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(release="")),
            ),
            models.CheckConstraint(
                name="release_replied_by_and_at_go_together",
                condition=Q(replied_by=None, replied_at=None) | Q(replied_by__isnull=False, replied_at__isnull=False),
            ),
            models.CheckConstraint(name="nobody_decides_on_their_own_evidence", condition=~Q(submitted_by=F("decided_by"))),
        ]

    def __str__(self):
        return f"What was held back, {self.budget}"


class InvoiceOfficer(models.Model):
    """The named person to whom a contract's invoices go by email, from a day on (002:960)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="invoice_officers")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    named_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return str(self.person)
