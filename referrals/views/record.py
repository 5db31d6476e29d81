"""One referral as a page: who has it and by when, the way so far, and its history field by field."""

from django.db.models import OuterRef

from core.closures import days_closed, know_closed_days
from core.dated import numbers_from, numbers_within
from core.roles import Permission, Role
from core.rows_within import rows_within
from core.views.bases import RecordDetail
from referrals.forms.tasks import TASK_FORMS
from referrals.models import Contact, HealthLink, LeadWorker
from referrals.models.history import changes_since_sent, way_so_far
from referrals.rules.readings import CONTACT
from referrals.views.answers import reads_section, shown_answer
from referrals.views.referral import ReferralRecord, deed_for, writes
from referrals.views.sign_off import READS_COMMENTS

SEES_WAITING = {
    Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.STRATEGIC_MANAGER, Role.HEAD_OF_SERVICE,
    Role.PANEL_ADMINISTRATOR, Role.PROVIDER_MANAGER, Role.PRACTITIONER, Role.GOVERNANCE,
}  # fmt: skip


_led, _told, _contacts = (model.objects.filter(referral=OuterRef("pk")) for model in (LeadWorker, HealthLink, Contact))
# Made once, for it is the same for whoever reads, whenever.
ABOUT_IT = {
    "closed": days_closed("authority"),
    "led_by": rows_within(_led.filter(until_at=None), "from_at", "person__full_name"),
    "told_by_health": rows_within(_told.order_by("-recorded_at", "-pk")[:1], "state", "has_priority_access", "shared_care_note"),
    "last_contact": rows_within(_contacts.order_by("-made_at", "-pk")[:1], "made_at", "next_contact_on"),
}


class ReferralDetail(ReferralRecord, RecordDetail):
    """One referral: the child's own view first, the ask, whose turn it is, and the way so far."""

    permission = Permission.SEE_REFERRALS

    def records(self):
        """With the days its authority has closed, and what most have not: a lead worker, mental health's word, what is told while a child waits."""
        return super().records().select_related("waiting_plan").annotate(**ABOUT_IT, every=numbers_within("authority", CONTACT))

    def get_context_data(self, **kwargs):
        referral, user = self.object, self.request.user
        know_closed_days(referral.authority_id, referral.closed)
        moves = list(referral.moves.select_related("by").order_by("at", "pk"))
        referral.spans = referral.spans_of([(move.now, move.at) for move in moves])
        signatures = referral.signatures()
        url, label = deed_for(referral, user)
        return super().get_context_data(
            deed_url=url,
            deed_label=label,
            child=referral.child,
            may_edit=not referral.why_not_edit(signatures) and writes(referral, user),
            way=way_so_far(referral, user, moves),
            following=referral.next_signers(signatures),
            feedback=feedback_lines(referral, user, moves),
            may_start=user.can(Permission.START_REFERRALS),
            may_write=writes(referral, user),
            joiners=referral.join_requests.waiting().select_related("person")[:5] if writes(referral, user) and referral.is_open else [],
            waiting=self._waiting(referral, user),
            lead=_first(referral.led_by),
            health=_first(referral.told_by_health) if user.acting.role in SEES_WAITING else None,
            **self.identity(referral),
            **kwargs,
        )

    def _waiting(self, referral, user) -> dict | None:
        """What the referrer is told while the child waits: the last contact, the next, the plan."""
        if referral.status not in {"WAITING", "OFFERED"} or user.acting.role not in SEES_WAITING:
            return None
        plan = getattr(referral, "waiting_plan", None)
        may_agree = plan is not None and plan.agreed_at is None and writes(referral, user)
        return {"last": _first(referral.last_contact), "plan": plan, "may_agree": may_agree, "every": numbers_from(referral.every, CONTACT)[CONTACT]}


def _first(rows: list):
    """The first of some rows, or nothing."""
    return next(iter(rows), None)


def feedback_lines(referral, user, moves) -> list[dict]:
    """Take a referral and its moves, oldest first; give what has happened with the reasons, newest first, for the council's own people."""
    if user.acting.role not in READS_COMMENTS:
        return []
    return [
        {"sentence": move.get_now_display(), "at": move.at, "detail": move.reason}
        for move in moves[:-9:-1]
        if referral.knows_of(user, move)
    ]


class ReferralHistory(ReferralRecord, RecordDetail):
    """Every move, every signature and every answer changed since it was sent."""

    permission = Permission.SEE_REFERRALS

    def get_context_data(self, **kwargs):
        referral, user = self.object, self.request.user
        reads = user.acting.role in READS_COMMENTS
        events = [
            {"sentence": f"{referral.was_before(user, m)} → {m.get_now_display()}", "at": m.at, "by": m.by,
             "detail": m.reason if reads else ""}
            for m in referral.moves.select_related("by").order_by("-at", "-pk")[:100]
            if referral.knows_of(user, m)
        ]  # fmt: skip
        return super().get_context_data(
            events=events,
            changes=[
                _worded(change, reads)
                for change in changes_since_sent(referral)
                if reads_section(change.task, referral, user)
            ],
            sign_offs=referral.sign_offs.select_related("person", "covers").order_by("-signed_at")[:50],
            bandings=referral.bandings.select_related("banded_by", "agreed_by").order_by("-banded_at", "-pk")[:50]
            if reads else [],
            leads=referral.lead_workers.select_related("person", "named_by").order_by("-from_at", "-pk")[:50],
            reads_comments=reads,
            **self.identity(referral),
            **kwargs,
        )  # fmt: skip


def _worded(change, reads: bool) -> dict:
    """A change with its question and answers in the words people read."""
    field = TASK_FORMS[change.task].base_fields.get(change.field)
    label = str(field.label).replace(" (optional)", "") if field else change.field.replace("_", " ").capitalize()
    before, after = (shown_answer(field, value) or "Nothing" for value in (change.before, change.after))
    return {"label": label, "before": before, "after": after, "at": change.at, "by": change.by,
            "why": change.why if reads else ""}  # fmt: skip
