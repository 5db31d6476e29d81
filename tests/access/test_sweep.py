"""Every address, by every role and by nobody: the table holds, nothing foreign is told, nothing foreign changes."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import resolve

from core.models import User
from core.roles import Role
from core.views.bases import ActionView
from tests import shares
from tests.access import matrix
from tests.access.canaries import SIGN
from tests.access.visits import NOBODY, Visitors, address, named_addresses

pytestmark = pytest.mark.django_db

# Whose canaries each visitor must never read. E: another authority's. R: a restricted child's. T: the other
# team's. P: another provider's service and contract. Q: another provider's child. O: our own child. M: what was
# decided on it. A small letter: its words, though references may be read.
HIDDEN = {
    "SW": "ERT", "TM": "ERT", "SM": "ER", "STM": "ER", "HOS": "ER", "PA": "ER", "CH": "ERTq", "PM": "ERTQ",
    "PRV": "ERTPQ", "PRM": "ERTPq", "COM": "ERTQOM", "FIN": "ERTQOM", "IG": "Er", "AUD": "ERTQo", "SYS": "ERTPQOM",
    "PRV2": "ERTOM", "PRM2": "ERTOM", NOBODY: "ERTPQOM",
}  # fmt: skip
# For whom each of these records is as if it did not exist.
STRANGERS = {
    "elsewhere": matrix.COLUMNS,
    "restricted": list(Role.values),
    "other team": ["SW", "TM", "CH", "PM", "PRV", "PRM", "COM", "FIN", "AUD", "SYS"],
    "other provider": ["PRV", "PRM"],
    "ours": ["PRV2", "PRM2"],
}
# Read by everybody who works for the council, its providers' people too: the figures, and the directory of agencies.
TO_ALL_OF_THE_COUNCIL = {"indicator", "agency", "register", "tracked", "recommended", "figure"}
# Behind a figure of their own contract a commissioner reads references, and nothing else of the child.
BY_REFERENCE = {("COM", "kpis:compared_journeys")}
# Who holds a seat of the steering group reads references of every team's children, in the confidential part of its pack.
BY_SEAT = {"kpis:pack_children"}
# Who works here, also for another provider, is read where people and their roles are kept: their names and their
# organisation's, and nothing else of it.
WHO_WORKS_HERE = {"people", "person", "add_person", "propose_role", "asked_role"}
# The governance officer looks after restrictions, and the auditor reads the log, of records neither may open.
LOOKS_AFTER = {
    *(("IG", f"referrals:{name}") for name in (
        "who_has_looked", "restricted_record", "name_person", "unname_person", "lift_restriction",
    )), ("AUD", "referrals:who_has_looked"), ("IG", "kpis:propose_disposal"),
}  # fmt: skip
# The auditor reads why records are held and disposed of (not what is in them).
WHY = {("AUD", "kpis:holds"), ("AUD", "kpis:hold"), ("AUD", "kpis:disposal")}
# Pages beside the table's on which the restricted child's decision would stand.
BESIDE = [("panels:meeting", "held_too"), ("panels:minutes", "held_too"), ("panels:minutes_file", "held_too")]
# In how many shares the sweep is cut, by role and address: a run makes one, whatever the record (tests/shares.py).
# Of those who have no right even to our own record half as many try the foreign ones, and all in twice as many runs.
SHARES = 8
DOERS = ["SW", "PA", "PRM"]
LEAVES = {"account_logout": set(matrix.COLUMNS)}
# The addresses on which each model's visible_to keeps something out: with it off, they go red.
KEPT_BY = {
    "core.NamedExport": ["exports", "export"],
    "core.RoleProposal": ["asked_role"],
    "referrals.Child": ["referrals:children", "referrals:child"],
    "referrals.Referral": ["referrals:referrals", "referrals:referral"],
    "referrals.SharingProtocol": ["referrals:sharing_protocols"],
    "referrals.Agency": ["referrals:agencies", "referrals:agency"],
    "referrals.Consultation": ["referrals:consultations"],
    "referrals.Residency": ["referrals:residents"],
    "referrals.EligibilityException": ["referrals:exceptions", "referrals:exception"],
    "referrals.JoinRequest": ["referrals:turn_down_joiner"],
    "referrals.Restriction": ["referrals:restricted_records", "referrals:restricted_record"],
    "referrals.Provision": ["referrals:places"],
    "referrals.Place": ["referrals:place"],
    "referrals.Cover": ["referrals:end_cover"],
    "referrals.Stay": ["referrals:stay"],
    "contracts.StaffMember": ["contracts:staff_member"],
    "contracts.StaffGap": ["contracts:cover_gap"],
    "contracts.Complaint": ["contracts:complaint", "contracts:complaints"],
    "contracts.ContractDocument": ["contracts:document_file"],
    "contracts.FeedbackRound": ["kpis:feedback", "kpis:feedback_round"],
    "contracts.FeedbackAnswer": ["contracts:use_evaluation"],
    "contracts.EvidencePack": ["contracts:evidence_pack"],
    "contracts.Escalation": ["contracts:escalations", "contracts:escalation"],
    "contracts.Benefit": ["contracts:benefits", "contracts:benefit"],
    "kpis.ApiClient": ["kpis:api_clients", "kpis:api_client"],
    "core.Recall": ["recall"],
    "core.Document": ["document_check", "document_file"],
    "kpis.RegularReport": ["kpis:reports", "kpis:regular_report"],
    "kpis.BoardReport": ["kpis:reports", "kpis:report"],
    "referrals.Placement": ["referrals:end_home", "referrals:placements"],
    "referrals.SdqScore": ["referrals:sdq_scores"],
    "referrals.Review": ["referrals:hold_review"],
    "referrals.MissingEpisode": ["referrals:missing"],
    "panels.Panel": ["panels:panels", "panels:panel"],
    "panels.Meeting": ["panels:meetings", "panels:meeting"],
    "panels.AgendaItem": ["panels:live_item"],
    "panels.Decision": ["panels:decisions", "panels:decision"],
    "panels.Action": ["panels:actions", "panels:finish_action"],
    "panels.Dispute": ["panels:disputes", "panels:dispute"],
    "panels.HighRiskRequest": ["panels:put_to_high_risk"],
    "contracts.Contract": ["contracts:contracts", "contracts:contract"],
    "contracts.Budget": ["contracts:held_back"],
    "contracts.Payment": ["contracts:payment"],
    "kpis.Return": ["kpis:return", "kpis:review_return"],
    "contracts.Variation": ["contracts:variation"],
    "contracts.Subcontract": ["contracts:decide_subcontract"],
    "contracts.Gate": ["contracts:gate"],
    "contracts.Baseline": ["contracts:baseline"],
    "kpis.Pack": ["kpis:packs", "kpis:pack"],
    "kpis.PackCommentary": ["kpis:write_commentary"],
    "kpis.ContractReview": ["kpis:contract_review"],
    "kpis.Assessment": ["kpis:assessment"],
    "kpis.Indicator": ["kpis:indicator"],
    "kpis.Import": ["kpis:import", "kpis:import_problems"],
    "kpis.Recommendation": ["kpis:kpis", "kpis:recommendation"],
    "kpis.Register": ["kpis:register"],
    "kpis.Disposal": ["kpis:disposals", "kpis:disposal"],
    "referrals.Hold": ["kpis:holds", "kpis:hold"],
    "kpis.SubjectRequest": ["kpis:subject_requests", "kpis:subject_request"],
    "kpis.ReliedDocument": ["kpis:relied_documents", "kpis:relied_document"],
    "kpis.TrackedAction": ["kpis:tracked_action"],
    "kpis.IndicatorValue": ["kpis:correct_value"],
}
NOT_ASKED = {
    "kpis.PackCorrection": "read only beside its pack, which the person sees; kpis:answer_correction in the table is asked for that",
    "kpis.PackSupplement": "read only beside its pack, which the person sees; kpis:pack_supplement_file in the table is asked for that",
    "kpis.ReturnedRow": "asked for no page; tests/kpis/imports/test_pages.py sees who reads what is counted from it",
    "referrals.SdqLook": "read only beside the score of a child whom the person sees; test_sdq_look.py sees whose are read",
    "core.Closure": "an authority's own days; tests/core/test_closures.py sees that another's are not shown or opened",
    "contracts.AssuranceEntry": "listed for one contract, which is found first", "contracts.ContractDay": "the same",
    "contracts.Purchase": "read only on the page of one child, who is found first",
    "contracts.Compliment": "listed for one contract, which is found first; tests/contracts/test_complaint.py sees whose are read",
    "panels.HealthDecision": "read only on the page of one referral, who is found first; test_routes.py sees who reads it",
    "kpis.ReviewPlan": "found by its contract, which is kept", "kpis.ProposedReview": "the same",
    "kpis.Rebase": "days and reasons of one authority's charts; tests/kpis/views/test_figures.py sees that another's are not shown",
    "panels.DecisionReason": "read only on the page of its panel, which is kept",
    "referrals.SharingFact": "read only on the page of one child, who is found first",
    "referrals.Told": "the same", "referrals.Disclosure": "the same",
    "core.Message": "a person's own, and nobody else has any to open",
    "panels.RegisterEntry": "a person's own register of interests, found by the person alone",
    "core.SavedView": "a person's own, found by the person alone",
    "core.DatedSetting": "numbers in force, which hold nothing about anybody; one authority's are tested with the settings",
    "referrals.ReferralMessage": "read through its referral; who reads which is tested with the messages",
    "referrals.HomeAssessment": "found by a home, and its page looks at the role before",
    **{f"referrals.{name}": "found by a child or a referral that the person sees" for name in (
        "SupportPlan", "SustainedCheck", "Session", "Disengagement", "Handover", "OnwardReferral", "HomelessOffer",
        "ChildLink", "Telling",
    )},
    **{f"referrals.{name}": "listed for one child, who is found first; test_child_documents.py sees what is kept back" for name in (
        "ChildDocument", "ReferralDocument",
    )},
    "contracts.Release": "read through its budget, which is kept",
    "referrals.OutOfUse": "asked only beside the place it is of, which is kept",
    "referrals.EmergencyStart": "read through its stay, which is kept",
    "referrals.ExtraSupport": "read through its stay, which is kept",
    "referrals.OnCallTurn": "tests/referrals/views/test_duty.py sees that another authority's rota is not shown",
    "referrals.OnCallCall": "tests/referrals/views/test_duty.py sees whose calls are read",
}  # fmt: skip


class Sweep:
    """All visits of one share, each finding told as it is made."""

    def __init__(self, scene, only=None, of=1):
        self.scene, self.visitors, self.count, self.of = scene, Visitors(scene), 0, of
        self.asked, self.names = named_addresses(), names_of_people(scene)
        self.rows = {name: row for name, row in matrix.rows().items() if only is None or name in only}
        self.answers = scene.absent
        # Doors that say no by the role alone, whatever record is asked for: tried once, by the table.
        self.closed = {
            (who, name)
            for name, (about, words) in self.rows.items()
            for who, word in words.items()
            if about != "-" and word == "barred" and not looks_first(self.our_own(name, about))
        }

    def visit(self, who, name, url, method="GET"):
        """One visit, each time anew."""
        self.count += 1
        return self.visitors.visit(who, name, url, method)

    def our_own(self, name, about):
        """The address of our own record."""
        return address(name, about, self.asked[name], self.scene.records["ours"])

    def findings(self) -> Iterator[str]:
        """Whatever is not as it should be."""
        yield from self.by_the_table()
        for whose, strangers in STRANGERS.items():
            yield from self.as_if_absent(whose, strangers)

    def by_the_table(self) -> Iterator[str]:
        """Our own record, for every column."""
        for name, (about, words) in self.rows.items():
            url = self.our_own(name, about)
            for who in (who for who in words if shares.is_in(f"{who} {name}", self.of)):
                seen = self.visit(who, name, url)
                if seen.word != words[who]:
                    yield f"{who} GET {name}: {seen.word}, and the table says {words[who]}"
                yield from self.told(seen)
        for name, about in BESIDE if len(self.rows) > len(BESIDE) else []:
            for who in matrix.COLUMNS:
                yield from self.told(self.visit(who, name, self.our_own(name, about)))

    def told(self, seen) -> Iterator[str]:
        """Canaries in an answer."""
        asked = seen.url
        if (seen.who, seen.name) in BY_REFERENCE:
            asked += f" {self.scene.records['ours']['child'].reference}"
        hidden = HIDDEN[seen.who].replace("o", "") if (seen.who, seen.name) in WHY else HIDDEN[seen.who]
        hidden = hidden.replace("T", "t") if seen.name in BY_SEAT else hidden
        found = self.scene.canaries.read_in(seen.everything, hidden, asked) - (self.names if seen.name in WHO_WORKS_HERE else set())
        if found:
            yield f"{seen.who} {seen.method} {seen.name} tells {sorted(found)[:5]}"

    def as_if_absent(self, whose, strangers, method="GET") -> Iterator[str]:
        """A record of somebody else's: the same bytes as one that does not exist, and as a role's no to all."""
        for name, (about, words) in self.rows.items():
            url = address(name, about, self.asked[name], self.scene.records[whose])
            if about == "-" or url is None or (whose == "ours" and about in TO_ALL_OF_THE_COUNCIL):
                continue
            for who in self.tried_by(strangers, name, words):
                if (who, name) in LOOKS_AFTER and whose != "elsewhere":
                    continue
                seen = self.visit(who, name, url, method)
                yield from self.told(seen)
                if not self.says_nothing(seen, about):
                    yield f"{who} {method} {name} of {whose}: {seen.word}"

    def tried_by(self, strangers, name, words) -> list[str]:
        """Those of the strangers to whom the door is not closed whatever they ask for, and whose share this is; see SHARES."""
        roles = {who: who.removesuffix("2") for who in strangers}
        has_none = {who for who, role in roles.items() if words[role] in {"-", "barred"}}
        return [
            who
            for who, role in roles.items()
            if (role, name) not in self.closed and shares.is_in(f"{who} {name}", self.of * (2 if who in has_none else 1))
        ]

    def says_nothing(self, seen, about) -> bool:
        """Whether the answer is the one for no record at all."""
        if seen.who == NOBODY or seen.status == 405:
            return seen.word in {"sign-in", "posts"}
        if seen.word == "barred":
            return not looks_first(seen.url)
        absent = self.absent(seen.who, seen.name, about)
        same = seen.says_the_same_as(absent) or seen.method == "HEAD" or absent.word == "posts"
        return seen.status == 404 and same

    def absent(self, who, name, about):
        """The answer for a record that does not exist."""
        if (who, name) not in self.answers:
            url = address(name, about, self.asked[name], self.scene.records["ours"], never=True)
            self.answers[who, name] = self.visit(who, name, url)
        return self.answers[who, name]


def names_of_people(scene) -> set[str]:
    """The canaries in the names of those who work here, and in their organisations'."""
    people = User.objects.known_to(scene.borough.authority.pk).values_list("full_name", "job_title", "organisation__name")
    return {sign[0].decode() for sign in SIGN.finditer(repr(list(people)).encode())}


