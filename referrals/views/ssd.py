"""SDQs and homes as lists, and as files under the names of the Standard Safeguarding Dataset, with or without who each child is."""

from django.db import transaction
from django.db.models import Q

from core.lists import Column
from core.reading import records_read
from core.roles import Permission
from core.sheets import csv_lines
from core.views.files import CSV
from core.views.lists import FilteredList
from referrals.filters import PlacementFilter, SdqFilter
from referrals.models import Placement, SdqScore
from referrals.rules import ssd


def _day(on) -> str:
    """A day as the dataset writes it."""
    return f"{on:%d/%m/%Y}" if on else ""


def urn_of(home) -> str:
    """The registration that the building had when the child came."""
    building = home.stay.place.home if home.stay_id else None
    rows = building.registrations.all() if building else []
    return next((r.number for r in rows if not r.is_application and r.from_on <= home.starts_on and (r.until_on is None or home.starts_on < r.until_on)), "")


class SafeguardingList(FilteredList):
    """A list whose file has the dataset's columns, all of them, and whose page has those that are kept, in plain words; without names a child is a number that holds in that file alone."""

    permission = Permission.SEE_CHILDREN
    template_name = "referrals/safeguarding_list.html"
    file_type, file_ending = CSV, "csv"
    plain = {}

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        """Opened; what is read of each child is in that child's log."""
        return super().get(request, *args, **kwargs)

    def as_file(self, rows, *, says_who):
        shown = self.prepared(rows)
        self._number(shown, says_who)
        user, heads = self.request.user, [c.label for c in self.columns]
        return b"".join(csv_lines(heads, ([c.value(row, user) for c in self.columns] for row in shown)))

    def _number(self, rows, says_who):
        """Who each row is about, and the row's own number."""
        numbers = {}
        for at, row in enumerate(rows, 1):
            number = numbers.setdefault(row.child_id, len(numbers) + 1)
            row.person_id = (row.child.case_number or row.child.reference) if says_who else f"child {number}"
            row.table_id = self.own_id(row) if says_who else str(at)

    def own_id(self, row) -> str:
        """What identifies a row from one file to the next."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        self._number(context["object_list"], True)
        records_read(context["object_list"], by=self.request.user)
        user, shown = self.request.user, [c for c in self.columns if c.label in self.plain]
        lines = [
            {"row": row, "cells": [(self.plain[c.label], c.value(row, user)) for c in shown[1:]]} for row in context["object_list"]
        ]
        heads = [{**head, "label": self.plain[head["label"]]} for head in context["heads"] if head["label"] in self.plain]
        return {**context, "heads": heads, "lines": lines, "never": self.never}


class SdqScores(SafeguardingList):
    """SDQs of the children whose record this person may see."""

    model = SdqScore
    filterset_class = SdqFilter
    noun = "SDQ"
    never = ()
    plain = dict(zip(ssd.SDQ_FIELDS, ("SDQ", "Council number", "Day", "Score", "Why there is none"), strict=True))
    extra_context = {"heading": "SDQs", "lead": "As table ssd_sdq_scores of the Standard Safeguarding Dataset.", "no_match": "No SDQ was given in those days"}
    columns = (
        Column(ssd.SDQ_FIELDS[0], lambda s, u: s.table_id),
        Column(ssd.SDQ_FIELDS[1], lambda s, u: s.person_id, says_who=True),
        Column(ssd.SDQ_FIELDS[2], lambda s, u: _day(s.on), sort="day", by=("on",)),
        Column(ssd.SDQ_FIELDS[3], lambda s, u: "" if s.score is None else s.score, sort="score", numeric=True),
        Column(ssd.SDQ_FIELDS[4], lambda s, u: s.not_done_because),
    )

    def records(self):
        return super().records().select_related("child").order_by("-on", "-pk")

    def own_id(self, row):
        return f"{row.child.reference}-{row.on:%Y%m%d}-{row.completed_by or 'none'}"


class SafeguardingPlacements(SafeguardingList):
    """Homes, while in care, of the children whose record this person may see."""

    model = Placement
    filterset_class = PlacementFilter
    noun = "placement"
    never = ssd.NEVER_RECORDED
    plain = {
        "clap_cla_placement_id": "Placement", "clap_person_id": "Council number", "clap_cla_placement_start_date": "From",
        "clap_cla_placement_end_date": "Until", "clap_cla_placement_type": "Type", "clap_cla_placement_provider": "Provider",
        "clap_cla_placement_urn": "URN", "clap_cla_placement_change_reason": "Reason", "not recorded": "Not recorded",
    }  # fmt: skip
    extra_context = {"heading": "Placements", "lead": "As table ssd_cla_placement of the Standard Safeguarding Dataset: homes of children in care.", "no_match": "No home was lived in in those days"}
    columns = (
        Column("clap_cla_placement_id", lambda h, u: h.table_id),
        Column("clap_cla_id", lambda h, u: ""),
        Column("clap_person_id", lambda h, u: h.person_id, says_who=True),
        Column("clap_cla_placement_start_date", lambda h, u: _day(h.starts_on), sort="start", by=("starts_on",)),
        Column("clap_cla_placement_type", lambda h, u: ssd.placement_type(h.kind)),
        Column("clap_cla_placement_urn", lambda h, u: h.urn),
        Column("clap_cla_placement_distance", lambda h, u: ""),
        Column("clap_cla_placement_provider", lambda h, u: ssd.provider_code(h.kind, h.is_internal)),
        Column("clap_cla_placement_postcode", lambda h, u: ""),
        Column("clap_cla_placement_end_date", lambda h, u: _day(h.ends_on), sort="end", by=("ends_on",)),
        Column("clap_cla_placement_change_reason", lambda h, u: h.ending_reason),
        Column("not recorded", lambda h, u: ssd.not_said(h.kind, h.is_internal, h.urn)),
    )

    def records(self):
        rows = super().records().filter(Q(child__is_looked_after=True) | Q(child__care__in_care_since__isnull=False))
        rows = rows.select_related("child", "stay__place__home").prefetch_related("stay__place__home__registrations")
        return rows.order_by("-starts_on", "-pk")

    def prepared(self, rows):
        for home in rows:
            home.urn = urn_of(home)
        return rows

    def own_id(self, row):
        return row.reference
