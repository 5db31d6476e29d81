"""What a referral says, in the words and facts that rules, papers and pages ask for."""

from collections.abc import Collection
from functools import cached_property

from django.db.models import OuterRef, Q

from core import clock
from core.alone import while_alone
from core.dates import day_in_words
from core.roles import Role
from core.rows_within import rows_within
from referrals.choices import ProvisionKind, ReferralStatus, Step, TaskName
from referrals.models import answers as said
from referrals.models.child_page import permanence_sentence
from referrals.models.people_round import paper_people, works_with
from referrals.models.provision import Provision, ProvisionTerms
from referrals.rules.sign_off import (
    STATUS_OF_STEP,
    chain_of,
    confirmations_needed,
    first_missing,
)
from referrals.rules.submission import gaps, why_not_edit

UNTIL_RELEASE = {
    ReferralStatus.AGREED,
    ReferralStatus.CONDITIONS,
    ReferralStatus.PART,
    ReferralStatus.DEFERRED,
    ReferralStatus.DECLINED,
    ReferralStatus.REDIRECTED,
    ReferralStatus.RECOMMENDED,
}
BEGUN = {ReferralStatus.SUPPORTED, ReferralStatus.STEP_DOWN}
SEES_DECISIONS = {Role.PANEL_ADMINISTRATOR, Role.CHAIR, Role.HEAD_OF_SERVICE, Role.GOVERNANCE}
DEFAULT_CHAIN = (Step.TEAM_MANAGER, Step.SERVICE_MANAGER)
NEXT_ACTOR = {
    ReferralStatus.DRAFT: "Social worker",
    ReferralStatus.RETURNED: "Social worker",
    ReferralStatus.MORE_INFO: "Social worker",
    ReferralStatus.WITH_TM: "Team manager",
    ReferralStatus.WITH_SM: "Service manager",
    ReferralStatus.WITH_STRATEGIC: "Strategic manager",
    ReferralStatus.SENT: "Panel administrator",
    ReferralStatus.READY: "Panel administrator",
    ReferralStatus.BOOKED: "Panel",
    ReferralStatus.DEFERRED: "Panel administrator",
    ReferralStatus.REDIRECTED: "Panel administrator",
    ReferralStatus.WAITING: "ART manager",
    ReferralStatus.OFFERED: "Social worker",
}


def _terms_of(authority, wants):
    """Each version of what a contract says of the provision of this kind in an authority."""
    provisions = Provision.objects.filter(authority=authority, kind=wants)
    return ProvisionTerms.objects.filter(provision=provisions.order_by("pk").values("pk")[:1]).order_by("pk")


def terms_within():
    """The same of each referral of a question around, from when and until when alone; whoever asks for more of them reads it then."""
    return rows_within(_terms_of(OuterRef(OuterRef("authority")), OuterRef(OuterRef("wants"))), "from_on", "until_on")


WAITING = [ReferralStatus.WAITING, ReferralStatus.OFFERED]
WAITS = Q(status__in=WAITING)
OPEN = ~Q(status__in=[ReferralStatus.ENDED, ReferralStatus.WITHDRAWN])
NOT_RELEASED = Q(status__in=sorted(UNTIL_RELEASE), released_at=None)


def sees_decisions(user) -> bool:
    """Whether a person reads decisions before they are released."""
    return user.acting is not None and user.acting.role in SEES_DECISIONS


def as_seen_by(user, status: str, *, is_released: bool) -> ReferralStatus:
    """A status as a person may read it: booked, until a decision they do not see is released."""
    status = ReferralStatus(status)
    hidden = status in UNTIL_RELEASE and not is_released and not sees_decisions(user)
    return ReferralStatus.BOOKED if hidden else status