def looks_first(url) -> bool:
    """Whether a page finds its record before it asks for the permission: a no then says that it is there."""
    view = resolve(url.split("?")[0]).func.view_class
    return issubclass(view, ActionView) and view.model is not None


def test_every_address_and_every_role_is_in_the_table():
    asked = set(named_addresses())

    assert asked - set(matrix.rows()) - set(matrix.NOT_OURS) == set()
    assert (set(matrix.rows()) | set(matrix.NOT_OURS)) - asked == set()
    assert set(matrix.COLUMNS) == set(Role.values) | {NOBODY}


def test_everybody_gets_what_the_table_says_and_nothing_of_anybody_elses(scene, tried):
    sweep = Sweep(scene, of=SHARES)

    assert list(sweep.findings()) == []
    assert sweep.count > 1_700, sweep.count
    tried("G20", f"opened, {shares.words(SHARES)}", count=sweep.count, expected="as the table says", found="nothing else")


def test_nothing_foreign_changes_and_nothing_breaks_by_any_method(scene, tried):
    sweep = Sweep(scene, of=SHARES)
    before = scene.canaries.now("ERTPQ")

    findings = list(sweep.as_if_absent("elsewhere", matrix.COLUMNS, "POST"))
    findings += sweep.as_if_absent("restricted", DOERS, "POST")
    for method in ("HEAD", "PUT", "PATCH", "DELETE"):
        findings += sweep.as_if_absent("elsewhere", ["PA"], method)
    findings += broken_by_posting(sweep)

    assert findings == []
    assert sweep.count > 400, sweep.count
    assert scene.canaries.now("ERTPQ") == before
    tried("G20", f"posted and by other methods, {shares.words(SHARES)}", count=sweep.count, expected="nothing foreign changes", found="nothing")


