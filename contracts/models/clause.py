"""What a contract says, in our own words: clauses, former names, who controls which data, and capital decisions."""

from django.db import models

from contracts.choices import NameOf, Topic


class Clause(models.Model):
    """One clause of a contract, in our own words, with the line it comes from."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="clauses")
    topic = models.CharField(max_length=13, choices=Topic)
    heading = models.CharField(max_length=120)
    text = models.TextField()
    source = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return self.heading


class FormerName(models.Model):
    """A name under which a contract's service or provider was known between two days (000:3-11)."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="former_names")
    of = models.CharField(max_length=8, choices=NameOf)
    name = models.CharField(max_length=160)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)

    def __str__(self):
        return self.name


class DataRole(models.Model):
    """Who decides about some personal data under a contract, and who handles it for them (002:858)."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="data_roles")
    what = models.CharField(max_length=160)
    controller = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+")
    processor = models.ForeignKey("core.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return self.what


class CapitalDecision(models.Model):
    """A decision about capital behind a contract: a record to refer to, and no ledger (001:283-304)."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="capital_decisions")
    what = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    body = models.CharField(max_length=120)
    decided = models.CharField(max_length=60, blank=True)  # as printed: "October 2019"
    source = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return self.what
