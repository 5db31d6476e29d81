"""Addresses of a contract's pages that a link shows only at its moment, or on one contract and not another."""

from contracts.models import Baseline, Budget, Contract, Gate, Payment
from kpis.models import Assessment, ContractReview, Return, SubjectRequest, TrackedAction
from referrals.models import Child, Referral

ART = "/contracts/art"
DEEDS = (
    "capital/new", "clauses/new", "data-roles/new", "lots/new", "names/new", "steps/new", "gates/new", "baselines/new",
    "invoice-officer", "reports/new", "budgets/new", "reviews/call", "reviews/how-often", "assessments/new",
)  # fmt: skip


def of_money():
    """Each of them, by the person who meets it."""
    payment, accepted = Payment.objects.latest("pk").get_absolute_url(), Return.objects.filter(state="accepted").latest("pk")
    assessment = Assessment.objects.filter(ended_on=None).first().get_absolute_url()
    unreviewed = Contract.objects.filter(state="active").exclude(slug="art").first()
    doubt = Budget.objects.exclude(query="").filter(query_settled_at=None).first()
    child = Child.objects.get(full_name="Jayden Marlow").get_absolute_url()
    asked = SubjectRequest.objects.first().get_absolute_url()
    return {
        "Beth Carver": [f"{asked}/{step}" for step in ("extend", "given", "check", "parts/1")],
        "David Achebe": [f"{asked}/{step}" for step in ("harm", "check")],
        "Ruth Calder": [
            *(f"{payment}/{deed}" for deed in ("pause", "resume", "correct")), *(f"{ART}/{deed}" for deed in DEEDS),
            f"{accepted.get_absolute_url()}/correct/{accepted.rows.first().measure}",
            Baseline.objects.first().get_absolute_url(), f"{Gate.objects.first().get_absolute_url()}/decide",
            f"{unreviewed.get_absolute_url()}/reviews/begin", f"{ART}/journeys/compared", ContractReview.objects.latest("pk").get_absolute_url(),
            *(f"{assessment}/{deed}" for deed in ("visit", "end")), f"{doubt.contract.get_absolute_url()}/budgets/{doubt.reference}/query",
            f"{ART}/documents/add", f"{ART}/benefits", "/kpis/outreach-occupancy/limits", TrackedAction.objects.get(number="1.1").get_absolute_url(),
        ],
        "Tom Whitlock": [f"{ART}/assurance/documents/add"],
        "Priya Nair": [f"{Referral.objects.filter(status='READY').first().get_absolute_url()}/continuing-care"],
        "Nadia Okafor": [f"{child}/high-risk"],
    }  # fmt: skip
