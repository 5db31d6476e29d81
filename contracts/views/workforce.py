"""The workforce register: the tab, one person, and the deeds on both."""

from decimal import Decimal

from contracts.actions.workforce import (
    add_staff_member,
    cover_gap,
    end_work,
    record_check,
    record_gap,
)
from contracts.forms.workforce import CheckForm, CoverGapForm, EndWorkForm, GapForm, StaffMemberForm
from contracts.models import StaffGap, StaffMember
from contracts.models.register import reads_names
from contracts.views.head import head_of
from contracts.views.register import RegisterPage, RegisterQuestion
from core import clock
from core.roles import Permission
from core.views.bases import Question, RecordDetail
from referrals.choices import StayState
from referrals.models import Provision, Stay
from referrals.models.service import TeamPost
from referrals.models.service_facts import ratio

MOST = 200


class Workforce(RegisterPage):
    """Who works under one contract, what is due for each, and gaps with their cover."""

    template_name = "contracts/workforce.html"

    def get_context_data(self, **kwargs):
        contract, user, today = self.object, self.request.user, clock.today()
        rows = StaffMember.objects.visible_to(user).filter(contract=contract).working(today).prefetch_related("checks")
        members = [_with_standing(member, user) for member in rows.order_by("role", "pk")[:MOST]]
        gaps = StaffGap.objects.visible_to(user).filter(contract=contract).exclude(last_on__lt=today)
        return super().get_context_data(
            members=sorted(members, key=lambda member: -member.unmet), gaps=gaps.select_related("contract").order_by("from_on", "pk")[:MOST],
            team=_team(contract, today), dbs_due=sum(not member.stands["dbs"].is_met for member in members),
            highest=sum(member.stands["safeguarding"].words in {"Level 3", "Level 4"} for member in members), **kwargs,
        )  # fmt: skip


def _with_standing(member, user):
    """A person with how each thing asked of them stands, called by name only where names are read."""
    member.called = member.name if reads_names(user) else member.reference
    member.stands = member.standing
    member.unmet = sum(not stands.is_met for stands in member.stands.values())
    return member


def _team(contract, today) -> dict:
    """The posts of the services the contract pays for, how many are filled, and the ratio with what it is counted from."""
    services = Provision.objects.filter(prices__lot__contract=contract, prices__until_on=None).distinct()
    posts = list(TeamPost.objects.on(today).filter(provision__in=services).select_related("provision").order_by("provision", "title"))
    for post in posts:
        post.vacant = post.posts - post.filled
    filled = sum((post.filled for post in posts if post.works_with_children), Decimal(0))
    children = Stay.objects.filter(place__provision__in={post.provision_id for post in posts}, state=StayState.BEGUN).count()
    return {
        "posts": posts, "filled": filled, "children": children, "ratio": ratio(filled, children),
        "all_posts": sum((post.posts for post in posts), Decimal(0)), "all_filled": sum((post.filled for post in posts), Decimal(0)),
        "vacant": sum((post.vacant for post in posts), Decimal(0)),
    }  # fmt: skip


class AddStaffMember(RegisterQuestion):
    """Somebody joins the register."""

    form_class = StaffMemberForm
    tab, back_label = "workforce", "Workforce"
    heading, submit_label = "Add somebody to the register", "Add"
    success_message = "Added. Record their checks next."

    def act(self, form):
        return add_staff_member(self.record, by=self.request.user, **form.cleaned_data).get_absolute_url()


class RecordGap(RegisterQuestion):
    """A post is vacant, or somebody is away."""

    form_class = GapForm
    tab, back_label = "workforce", "Workforce"
    heading, submit_label = "Record a vacancy or absence", "Record it"

    def act(self, form):
        record_gap(self.record, by=self.request.user, **form.cleaned_data)


class CoverGap(Question):
    """Who covers one gap, or when it ends."""

    permission = Permission.KEEP_ASSURANCE
    model = StaffGap
    form_class = CoverGapForm
    heading, submit_label, back_label = "Who covers it", "Save", "Workforce"
    success_message = "Saved."

    def records(self):
        return super().records().select_related("contract__authority")

    def get_initial(self):
        return {"covered_by": self.record.covered_by, "last_on": self.record.last_on}

    def get_context_data(self, **kwargs):
        self.lead = str(self.record)
        return super().get_context_data(**kwargs)

    def act(self, form):
        cover_gap(self.record, by=self.request.user, **form.cleaned_data)


class StaffMemberDetail(RecordDetail):
    """One person on the register: how each thing stands, and every check by its day."""

    permission = Permission.SEE_ASSURANCE
    model = StaffMember
    template_name = "contracts/staff_member.html"

    def records(self):
        return super().records().select_related("contract__authority", "contract__provider").prefetch_related("checks__entered_by")

    def get_context_data(self, **kwargs):
        member = _with_standing(self.object, self.request.user)
        checks = sorted(member.checks.all(), key=lambda check: (check.on, check.pk), reverse=True)
        return super().get_context_data(
            member=member, checks=checks[:MOST], may_keep=self.request.user.can(Permission.KEEP_ASSURANCE) and member.left_on is None,
            **head_of(member.contract, self.request), **kwargs,
        )  # fmt: skip


class StaffQuestion(Question):
    """A deed on one person of the register."""

    permission = Permission.KEEP_ASSURANCE
    model = StaffMember
    back_label = "This person"
    success_message = "Saved."

    def records(self):
        return super().records().select_related("contract__authority")

    def get_context_data(self, **kwargs):
        self.lead = f"{self.record.name}, {self.record.get_role_display()}"
        return super().get_context_data(**kwargs)


class RecordCheck(StaffQuestion):
    """A DBS check, supervision or training was done."""

    form_class = CheckForm
    heading, submit_label = "Record a check", "Record it"

    def act(self, form):
        record_check(self.record, by=self.request.user, **form.cleaned_data)


class EndWork(StaffQuestion):
    """Somebody leaves."""

    form_class = EndWorkForm
    heading, submit_label = "They leave this service", "Save"

    def act(self, form):
        end_work(self.record, by=self.request.user, **form.cleaned_data)
        return f"{self.record.contract.get_absolute_url()}/workforce"
