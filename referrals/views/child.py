"""Children: found, and added by hand."""

from django.http import HttpResponseRedirect

from core.references import tidy
from core.roles import Permission, Role
from core.search import tidy_words
from core.views.bases import ActionView, RecordList
from core.views.search import keep_words, kept_words
from referrals.actions.child import add_child
from referrals.actions.referral import start_referral
from referrals.choices import ReferralStatus
from referrals.forms.referral import AddChildForm
from referrals.models import Child, JoinRequest, Referral
from referrals.rules.copies import why_not_ask_to_join

MOST_MATCHES = 20


class FindChild(RecordList):
    """Find the child a new referral is about, by number, reference or name."""

    permission = Permission.START_REFERRALS
    model = Child
    template_name = "referrals/find_child.html"

    def records(self):
        self.typed = kept_words(self.request.session, self.request.GET.get("s", "")[:7]) or ""
        found = super().records()
        if not self.typed:
            return found.none()
        by_name = found.matching(self.typed)
        return (by_name | found.filter(reference=tidy(self.typed))).distinct().order_by("full_name", "pk")

    def post(self, request, *args, **kwargs):
        """What was typed stands in no address; a whole number or reference that is one child leads to them."""
        typed = tidy_words(request.POST.get("q", ""))
        known = list(super().records().known_as(typed)[:2]) if typed else []
        if len(known) == 1:
            return HttpResponseRedirect(f"/referrals/new/{known[0].reference}")
        return HttpResponseRedirect(f"/referrals/new?s={keep_words(request.session, typed)}" if typed else "/referrals/new")

    def get_context_data(self, **kwargs):
        return super().get_context_data(typed=self.typed, **kwargs)


class AddChild(ActionView):
    """Add a child by hand, then confirm and start."""

    permission = Permission.START_REFERRALS
    form_class = AddChildForm
    extra_context = {
        "heading": "Add the child by hand",
        "submit_label": "Add the child",
        "back_url": "/referrals/new",
        "back_label": "Find the child",
    }

    def act(self, form):
        user = self.request.user
        child = add_child(
            authority=user.acting.authority,
            team=user.acting.teams.first(),
            social_worker=user if user.acting.role == "SW" else None,
            by=user,
            **form.cleaned_data,
        )
        return f"/referrals/new/{child.reference}"


class StartReferral(ActionView):
    """Is this the right child? Starting makes a draft with what is known filled in."""

    permission = Permission.START_REFERRALS
    model = Child

    def get_context_data(self, **kwargs):
        """Those open, so that nothing is asked twice; and those no longer drafts, to start a new one from."""
        newest = Referral.objects.visible_to(self.request.user).filter(child=self.record).select_related("author").newest_first()[:20]
        open_ones = [referral for referral in newest if referral.is_open]
        asked = set(JoinRequest.objects.filter(person=self.request.user, answered_at=None, referral__in=open_ones).values_list("referral", flat=True))
        for referral in open_ones:
            referral.shown = referral.status_seen_by(self.request.user)
            referral.is_asked = referral.pk in asked
            referral.may_ask = self._may_ask(referral)
        earlier = [referral for referral in newest if referral.status != ReferralStatus.DRAFT]
        return super().get_context_data(open_ones=open_ones, earlier=earlier, may_ask=any(one.may_ask for one in open_ones), **kwargs)

    def _may_ask(self, referral) -> bool:
        """Whether this person may ask to be its second referrer."""
        user = self.request.user
        return not why_not_ask_to_join(
            works_here=user.acting.role == Role.SOCIAL_WORKER, is_referrer=user.pk in {referral.author_id, referral.joint_referrer_id},
            is_open=True, has_second=referral.joint_referrer_id is not None, has_asked=referral.is_asked,
        )  # fmt: skip

    def act(self, form):
        referral = start_referral(self.record, by=self.request.user)
        return f"/referrals/{referral.reference}/tasks"