def broken_by_posting(sweep) -> list[str]:
    """Posting nothing to our own records, each undone: no address breaks."""
    broken = []
    for name, (about, words) in sweep.rows.items():
        doers = {who for who in [*DOERS, "CH"] if words[who] not in {"-", "barred"} and shares.is_in(f"{who} {name}", sweep.of)}
        for who in doers - LEAVES.get(name, set()):
            with transaction.atomic():
                seen = sweep.visit(who, name, sweep.our_own(name, about), "POST")
                transaction.set_rollback(True)
            if seen.status >= 500:
                broken.append(f"{who} POST {name}: {seen.status}")
    return broken


def test_every_model_that_keeps_rows_from_somebody_has_a_control():
    keeping = {m._meta.label for m in apps.get_models() if hasattr(m._default_manager, "visible_to")}

    assert keeping == set(KEPT_BY) | set(NOT_ASKED)


@pytest.mark.parametrize("label", KEPT_BY)
def test_with_one_visible_to_switched_off_the_sweep_goes_red(scene, monkeypatch, label):
    rows = type(apps.get_model(label)._default_manager.all())
    sweep = Sweep(scene, only=KEPT_BY[label])
    monkeypatch.setattr(rows, "visible_to", lambda self, user: self.all())

    assert next(sweep.findings(), None) is not None
