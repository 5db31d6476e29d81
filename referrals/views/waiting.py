"""While a child waits: contacts, the plan meanwhile, and changing the order."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.dated import numbers
from core.roles import Permission
from core.views.bases import ActionView, RecordDetail
from referrals.actions.waiting import agree_waiting_plan, log_contact, order_waiting, plan_waiting
from referrals.choices import ProvisionKind
from referrals.forms.waiting import ContactForm, OrderForm, WaitingPlanForm
from referrals.models import OrderChange, Provision, Referral
from referrals.models.holdings import strategic_managers, waiting_in_order
from referrals.models.need import proposed_priority
from referrals.rules.readings import CONTACT
from referrals.rules.waiting import renumbered, swapped
from referrals.views.referral import ReferralRecord


class Waiting(ReferralRecord):
    """A referral whose child waits; others are not found here."""

    def records(self):
        return super().records().waiting()


class LogContact(Waiting, ActionView):
    """Log a contact with somebody round a waiting child; the band is looked at each time."""

    permission = Permission.LOG_CONTACTS
    form_class = ContactForm

    def get_form_kwargs(self):
        managers = strategic_managers(self.record.authority_id).order_by("full_name", "pk")
        return {**super().get_form_kwargs(), "managers": managers, "proposed": self.record.band}

    def get_context_data(self, **kwargs):
        referral = self.record
        return super().get_context_data(
            referral=referral, contacts=referral.contacts.select_related("made_by").order_by("-made_at", "-pk")[:20],
            bandings=referral.bandings.select_related("banded_by", "agreed_by").order_by("-banded_at", "-pk")[:20],
            priority=proposed_priority(referral), every=numbers(CONTACT, authority=referral.authority_id)[CONTACT], **kwargs,
        )  # fmt: skip

    def act(self, form):
        log_contact(self.record, by=self.request.user, **form.cleaned_data)
        self.success_message = f"Contact logged for {self.record.reference}."
        return "/waiting-list"


class PlanWaiting(Waiting, ActionView):
    """What helps while a child waits: written by the provider, agreed by the referrer."""

    permission = Permission.LOG_CONTACTS
    form_class = WaitingPlanForm

    def get_initial(self):
        plan = getattr(self.record, "waiting_plan", None)
        if plan is None:
            return {"ring_name": self.request.user.full_name, "ring_number": self.request.user.telephone}
        return {name: getattr(plan, name) for name in ("meanwhile", "ring_name", "ring_number", "ring_hours")}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"While {self.record.reference} waits",
            lead="The social worker is asked to agree this, and the carer’s sheet prints it.",
            submit_label="Save the plan", back_url="/waiting-list", back_label="Waiting list", **kwargs,
        )  # fmt: skip

    def act(self, form):
        plan_waiting(self.record, by=self.request.user, **form.cleaned_data)
        self.success_message = f"Saved. {self.record.author.full_name} has been asked to agree it."
        return "/waiting-list"


class WaitingSheet(Waiting, RecordDetail):
    """A sheet for whoever cares for the child: whom to ring, when they hear, what helps meanwhile."""

    permission = Permission.SEE_REFERRALS

    def get_context_data(self, **kwargs):
        referral = self.object
        last = referral.contacts.order_by("-made_at", "-pk").first()
        plan = getattr(referral, "waiting_plan", None)
        worker = referral.child.social_worker or referral.author
        return super().get_context_data(plan=plan, last=last, worker=worker, every=numbers(CONTACT, authority=referral.authority_id)[CONTACT], **kwargs)


class AgreeWaitingPlan(Waiting, ActionView):
    """The referrer reads what helps meanwhile, and agrees it."""

    permission = Permission.START_REFERRALS

    def load(self):
        referral = super().load()
        self.plan = getattr(referral, "waiting_plan", None)
        if self.plan is None:
            raise Http404
        return referral

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Agree what helps meanwhile", plan=self.plan, submit_label="I agree this plan",
            back_url=self.record.get_absolute_url(), back_label=self.record.reference, **kwargs,
        )  # fmt: skip

    def act(self, form):
        agree_waiting_plan(self.plan, by=self.request.user)
        self.success_message = "Agreed."


class OrderWaiting(ActionView):
    """Change the order by numbers, or by moving one up or down; a preview first, then the save."""

    permission = Permission.ORDER_WAITING
    form_class = OrderForm
    template_name = "referrals/order_waiting.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.after = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and request.user.can(self.permission):
            self.provision = self._provision(request)
            self.now = self._now()
        return super().dispatch(request, *args, **kwargs)

    def _provision(self, request):
        kind = request.GET.get("service", "outreach")
        rows = Provision.objects.visible_to(request.user)
        if kind not in ProvisionKind.values:
            raise Http404
        return get_object_or_404(rows.filter(pk=getattr(rows.filter(kind=kind).order_by("pk").first(), "pk", None)))

    def _now(self) -> list[Referral]:
        """Those in the line, in order; a child this person may not see keeps a place without a name."""
        seen = set(Referral.objects.visible_to(self.request.user).waiting().values_list("pk", flat=True))
        line = waiting_in_order(self.provision)
        for at, referral in enumerate(line, 1):
            referral.is_named = referral.pk in seen
            referral.key = referral.reference if referral.is_named else f"kept-{at}"
        return line

    def get_form_kwargs(self):
        managers = strategic_managers(self.provision.authority_id).order_by("full_name", "pk")
        return {**super().get_form_kwargs(), "managers": managers}

    def post(self, request, *args, **kwargs):
        self.seen = request.POST.getlist("seen")[:500]
        self.after = self._wanted(request.POST)
        if "save" not in request.POST:
            return self.render_to_response(self.get_context_data(form=self._unjudged()))
        return super().post(request, *args, **kwargs)

    def _unjudged(self):
        """The form with what was typed and nothing said about it: nobody has saved yet."""
        typed = {name: self.request.POST.get(name, "") for name in ("reason", "agreed_by")}
        kwargs = {**self.get_form_kwargs(), "data": None, "initial": typed}
        kwargs.pop("files", None)
        return self.form_class(**kwargs)

    def _wanted(self, posted) -> list[str]:
        """The order asked for: by the numbers typed, then one moved up or down."""
        line = self.seen
        numbers = [posted.get(f"number_{ref}", "") for ref in line]
        typed = [int(n) if n.isascii() and n.isdigit() and len(n) <= 4 else at for at, n in enumerate(numbers, 1)]
        line = renumbered(line, typed)
        for name, by in (("up", -1), ("down", 1)):
            if posted.get(name) in line:
                line = swapped(line, posted[name], by)
        return line

    def get_context_data(self, **kwargs):
        by_ref = {referral.key: referral for referral in self.now}
        order = [ref for ref in self.after or [] if ref in by_ref] or list(by_ref)
        before = {ref: at for at, ref in enumerate(by_ref, 1)}
        changes = OrderChange.objects.filter(provision=self.provision).select_related("changed_by", "agreed_by")
        return super().get_context_data(
            rows=[{"referral": by_ref[ref], "at": at, "was": before[ref]} for at, ref in enumerate(order, 1)],
            seen=list(by_ref), is_preview=order != list(by_ref), provision=self.provision,
            services=[{"kind": k, "label": label, "current": k == self.provision.kind} for k, label in ProvisionKind.choices],
            changes=changes.order_by("-changed_at", "-pk")[:10], **kwargs,
        )  # fmt: skip

    def refused(self, form, refusal):
        """What was typed stays; where somebody else changed the order, it is shown as it is now."""
        self.now = self._now()
        self.after = self.after if self.seen == [r.key for r in self.now] else None
        form.order_error = next((str(r) for r in refusal.reasons if getattr(r, "field", "") == "order"), "")
        return super().refused(form, refusal)

    def act(self, form):
        names = {referral.key: referral.reference for referral in self.now}
        wanted, seen = ([names.get(key, key) for key in line] for line in (self.after, self.seen))
        order_waiting(self.provision, wanted=wanted, seen=seen, by=self.request.user, **form.cleaned_data)
        self.success_message = "The new order is saved."

    def get_success_url(self):
        return "/waiting-list"
