"""High SDQ scores of a year: the list, and saying what is done about one."""

from django.http import Http404

from core import clock
from core.dated import numbers
from core.dates import months_after
from core.roles import Permission
from core.views.bases import Question, ReadingPage
from referrals.actions.sdq_look import look_at_sdq
from referrals.forms.care import LookAtSdqForm
from referrals.models import Child
from referrals.models.high_sdq import high_for, year_of
from referrals.rules.readings import HIGH_SDQ

EARLIER = 3
MOST_SHOWN = 200


class HighSdqs(ReadingPage):
    """Every child whose newest score of a year was high, highest first, and what was done."""

    permission = Permission.LOOK_AT_SDQS
    template_name = "referrals/high_sdqs.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        this = year_of(clock.today())
        self.years = [months_after(this, -12 * back) for back in range(EARLIER + 1)]
        self.rows = []

    def chosen(self):
        """The first day of the year that the address names, or of this year."""
        typed = self.request.GET.get("year", str(self.years[0].year))
        found = [year for year in self.years if str(year.year) == typed]
        if not found:
            raise Http404
        return found[0]

    def read(self):
        self.rows = high_for(self.request.user, self.chosen())
        return [row.child for row in self.rows[:MOST_SHOWN]]

    def get_context_data(self, **kwargs):
        looked = sum(row.look is not None for row in self.rows)
        return super().get_context_data(
            rows=self.rows[:MOST_SHOWN], total=len(self.rows), looked=looked, left=len(self.rows) - looked, year=self.chosen(), years=self.years,
            in_force=numbers(HIGH_SDQ, authority=self.request.user.acting.authority_id)[HIGH_SDQ], **kwargs,
        )  # fmt: skip


class LookAtSdq(Question):
    """Say what is done about a child's newest score."""

    permission = Permission.LOOK_AT_SDQS
    model = Child
    form_class = LookAtSdqForm
    submit_label, back_label = "Save", "High SDQ scores"
    success_message = "Saved."

    @property
    def sdq(self):
        """The child's newest score."""
        found = self.record.sdqs.exclude(score=None).order_by("-on", "-pk").first()
        if found is None:
            raise Http404
        return found

    @property
    def heading(self):
        return f"{self.record.called}’s SDQ score of {self.sdq.score}"

    def back(self):
        return f"/children/high-sdq?year={year_of(self.sdq.on).year}"

    def act(self, form):
        look_at_sdq(self.sdq, action_taken=form.cleaned_data["action_taken"], by=self.request.user)
