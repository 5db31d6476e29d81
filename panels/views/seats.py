"""Seats of a body by date: who holds them, their authority, who may stand for them, and who came."""

from django.http import Http404

from core import clock
from core.models import User
from core.roles import Permission
from core.views.bases import Page, Question
from panels.actions.panel import name_standing_delegate, seat_person
from panels.actions.seats import end_standing_delegate, leave_seat, record_authority
from panels.forms.seats import ChangeSeatForm, EndDelegateForm, GiveSeatForm, StandingDelegateForm
from panels.models import Panel
from panels.models.seat_record import attendance_of, seat_lines
from panels.views.terms import OfPanel

YEARS_BACK = 3


def people_who_may_sit(panel):
    """Those with a role in the body's authority today."""
    return User.objects.filter(is_active=True, roles_held__in=_roles(panel)).distinct().order_by("full_name", "pk")


def _roles(panel):
    """Roles held today in one authority."""
    held = User.roles_held.rel.related_model.objects
    return held.held_on(clock.today()).filter(authority=panel.authority_id)


class Seats(OfPanel, Page):
    """Every seat with everybody who has held it and the days nobody did."""

    permission = Permission.SEE_MEETINGS

    def get_context_data(self, **kwargs):
        panel, today = self.panel(), clock.today()
        terms = panel.terms_on(today)
        return super().get_context_data(
            panel=panel, terms=terms, lines=seat_lines(panel, terms) if terms else [], today=today,
            may_change=self.request.user.can(Permission.CALL_MEETINGS), **kwargs,
        )  # fmt: skip


class AttendanceBySeat(OfPanel, Page):
    """How each holder of each seat met the meetings held in their time; those before it do not count."""

    permission = Permission.SEE_MEETINGS

    def get_context_data(self, **kwargs):
        panel, today = self.panel(), clock.today()
        terms = panel.terms_on(today)
        years = [str(today.year - n) for n in range(YEARS_BACK)]
        chosen = self.request.GET.get("year", "")
        year = int(chosen) if chosen in years else None
        return super().get_context_data(
            panel=panel, terms=terms, rows=attendance_of(panel, terms, year) if terms else [], year=year,
            years=years, **kwargs,
        )  # fmt: skip


class OfSeat(Question):
    """A deed to one lettered seat of a body."""

    permission = Permission.CALL_MEETINGS
    model = Panel
    slug_field = slug_url_kwarg = "slug"
    template_name = "base_question.html"

    def load(self):
        panel = super().load()
        terms = panel.terms_on(clock.today())
        self.seat = terms.seats.filter(letter=self.kwargs["letter"]).first() if terms else None
        if self.seat is None:
            raise Http404
        return panel

    @property
    def back_label(self):
        """The page it goes back to."""
        return f"Seats of {self.record.name}"

    def back(self):
        return f"{self.record.get_absolute_url()}/seats"

    @property
    def seat_words(self):
        """The seat as its heading says it."""
        return f"seat {self.seat.letter}, {self.seat.title}"

    def held(self, rows, who="holder"):
        """The person's newest row among these for this seat, or not found."""
        found = rows.filter(letter=self.seat.letter, person__reference=self.kwargs[who])
        row = found.select_related("person", "panel").order_by("-from_on", "-pk").first()
        if row is None:
            raise Http404
        return row


class GiveSeat(OfSeat):
    """Give a seat to somebody from a day."""

    form_class = GiveSeatForm
    submit_label, success_message = "Give the seat", "Given. They have been told of meetings already called."

    @property
    def heading(self):
        """The seat it is about."""
        return f"Who takes {self.seat_words}?"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": people_who_may_sit(self.record), "is_invitee": self.seat.is_invitee}

    def act(self, form):
        seat_person(self.record, letter=self.seat.letter, by=self.request.user, **form.cleaned_data)


class ChangeSeat(OfSeat):
    """Say when somebody leaves their seat, or write down their authority."""

    form_class = ChangeSeatForm
    submit_label, success_message = "Save", "Saved."

    def load(self):
        panel = super().load()
        self.row = self.held(panel.seat_holders)
        return panel

    @property
    def heading(self):
        """Whose seat it is about."""
        return f"{self.row.person.full_name}, {self.seat_words}"

    def get_initial(self):
        return {"may_decide_because": self.row.may_decide_because, "until_on": self.row.until_on}

    def act(self, form):
        said, by = form.cleaned_data, self.request.user
        if said["may_decide_because"] != self.row.may_decide_because:
            record_authority(self.row, because=said["may_decide_because"], by=by)
        if said["until_on"] and said["until_on"] != self.row.until_on:
            leave_seat(self.row, until_on=said["until_on"], by=by)


class NameStandingDelegate(OfSeat):
    """Let somebody stand for a seat at any meeting."""

    form_class = StandingDelegateForm
    submit_label, success_message = "Name them", "Named."

    @property
    def heading(self):
        """The seat it is about."""
        return f"Standing delegate for {self.seat_words}"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": people_who_may_sit(self.record)}

    def act(self, form):
        name_standing_delegate(self.record, letter=self.seat.letter, by=self.request.user, **form.cleaned_data)


class EndStandingDelegate(OfSeat):
    """Say when somebody stops standing for a seat."""

    form_class = EndDelegateForm
    submit_label, success_message = "Save", "Saved."

    def load(self):
        panel = super().load()
        self.row = self.held(panel.standing_delegates, "delegate")
        return panel

    @property
    def heading(self):
        """Whose standing it is about."""
        return f"{self.row.person.full_name} stands for {self.seat_words}"

    def act(self, form):
        end_standing_delegate(self.row, until_on=form.cleaned_data["until_on"], by=self.request.user)
