"""A page that shows every component in every state, with invented examples; never in production."""

from datetime import date, datetime, timedelta

from django import forms
from django.conf import settings
from django.http import Http404

from core.forms import HouseDateField, HouseFilterForm, HouseForm, LongTextField, MoneyField
from core.views.bases import ANYONE_SIGNED_IN, Page

MEETING = date(2026, 12, 3)
SAVED = datetime(2026, 11, 23, 14, 14)  # noqa: DTZ001 (an example's clock has no zone)
TONES = ["plain", "done", "waiting", "moving", "good", "attention", "late", "mist", "outline", "lilac"]
RATINGS = ["red", "amber", "green", "complete", "not_enough_data", "pass", "check", "stop"]


class ExampleForm(HouseForm):
    """One of each kind of field."""

    name = forms.CharField(label="What they like to be called", max_length=60)
    story = LongTextField(label="What is happening", max_length=400, help_text="In your words")
    wanted = HouseDateField(label="Wanted from")
    cost = MoneyField(label="Cost a week", required=False)
    decision = forms.ChoiceField(
        label="What did the panel decide?",
        choices=[("agree", "Agree"), ("defer", "Defer"), ("not", "Not agreed")],
        widget=forms.RadioSelect,
    )
    signs = forms.MultipleChoiceField(
        label="Tick each that is true",
        choices=[("fit", "The referral is fit for purpose"), ("clear", "It has a clear summary")],
        widget=forms.CheckboxSelectMultiple,
    )
    team = forms.ChoiceField(label="Team", choices=[("", "Choose a team"), ("n", "North")])
    paper = forms.FileField(label="Paper", required=False)
    sure = forms.BooleanField(label="I have read the whole referral")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].option_hints = {"defer": "It comes back to a later meeting"}


class ExampleFilterForm(HouseFilterForm):
    """Two filters above a list."""

    rating = forms.ChoiceField(label="Rating", choices=[("", "All ratings"), ("r", "Red")])
    text = forms.CharField(label="Reference or name")


def _calendar() -> list[list[dict]]:
    """Four weeks of working days, counted back from the example meeting."""
    named = {9: ("served", "Served"), 12: ("last", "Notice"), 25: ("today", "Today")}
    weeks = []
    for week in range(4):
        monday = date(2026, 11, 9) + timedelta(weeks=week)
        cells = []
        for offset in range(5):
            on = monday + timedelta(days=offset)
            kind, name = named.get(on.day, ("counted", "")) if on.month == 11 else ("counted", "")
            kind, name = ("meets", "Meets") if on == MEETING else (kind, name)
            left = (3 - week) * 5 + 3 - offset
            shown = left if kind in {"counted", "today"} and left > 0 else None
            cells.append({"day": on, "kind": kind, "name": name, "count": shown})
        weeks.append(cells)
    return weeks


def _words() -> dict:
    """Examples of lists, paths and answers."""
    return {
        "steps": [
            {"label": "You", "detail": "Send by 24 November", "done": True},
            {"label": "Team manager", "detail": "Signs first"},
            {"label": "ART referral panel", "detail": "Thursday 3 December, 10am"},
        ],
        "tasks": [
            {"label": "About the child", "url": "#a", "status": "Completed", "tone": "plain"},
            {"label": "Views", "url": "#b", "status": "In progress", "tone": "moving"},
            {"label": "Documents", "url": "#c", "status": "Not yet started", "tone": "waiting"},
        ],
        "things": [
            {
                "label": "Send the draft minutes to the chair",
                "url": "#d",
                "why": "The draft is written and has no gaps.",
                "when": "1 working day late",
                "detail": "Was due Friday 20 November",
                "late": True,
            },
            {"label": "Look at 2 new referrals", "url": "#e", "when": "Today"},
        ],
        "answers": [
            {"label": "Service", "value": "ART outreach, where the child lives now"},
            {"label": "Not answered yet", "value": "Online safety", "missing": True, "url": "#f"},
        ],
        "gaps": [{"label": "Answer the last 2 questions on risk and safety", "url": "#g"}],
        "events": [{"sentence": "Referral sent.", "at": SAVED, "by": "social worker"}],
    }


def _figures() -> dict:
    """Examples of strips, facts and tables."""
    return {
        "stats": [
            {"figure": "13 of 15", "noun": "places in use", "detail": "Hub beds 3 of 3"},
            {"figure": "2", "noun": "free now"},
            {"figure": "c", "noun": "waiting", "detail": "1 to 5 children"},
            {"figure": "£22,200", "noun": "this week", "detail": "10 at £660 and 3 at £5,200"},
        ],
        "facts": [
            {"label": "October 2026", "value": "62.3%", "detail": "218 of 350 finished in time"},
            {"label": "Target", "value": "80% or more", "detail": "17.7 points short"},
        ],
        "columns": [
            {"label": "Measure", "sort_url": "?sort=name", "sorted": "ascending"},
            {"label": "October", "numeric": True},
        ],
        "voice_facts": [{"label": "When and how", "value": "Written down together"}],
        "weeks": _calendar(),
    }


class Components(Page):
    """Every component, every state."""

    permission = ANYONE_SIGNED_IN
    template_name = "core/components.html"

    def dispatch(self, request, *args, **kwargs):
        if not (settings.DEBUG or settings.DEMONSTRATION):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        wrong = ExampleForm({"cost": "lots", "wanted": "31 2 2027", "name": "a\x00b"})
        return super().get_context_data(
            tones=TONES,
            ratings=RATINGS,
            example=ExampleForm(initial={"wanted": MEETING}, prefix="plain"),
            wrong=wrong,
            filter_form=ExampleFilterForm(prefix="filter"),
            meeting=MEETING,
            saved_at=SAVED,
            **_words(),
            **_figures(),
            **kwargs,
        )
