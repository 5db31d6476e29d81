"""Children and referrals in each state, made by the product's own actions."""

from datetime import date

from referrals.actions.child import add_child, add_person_round_child
from referrals.actions.outcome import book_referral, record_panel_outcome, release_outcome
from referrals.actions.referral import save_task, send_referral, start_referral
from referrals.actions.sign_off import sign_off_referral
from referrals.actions.triage import make_ready
from referrals.rules.sign_off import CONFIRMATIONS

ANSWERS = {
    "child": {
        "address": "1 Test Street", "gender": "F", "ethnicity": "WBRI",
    },
    "views": {"child_view": "I want to stay with nan.", "says_complete": "yes"},
    "request": {
        "service": "outreach", "weeks": "12", "ask": "Agree 12 weeks of outreach",
        "goal": "stay in family", "ground": "edge of care", "cohort": ["complex"],
    },
    "needs": {"family_history": "Mum was in care too.", "story": "Living with nan."},
    "risk": {"safeguarding": "None known."},
    "support": {"previous_interventions": "Early help.", "open_to_mental_health": "no"},
    "consent": {"agreed": "yes"},
}  # fmt: skip


def a_child(borough, **facts):
    """A girl of fourteen with a grandmother who cares for her."""
    child = add_child(
        authority=borough.authority, team=borough.team, by=borough.social_worker,
        **{"full_name": "Zzcanary Childname", "born_on": date(2012, 3, 4),
           "social_worker": borough.social_worker, **facts},
    )  # fmt: skip
    add_person_round_child(
        child, full_name="Nan Childname", relationship="Grandmother", is_carer=True,
        has_parental_responsibility=True, by=borough.social_worker,
    )  # fmt: skip
    return child


def a_draft_referral(borough, child=None, by=None):
    """A draft with nothing filled in but what was known."""
    return start_referral(child or a_child(borough), by=by or borough.social_worker)


def a_filled_referral(borough, child=None, service="outreach", weeks="12"):
    """A draft with every answer that sending asks for."""
    referral = a_draft_referral(borough, child)
    for name, answers in ANSWERS.items():
        task = referral.tasks.get(name=name)
        extra = {"service": service, "weeks": weeks} if name == "request" else {}
        save_task(
            task, answers={**task.answers, **answers, **extra}, version=task.version,
            by=referral.author,
        )  # fmt: skip
    referral.refresh_from_db()
    return referral


def a_sent_referral(borough, **kwargs):
    """With the team manager."""
    return send_referral(a_filled_referral(borough, **kwargs), by=borough.social_worker)


def a_triaged_referral(borough, **kwargs):
    """Signed off twice, and in triage."""
    referral = a_sent_referral(borough, **kwargs)
    for signer in (borough.team_manager, borough.service_manager):
        sign_off_referral(referral, confirmations=CONFIRMATIONS, by=signer)
    referral.refresh_from_db()
    return referral


def a_signed_off_referral(borough, band="standard", **kwargs):
    """Ready for panel."""
    return make_ready(
        a_triaged_referral(borough, **kwargs), band=band, reason="Agreed at the weekly call.",
        agreed_by=borough.strategic_manager, by=borough.panel_administrator,
    )  # fmt: skip


def a_waiting_referral(borough, weeks=12, **kwargs):
    """Agreed by a panel, released, and waiting for a place."""
    referral = a_signed_off_referral(borough, **kwargs)
    referral = book_referral(referral, meeting="a test panel", by=borough.panel_administrator)
    referral = record_panel_outcome(referral, outcome="agree", weeks=weeks, by=borough.chair)
    return release_outcome(referral, by=borough.chair)
