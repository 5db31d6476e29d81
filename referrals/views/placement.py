"""Homes: a move, an earlier home, an ending, a price."""

from core.roles import Permission
from core.views.bases import Question
from referrals.actions.placement import (
    add_earlier_home,
    correct_home,
    end_home,
    record_move,
    set_home_price,
)
from referrals.forms.placement import (
    CorrectHomeForm,
    EarlierHomeForm,
    EndHomeForm,
    HomePriceForm,
    MoveForm,
)
from referrals.models import Child, Placement


class HomeDeed(Question):
    """A question about a child's homes, going back to them."""

    permission = Permission.KEEP_CARE_RECORDS
    back_label = "Homes"

    def back(self):
        """The child's homes, whether a child or one home was asked about."""
        child = self.record if isinstance(self.record, Child) else self.record.child
        return f"{child.get_absolute_url()}/homes"


class RecordMove(HomeDeed):
    """The child lives somewhere else: the last home ends and the new one begins."""

    model = Child
    form_class = MoveForm
    heading, submit_label = "Record a move", "Record the move"
    lead = "Write down where the child truly lives, whatever kind of home it is."
    success_message = "The move is recorded."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "last": self.record.homes.filter(ends_on=None).first()}

    def act(self, form):
        record_move(self.record, **form.cleaned_data, by=self.request.user)


class AddEarlierHome(HomeDeed):
    """A home from before, with both its days."""

    model = Child
    form_class = EarlierHomeForm
    heading, submit_label = "Add an earlier home", "Add the home"
    success_message = "The earlier home is written down."

    def act(self, form):
        add_earlier_home(self.record, **form.cleaned_data, by=self.request.user)


class HomeOfChild(HomeDeed):
    """A deed to one home."""

    model = Placement

    def records(self):
        return super().records().select_related("child__authority", "stay")


class EndHome(HomeOfChild):
    """A home ends and no other begins."""

    form_class = EndHomeForm
    heading, submit_label = "End this home", "End the home"
    lead = "For a child who leaves care. If they move, record the move instead."
    success_message = "The home has ended."

    def act(self, form):
        end_home(self.record, **form.cleaned_data, by=self.request.user)


class CorrectHome(HomeOfChild):
    """What was written down wrongly is put right; how it stood stays in the history."""

    form_class = CorrectHomeForm
    heading, submit_label = "Put right this home", "Save what is right"
    success_message = "The home is put right."

    def get_initial(self):
        home = self.record
        asked = {name: {True: "yes", False: "no"}.get(getattr(home, name)) for name in ("is_internal", "is_in_county", "is_registered", "was_planned")}
        plain = ("kind", "provider", "starts_on", "ends_on", "ending_reason", "ending_note", "instead_of_residential")
        return {**asked, **{name: getattr(home, name) for name in plain}}

    def act(self, form):
        correct_home(self.record, **form.cleaned_data, by=self.request.user)


class SetHomePrice(HomeOfChild):
    """What a home costs a week from a day on."""

    form_class = HomePriceForm
    heading, submit_label = "Set a weekly price", "Save the price"
    lead = "Earlier weeks keep the price they had."
    success_message = "The price is saved. Weeks from that day cost what it says."

    def act(self, form):
        set_home_price(self.record, **form.cleaned_data, by=self.request.user)
