"""Root-and-branch assessments: begun at any time, visits written down, ended with what was found."""

from datetime import date

from django.db import transaction

from contracts.models import Contract
from core import audit, clock
from core.models import User
from core.rules import refuse_if
from kpis.choices import SpokenWith
from kpis.models import Assessment, SiteVisit
from kpis.rules.reviews import why_not_assess, why_not_end_assessment, why_not_visit


@transaction.atomic
def begin_assessment(contract: Contract, *, why: str, by: User) -> Assessment:
    """Have the whole quality of a contract's service assessed."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    refuse_if(why_not_assess(why, is_open=contract.assessments.open().exists()))

    assessment = Assessment.objects.create(contract=contract, why=why.strip(), begun_on=clock.today(), begun_by=by)

    audit.record("assessment.begun", on=assessment, by=by, sentence=f"Began an assessment of {contract}.")
    return assessment


@transaction.atomic
def record_visit(assessment: Assessment, *, place: str, visited_on: date | None, spoken_with: list[str], note: str, by: User) -> SiteVisit:
    """Write down a visit made for an assessment: where, when, with whom, and what was seen."""
    assessment = _locked(assessment)
    refuse_if(why_not_visit(
        place, spoken_with, on=visited_on, begun_on=assessment.begun_on, today=clock.today(),
        is_ended=assessment.ended_on is not None,
    ))  # fmt: skip

    visit = SiteVisit.objects.create(
        assessment=assessment, place=place.strip(), visited_on=visited_on, note=note.strip(), recorded_by=by,
        spoken_with=[SpokenWith(who).value for who in spoken_with],
    )  # fmt: skip

    audit.record("visit.recorded", on=visit, by=by, sentence=f"Wrote down a visit for assessment {assessment.reference}.")
    return visit


@transaction.atomic
def end_assessment(assessment: Assessment, *, finding: str, by: User) -> Assessment:
    """End an assessment with what it found; the provider reads it from now on."""
    assessment = _locked(assessment)
    refuse_if(why_not_end_assessment(finding, is_ended=assessment.ended_on is not None))

    assessment.finding, assessment.ended_on, assessment.ended_by = finding.strip(), clock.today(), by
    assessment.save()

    audit.record("assessment.ended", on=assessment, by=by, sentence=f"Ended assessment {assessment.reference}.")
    return assessment


def _locked(assessment: Assessment) -> Assessment:
    """The assessment's row, held until the deed is done."""
    return Assessment.objects.select_for_update(of=("self",)).select_related("contract").get(pk=assessment.pk)
