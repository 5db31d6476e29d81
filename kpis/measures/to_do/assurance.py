"""A contract's registers that wait: checks to renew, complaints to answer, feedback to ask for, policies to look at again."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from contracts.models import (
    AssuranceEntry,
    Complaint,
    FeedbackAnswer,
    FeedbackRound,
    StaffCheck,
    StaffGap,
    StaffMember,
)
from contracts.models.workforce import CheckKind
from contracts.rules.feedback import next_due
from contracts.rules.workforce import WARN_BEFORE
from core import clock
from core.dates import day_in_words
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after

SOON = timedelta(days=30)


def _last_checks(user, kind, until):
    """The last check of this kind of each person at work, where it is due again by a day."""
    members = StaffMember.objects.visible_to(user).working(clock.today())
    later = StaffCheck.objects.filter(member=OuterRef("member"), kind=kind, on__gt=OuterRef("on"))
    rows = StaffCheck.objects.filter(~Exists(later), member__in=members, kind=kind, next_on__lte=until)
    return rows.select_related("member").order_by("next_on", "pk")[:MOST_OF_A_KIND]


def dbs_to_renew(user) -> list[Thing]:
    """DBS checks that run out within 60 days, or have."""
    return [
        Thing(
            f"Renew the DBS check of {row.member.reference}", row.member.get_absolute_url(),
            f"{row.member.get_role_display()}. It is renewed every three years.", row.next_on,
        )
        for row in _last_checks(user, CheckKind.DBS, clock.today() + WARN_BEFORE)
    ]  # fmt: skip


def dbs_run_out(user) -> list[Thing]:
    """For whoever watches a contract: DBS checks that have run out and were not renewed."""
    return [
        Thing(f"A DBS check has run out: {row.member.reference}", row.member.get_absolute_url(), "Ask the provider when it is renewed.", row.next_on)
        for row in _last_checks(user, CheckKind.DBS, clock.today())
    ]


def supervision_due(user) -> list[Thing]:
    """Supervision whose day is this week or has passed."""
    return [
        Thing(f"Supervision of {row.member.reference}", row.member.get_absolute_url(), row.member.get_role_display(), row.next_on)
        for row in _last_checks(user, CheckKind.SUPERVISION, clock.today() + timedelta(days=7))
    ]


def gaps_to_cover(user) -> list[Thing]:
    """Posts that are empty with nobody to do the work."""
    rows = StaffGap.objects.visible_to(user).filter(covered_by="").exclude(last_on__lt=clock.today())
    return [
        Thing(f"Say who covers: {row}", f"/workforce/gaps/{row.reference}", f"From {day_in_words(row.from_on)}. Nobody does the work yet.", row.from_on)
        for row in rows.order_by("from_on", "pk")[:MOST_OF_A_KIND]
    ]


def complaints_to_answer(user) -> list[Thing]:
    """Complaints and incidents with no outcome: first somebody is named, then it is answered."""
    rows = Complaint.objects.visible_to(user).open().order_by("due_on", "pk")[:MOST_OF_A_KIND]
    return [
        Thing(
            f"{'Answer' if row.investigator else 'Name who looks into'} {row.get_kind_display().lower()} {row.reference}",
            row.get_absolute_url(), "" if row.investigator else "Somebody who takes no part in the service.",
            row.due_on if row.investigator else min(row.due_on, working_days_after(row.entered_at, 2)),
        )
        for row in rows
    ]  # fmt: skip


def feedback_due(user) -> list[Thing]:
    """Rounds of feedback due within 30 days: the open ones, and six months after the last that closed."""
    found, seen = [], set()
    for one in FeedbackRound.objects.visible_to(user).order_by("-due_on", "-pk")[:100]:
        if (one.contract_id, one.asked) in seen:
            continue
        seen.add((one.contract_id, one.asked))
        due = next_due(one.due_on) if one.closed_on else one.due_on
        if due <= clock.today() + SOON:
            what = "Ask" if one.closed_on else "Finish asking"
            url = "/feedback" if one.closed_on else one.get_absolute_url()
            found.append(Thing(f"{what} {one.get_asked_display().lower()} how the service is", url, "Every six months at least.", due))
    return found


def evaluations_to_use(user) -> list[Thing]:
    """What young people said of the difference made, to be read with their plan."""
    rows = FeedbackAnswer.objects.visible_to(user).to_use().select_related("child").order_by("given_on", "pk")
    return [
        Thing(
            f"Use what a young person said in the plan of {row.child.reference}", f"/feedback/evaluations/{row.reference}",
            "Their own evaluation, for when the plan is next looked at.", row.given_on + SOON,
        )
        for row in rows[:MOST_OF_A_KIND]
    ]  # fmt: skip


def policies_due(user) -> list[Thing]:
    """What is shown under a contract and is due again within 30 days, or was."""
    later = AssuranceEntry.objects.filter(
        contract=OuterRef("contract"), kind=OuterRef("kind"), title__iexact=OuterRef("title"), on__gt=OuterRef("on")
    )
    rows = AssuranceEntry.objects.visible_to(user).filter(~Exists(later), due_on__lte=clock.today() + SOON)
    return [
        Thing(f"Look again at: {row.title}", row.get_absolute_url(), row.get_kind_display(), row.due_on)
        for row in rows.select_related("contract").order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]


KEPT = (
    dbs_to_renew, supervision_due, gaps_to_cover, complaints_to_answer, feedback_due, evaluations_to_use, policies_due,
)  # fmt: skip