class ReferralFacts:
    """The reading side of a referral."""

    def answers(self) -> dict:
        """The answers of every task, by task name, as typed."""
        return {task.name: task.answers for task in self.tasks.all()}

    @cached_property
    def task_answers(self) -> dict:
        """The same, read once for a page."""
        return self.answers()

    def facts(self) -> dict:
        """Every answer by field name."""
        return said.facts_from(self.answers())

    def gaps(self) -> list:
        """What is still to be said before it can be sent."""
        return gaps(self.facts())

    def wants_from(self, request: dict) -> str:
        """The provision kind that the request names, or nothing yet."""
        wanted = request.get("service", "")
        return wanted if wanted in ProvisionKind.values else ""

    @cached_property
    def provision_terms(self):
        """What the contract says of the wanted provision today, or None."""
        rows = _terms_of(self.authority_id, self.wants or "none")
        versions = while_alone(("terms", self.authority_id, self.wants), lambda: list(rows), Provision, ProvisionTerms)
        return next((terms for terms in versions if terms.holds_on(clock.today())), None)

    def know_terms(self, versions: list[ProvisionTerms]) -> None:
        """Its terms were read with it, as `terms_within` gives them."""
        self.provision_terms = next((terms for terms in versions if terms.holds_on(clock.today())), None)

    def chain(self) -> tuple[str, ...]:
        """The steps that sign this referral, in order; the contract's, or the house's own."""
        terms = self.provision_terms
        return chain_of(terms.sign_off_chain if terms else DEFAULT_CHAIN)

    def next_signing_status(self, signed: Collection[str] | None = None) -> str:
        """The status of the first step whose signature is missing; SENT when all stand. Whoever has read which steps stand gives them."""
        stand = set(self.sign_offs.standing().values_list("step", flat=True)) if signed is None else signed
        step = first_missing(self.chain(), stand)
        return STATUS_OF_STEP[step] if step else ReferralStatus.SENT

    def why_not_edit(self, signatures: list | None = None) -> list[str]:
        """Reasons its tasks cannot be changed now; a page that has read its signatures gives them."""
        standing = self.signatures() if signatures is None else signatures
        return why_not_edit(self.status, standing=len(standing), is_owed=self.is_owed)

    @property
    def is_owed(self) -> bool:
        """Whether its child was supported before it was written, and the writing is still owed."""
        return self.sent_at is None and self.status in BEGUN

    def signatures(self) -> list:
        """The sign-offs that stand; nobody has signed a draft."""
        return [] if self.status == ReferralStatus.DRAFT else list(self.sign_offs.standing())

    def confirmations(self) -> frozenset[str]:
        """What a signer confirms of this referral; that of allowances only where one is asked for."""
        return confirmations_needed(self.task_answers.get(TaskName.REQUEST, {}).get("allowance", ""))

    def version(self) -> int:
        """How often its tasks have been saved: what a signer has read."""
        return sum(task.version for task in self.tasks.all())

    @property
    def ask_sentence(self) -> str:
        """What is asked for, in one phrase."""
        return said.ask_sentence(self.task_answers.get(TaskName.REQUEST, {}))

    @property
    def cost_sentence(self) -> str:
        """The price a week and for the weeks asked, where both are known."""
        terms = self.provision_terms
        weeks = said.whole(self.task_answers.get(TaskName.REQUEST, {}).get("weeks"))
        return said.cost_sentence(terms.weekly_rate if terms else None, weeks)

    @property
    def child_view(self) -> str:
        """The child's own words, as written down."""
        return self.task_answers.get(TaskName.VIEWS, {}).get("child_view", "")

    @property
    def prime_user(self) -> str:
        """Whom the team works with most, and what they are: "Jo Bell, a foster carer"."""
        support = self.task_answers.get(TaskName.SUPPORT, {})
        words = "the child" if support.get("prime_user") == "child" else works_with(support)
        return words[:1].upper() + words[1:]

    @property
    def is_open(self) -> bool:
        """Neither ended nor withdrawn."""
        return self.status not in {ReferralStatus.ENDED, ReferralStatus.WITHDRAWN}

    @property
    def draft_is_seen(self) -> bool:
        """Whether a manager has read it since it was last touched."""
        return self.draft_seen_at is not None and self.draft_seen_at >= self.edited_at

    def referrers(self) -> list:
        """Whoever is told how it goes: its author, and a second referrer where there is one."""
        return [self.author, self.joint_referrer] if self.joint_referrer_id else [self.author]

    def status_seen_by(self, user) -> ReferralStatus:
        """The status a person may read: booked, until a decision they do not see is released."""
        return as_seen_by(user, self.status, is_released=self.released_at is not None)

    def knows_of(self, user, move) -> bool:
        """Whether a person may read one of its moves: not that of a decision they do not see, until it is released."""
        return self._known(user, move.now)

    def was_before(self, user, move) -> str:
        """What it was before a move, as a person may read it."""
        return ReferralStatus(move.was if self._known(user, move.was) else ReferralStatus.BOOKED).label

    def _known(self, user, status: str) -> bool:
        """Each new decision is unreleased again, so that what stands released is all that was decided."""
        return status not in UNTIL_RELEASE or self.released_at is not None or sees_decisions(user)

    def next_line_for(self, user) -> str:
        """Who acts next: "Next: Team manager"; empty where it has ended."""
        actor = NEXT_ACTOR.get(self.status_seen_by(user))
        return f"Next: {actor}" if actor else ""

    def paper_facts(self) -> dict:
        """The referral as signed, for a panel paper: the child's own view first, no live links."""
        answers = self.task_answers
        return {
            "reference": self.reference,
            "child_called": self.child.called,
            "age": self.child.age,
            "child_view": self.child_view,
            "ask": self.ask_sentence,
            "asked_of_panel": answers.get(TaskName.REQUEST, {}).get("ask", ""),
            "cost": self.cost_sentence,
            "answers": answers,
            "people": paper_people(answers),
            "works_with": self.prime_user,
            "permanence": permanence_sentence(self.child),
            "signed": [
                {
                    "step": signature.get_step_display(),
                    "by": signature.signed_by,
                    "on": day_in_words(signature.signed_at.astimezone(clock.LONDON).date()),
                    "comment": signature.comment,
                }
                for signature in self.sign_offs.standing()
                .select_related("person", "covers")
                .order_by("signed_at")
            ],
            "documents": [
                {"title": str(document), "reference": document.file.reference}
                for document in self.documents.filter(is_shareable=True, removed_at=None)
                .select_related("file")
                .order_by("pk")
            ],
        }
