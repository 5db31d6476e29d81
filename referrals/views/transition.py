"""Moving on: one page of what is known, and one form each for what is added or changed."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from core import clock
from core.dated import number
from core.roles import Permission
from core.views.bases import RecordDetail
from referrals.actions.transition import (
    link_children,
    plan_handover,
    record_disengagement,
    record_homeless_offer,
    record_onward,
)
from referrals.forms.transition import (
    DisengagementForm,
    HandoverForm,
    HomelessForm,
    LinkForm,
    OnwardForm,
)
from referrals.models import (
    Child,
    ChildLink,
    Disengagement,
    Handover,
    HomelessOffer,
    OnwardReferral,
    Referral,
    SustainedCheck,
    Telling,
)
from referrals.models.onward_routes import routes_for
from referrals.rules.readings import BEFORE_18
from referrals.rules.transition import adult_warning
from referrals.views.child_head import ChildRecord
from referrals.views.plan import PlanDeed, referral_in_support

MOST = 20


@dataclass(frozen=True)
class Kind:
    """One kind of thing written on this page."""

    heading: str
    model: type
    form_class: type
    act: object = None
    needs_referral: bool = False


KINDS = {
    "not-taken-up": Kind("Support is not taken up", Disengagement, DisengagementForm, record_disengagement, True),
    "handover": Kind("Handover to adult services", Handover, HandoverForm, plan_handover),
    "onward": Kind("Refer on to another service", OnwardReferral, OnwardForm, record_onward),
    "section-20": Kind("Offer section 20 to a homeless young person", HomelessOffer, HomelessForm, record_homeless_offer),
    "brothers-and-sisters": Kind("Link a brother or sister", ChildLink, LinkForm),
}


def rows_of(kind: str, child, user) -> list:
    """What is written of a kind, the first first; its place in this list is its number in addresses."""
    return list(KINDS[kind].model.objects.visible_to(user).filter(child=child).order_by("pk")[:MOST])


class MovingOn(ChildRecord, RecordDetail):
    """What is known about how a child moves on: told, not taken up, handed over, referred on, linked."""

    permission = Permission.SEE_PLANS
    template_name = "referrals/moving_on.html"

    def get_context_data(self, **kwargs):
        child, user = self.object, self.request.user
        found = {kind.replace("-", "_"): rows_of(kind, child, user) for kind in KINDS if kind != "brothers-and-sisters"}
        return super().get_context_data(
            **found, links=_links(child, user), warning=self._warning(child, found["handover"]),
            tellings=Telling.objects.visible_to(user).filter(child=child).select_related("teller", "referral").order_by("-pk")[:MOST],
            checks=SustainedCheck.objects.visible_to(user).filter(child=child).select_related("referral").order_by("due_on")[:MOST],
            councils=child.councils.select_related("authority").order_by("pk")[:MOST], today=clock.today(),
            closing=getattr(child, "closing", None), may_write=user.can(Permission.WRITE_PLANS) and not hasattr(child, "closing"),
            may_close=user.can(Permission.CLOSE_RECORDS) and not hasattr(child, "closing"),
            may_undo=user.can(Permission.CLOSE_RECORDS), undone=_undone(child),
            routes=routes_for(child, user),
            in_support=referral_in_support(child, user) is not None, **self.identity(child), **kwargs,
        )  # fmt: skip

    def _warning(self, child, handover) -> str:
        closed = hasattr(child, "closing")
        return "" if closed else adult_warning(
            child.born_on, clock.today(), has_handover=bool(handover), months_before=number(BEFORE_18, authority=child.authority_id)
        )


def _undone(child) -> list:
    """Closings that were entered by mistake and undone."""
    return list(child.undone_closings.select_related("asked_by", "agreed_by").order_by("-pk")[:5])


def _links(child, user) -> list[dict]:
    """Linked children as far as each may be seen: the reference only where the person may open it."""
    seen = Child.objects.visible_to(user)
    rows = ChildLink.objects.filter(Q(child=child, other__in=seen) | Q(other=child, child__in=seen))
    rows = rows.select_related("child", "other").order_by("pk")[:MOST]
    return [{"child": row.other if row.child_id == child.pk else row.child, "relation": row.get_relation_display()} for row in rows]


class WriteMovingOn(PlanDeed):
    """Add or change one thing of a kind."""

    needs_plan = False

    def load(self):
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        self.kind = KINDS[self.kwargs["kind"]]
        child = super().load()
        user, number = self.request.user, self.kwargs.get("nth")
        rows = rows_of(self.kwargs["kind"], child, user)
        if self.kind.model is Handover:
            number = 1 if rows else None
        if number is not None and not 0 < number <= len(rows):
            raise Http404
        self.row = rows[number - 1] if number else None
        self.referral = self._referral(child)
        return child

    def _referral(self, child):
        """The referral that support not taken up belongs to; without one there is nothing to write."""
        if not self.kind.needs_referral:
            return None
        found = self.row.referral if self.row else referral_in_support(child, self.request.user)
        if found is None:
            raise Http404
        return found

    @property
    def heading(self):
        """What the page does."""
        return self.kind.heading

    def get_form_class(self):
        return self.kind.form_class

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.kind.model is ChildLink:
            kwargs["children"] = Child.objects.visible_to(self.request.user)
        return kwargs

    def get_initial(self):
        if self.row is None or self.kind.model is ChildLink:
            return {}
        return {field: getattr(self.row, field) for field in self.kind.form_class.base_fields}

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/moving-on"

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_label="Moving on", submit_label="Save", **kwargs)

    def act(self, form):
        said, user, child = form.cleaned_data, self.request.user, self.record
        if self.kind.model is ChildLink:
            link_children(child, by=user, **said)
        elif self.kind.model is Handover:
            plan_handover(child, by=user, **said)
        elif self.kind.needs_referral:
            record_disengagement(child, referral=self.referral, row=self.row, by=user, **said)
        else:
            self.kind.act(child, row=self.row, by=user, **said)


def referral_told(referral: Referral, user):
    """The last telling of a referral that the person may see."""
    return Telling.objects.visible_to(user).filter(referral=referral).select_related("teller").order_by("-pk").first()
