"""Closing a child's whole record by a manager, telling the child, and the child's own path on paper."""

from django.http import Http404

from core import clock
from core.models import User
from core.roles import Permission, Role
from core.views.bases import ActionView, RecordDetail
from referrals.actions.closing import hand_to_council, record_adoption, record_death
from referrals.actions.telling import tell_child
from referrals.actions.undoing import ask_to_undo_death, keep_closed, undo_death
from referrals.forms.transition import (
    AdoptionForm,
    AnswerUndoForm,
    AskUndoForm,
    CouncilForm,
    DeathForm,
    TellingForm,
)
from referrals.models import Child, Referral
from referrals.models.own_path import own_path
from referrals.views.plan import PlanDeed
from referrals.views.transition import referral_told

TELLERS = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER)


def people_of(authority, roles):
    """People of an authority who hold one of these roles today, by name."""
    return User.objects.holding(*roles, authority=authority).order_by("full_name")


class CloseRecord(PlanDeed):
    """A manager closes a whole record: every reminder stops in the same moment."""

    permission = Permission.CLOSE_RECORDS
    template_name = "referrals/close_record.html"
    needs_plan = False
    consequences: tuple[str, ...] = ()

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/moving-on"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            back_label="Moving on", consequences=self.consequences, submit_label=self.submit_label, **kwargs
        )


class RecordDeath(CloseRecord):
    """A child has died."""

    form_class = DeathForm
    heading = "A child has died"
    submit_label = "Close the record"
    success_message = "The record is closed. Nobody is reminded or invited about it any more."
    consequences = (
        "Every reminder, invitation and message about the child stops now.",
        "Referrals that are open are closed, and offers of a place are taken back.",
        "The child’s place shows “Closed by manager” until somebody releases it.",
    )

    def act(self, form):
        record_death(self.record, by=self.request.user, **form.cleaned_data)


class UndoDeath(CloseRecord):
    """A death was entered by mistake: one manager asks for it to be undone, another answers."""

    heading = "Undo a death that was entered by mistake"
    consequences = (
        "A second manager has to agree.",
        "Referrals stand where they stood, and reminders that are still due are sent.",
        "The child is in their place as before, unless it was released. Offers and slots at a panel are not taken again.",
    )

    def load(self):
        child = super().load()
        self.closing = getattr(child, "closing", None)
        if self.closing is None or self.closing.kind != "death":
            raise Http404
        return child

    @property
    def is_asked(self):
        """Whether somebody has asked, so that the other has to answer."""
        return self.closing.undo_asked_at is not None

    @property
    def submit_label(self):
        """What the button does."""
        return "Save the answer" if self.is_asked else "Ask another manager"

    def get_form_class(self):
        return AnswerUndoForm if self.is_asked else AskUndoForm

    def why_not(self):
        if self.is_asked and self.closing.undo_asked_by_id == self.request.user.pk:
            return ["You asked for this: another manager has to agree."]
        return []

    def get_context_data(self, **kwargs):
        asked = self.closing if self.is_asked else None
        return super().get_context_data(asked=asked, **kwargs)

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        if not self.is_asked:
            ask_to_undo_death(self.record, because=said["because"], by=user)
            self.success_message = "Asked. Other managers have been told, and one of them has to agree."
        elif said["answer"] == "yes":
            undo_death(self.record, by=user)
            self.success_message = "Undone. The record is open again."
        else:
            keep_closed(self.record, by=user)
            self.success_message = "The record stays closed."


class RecordAdoption(CloseRecord):
    """A child was adopted."""

    form_class = AdoptionForm
    heading = "A child was adopted"
    submit_label = "Seal the record"
    success_message = "The record is sealed."
    consequences = (
        "Only the people you name can open this record. Others are told that it is not there.",
        "Every reminder, invitation and message about the child stops now.",
        "The child’s new name is not written here, and no later record is linked to this one.",
    )

    def get_form_kwargs(self):
        roles = (*TELLERS, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE, Role.GOVERNANCE)
        return {**super().get_form_kwargs(), "people": people_of(self.record.authority_id, roles)}

    def act(self, form):
        record_adoption(self.record, by=self.request.user, **form.cleaned_data)
        return "/children"


class HandToCouncil(CloseRecord):
    """Another council is responsible for the child."""

    form_class = CouncilForm
    heading = "Another council is responsible"
    submit_label = "Record the change"
    success_message = "Saved. The other council is responsible from that day."
    consequences = ("Your council keeps its own referrals. The child’s page goes to the other council.",)

    def act(self, form):
        hand_to_council(self.record, by=self.request.user, **form.cleaned_data)
        return "/children"


class TellChild(ActionView):
    """The decision told to the child: in which words, by whom, by when, and what they said."""

    permission = Permission.SEE_PLANS
    model = Referral
    form_class = TellingForm
    template_name = "referrals/write_ending.html"
    success_message = "Saved."

    def load(self):
        referral = super().load()
        self.telling = referral_told(referral, self.request.user)
        if self.telling is None:
            raise Http404
        return referral

    def get_form_kwargs(self):
        people = people_of(self.record.authority_id, TELLERS) | User.objects.filter(pk=self.telling.teller_id).distinct()
        return {**super().get_form_kwargs(), "people": people}

    def get_initial(self):
        return {field: getattr(self.telling, field) for field in TellingForm.base_fields}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Tell the child what was decided", back_url=self.record.get_absolute_url(),
            lead="In plain words, face to face where you can. To do keeps this open until the child has been told.",
            back_label=self.record.reference, submit_label="Save", **kwargs,
        )  # fmt: skip

    def act(self, form):
        tell_child(self.telling, by=self.request.user, **form.cleaned_data)


class MyPath(RecordDetail):
    """A young person's own path on one sheet: what they said, and what they did. Theirs to keep."""

    permission = Permission.SEE_PLANS
    model = Child
    template_name = "referrals/my_path.html"

    def get_context_data(self, **kwargs):
        child = self.object
        return super().get_context_data(
            child=child, today=clock.today(), path=own_path(child, self.request.user), **kwargs
        )
