"""Figures of the borough's own, typed and checked month by month, what its strategy board wrote down, and high SDQ scores."""

from datetime import timedelta

from core import clock
from core.dates import months_after
from kpis.actions.figure import check_value, type_value, validate_value
from kpis.actions.progress import note_progress
from kpis.models import Indicator
from referrals.actions.sdq import add_sdq
from referrals.actions.sdq_look import look_at_sdq
from referrals.models import Child, SdqScore
from referrals.models.high_sdq import high_of, year_of

MOVED = (3, -2, 4, 0, 1)
SHARES = [(57, 561), (55, 566), (52, 571)]
NOTES = [
    ("residential-share", "Two children moved to families, and one came in.", "Matching begins before a home is asked for.", "Homes for older boys are few."),
    ("permanence-by-second-review", "Every second review of the month had its plan.", "Reviewing officers remind teams a week before.", ""),
    ("lodgings-growth", "One new household was approved.", "", "Three more wait for their checks."),
]  # fmt: skip


def keep_figures(story) -> None:
    """Three months of one outcome measure: two released, the newest waiting for its check; the board's notes."""
    borough, first = story.borough, story.today.replace(day=1)
    for back, counts in zip((3, 2, 1), SHARES, strict=True):
        starts, ends = months_after(first, -back), months_after(first, 1 - back)
        if ends + timedelta(days=8) < story.today:
            story.at(ends + timedelta(days=5), 10, lambda s=starts, e=ends, c=counts, b=back: _month(borough, s, e, c, released=b > 1))
    for slug, words, well, worries in NOTES:
        story.at(first - timedelta(days=12), 14, lambda s=slug, w=words, g=well, o=worries: _note(borough, s, w, g, o))


def _month(borough, starts, ends, counts, *, released):
    """One month's share, typed by the administrator; checked by the head of service and validated by the commissioner where it is out."""
    indicator = Indicator.objects.get(slug="residential-share", authority=borough.authority)
    value = type_value(
        indicator, starts_on=starts, ends_on=ends, period_label=f"{starts:%B %Y}", reading="as printed", value=None, numerator=counts[0],
        denominator=counts[1], printed="", source="The council’s weekly list", is_final=released, by=borough.pa,
    )  # fmt: skip
    if released:
        validate_value(check_value(value, by=borough.hos), by=borough.com)


def _note(borough, slug, words, well, worries):
    indicator = Indicator.objects.get(slug=slug, authority=borough.authority)
    note_progress(indicator, on=clock.today() - timedelta(days=1), words=words, works_well=well, worries=worries, rating="G", by=borough.com)


def go_through_scores(borough, today) -> None:
    """Each child with a score of this year had one the year before; the head of service has looked at the highest, and the others wait."""
    rows = list(SdqScore.objects.filter(child__authority=borough.authority, score__isnull=False, on__gte=year_of(today)).order_by("on", "pk"))
    for turn, row in enumerate(rows):
        before, score = months_after(year_of(today), -3), min(max(row.score + MOVED[turn % len(MOVED)], 0), 40)
        if not row.child.sdqs.filter(on__lt=year_of(today)).exists():
            add_sdq(row.child, on=before + timedelta(days=turn), score=score, completed_by="carer", by=row.recorded_by)
    found = high_of(Child.objects.filter(authority=borough.authority), year_of(today), authority=borough.authority.pk)
    with clock.held_at(today - timedelta(days=3)):
        for row in found[:1]:
            look_at_sdq(row.sdq, action_taken="Therapeutic support goes on, and the school is told what helps. Looked at again in spring.", by=borough.hos)
