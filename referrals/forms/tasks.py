"""The eight tasks' questions: what is asked, in which words, with which answers to choose from."""

from datetime import date

from django import forms

from core import clock
from core.forms import HouseDateField, LongTextField, MoneyField, TextField
from referrals.choices import TaskName
from referrals.forms import options
from referrals.forms.parts import Part, TaskForm, row_names
from referrals.forms.people import AGREES, HOLDERS, PEOPLE, add_people_rows
from referrals.rules.submission import why_not_born

AROUND = ("around", ("name", "role", "after"), 8)


def _radios(label, choices, **more):
    """One choice of several, none chosen at first."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False, **more)


def _boxes(label, choices, **more):
    """Any of several."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **more
    )


def _select(label, choices, **more):
    return forms.ChoiceField(label=label, choices=choices, required=False, **more)


def _line(label, **more):
    return TextField(label=label, required=False, max_length=300, **more)


def _words(label, rows=5, **more):
    return LongTextField(label=label, required=False, rows=rows, **more)


class ChildTaskForm(TaskForm):
    """Who the child is."""

    full_name = _line("Full name")
    preferred_name = _line("What they like to be called (optional)")
    born_on = HouseDateField(label="Date of birth", required=False)
    gender = _radios("Gender", options.GENDERS)
    ethnicity = _select("Ethnic group", options.ETHNICITIES)
    address = _words("Address", rows=3)
    legal_status = _select("Legal status", options.LEGAL)
    language = _line("First language (optional)")
    interpreter = _radios("Is an interpreter or translation needed? (optional)", options.YES_NO)
    interpreter_language = _line("Interpreter: which language or signs (optional)")
    faith = _line("Religion or belief (optional)")
    culture = _line("Culture and heritage (optional)")
    disability = _line("Disability (optional)")
    orientation = _line("Sexual orientation, if the child wants it known (optional)")
    identity = _words("What these mean for the help that is asked for (optional)", rows=3)
    rows = PEOPLE
    parts = (
        Part("The law", ("legal_status",)),
        Part(
            "Parental responsibility, and who cares for the child", (), add_label="Save and add another person",
            hint="Name each carer and each person who holds parental responsibility. Where the council shares it, name the council too.",
        ),
        Part(
            "Language, faith, culture, disability and identity",
            ("language", "interpreter", "interpreter_language", "faith", "culture", "disability", "orientation", "identity"),
            hint="The panel must give these due consideration. Ask, and write what the child wants known.", folds=True,
        ),
    )  # fmt: skip

    def clean_born_on(self):
        """A birth date is in the past, and not before anybody alive was born."""
        born_on = self.cleaned_data["born_on"]
        for reason in why_not_born(born_on, clock.today()) if isinstance(born_on, date) else []:
            raise forms.ValidationError(str(reason))
        return born_on


class ViewsTaskForm(TaskForm):
    """What the child, and those who care for the child, say."""

    child_view = _words("The child’s own view, in their words", rows=6)
    child_view_later = _line(
        "If the child has not been asked: why not, and when they will be", help_text="Needed before the panel meets."
    )
    how_gathered = _line("How you asked (optional)", help_text="For example, on a walk, by drawing, with an advocate.")
    takes_part = _line("How the child wishes to take part (optional)")
    advocate = _radios("Has an advocate been offered?", [("yes", "Yes"), ("declined", "Offered and declined"), ("not yet", "Not yet")])
    parents_view = _words("What parents or those with parental responsibility say")
    parents_engage = _radios("Will they take up what is offered?", options.ENGAGES)
    carers_view = _words("What the carer says")
    carers_engage = _radios("Will the carer take up what is offered?", options.ENGAGES)
    rows = HOLDERS
    parts = (
        Part("The child", ("child_view", "child_view_later", "how_gathered", "takes_part", "advocate")),
        Part("Parents and carers", ("parents_view", "parents_engage", "carers_view", "carers_engage")),
        Part(
            "Each person with parental responsibility", (), add_label="Save and add another person",
            hint="Those named in “About the child” are here. Write what each says, where it is not the same for all.",
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("parents_engage", "carers_engage", "advocate"):
            self.fields[name].widget.attrs["class"] = "row"


class RequestTaskForm(TaskForm):
    """What is asked of the panel."""

    service = _radios("Which service are you asking for?", options.SERVICES)
    support_types = _boxes("What kind of support? Tick all that apply", options.SUPPORT_TYPES)
    cohort = _boxes("Which of these is true of the child? Tick all that apply", options.COHORT)
    ground = _radios("Why the child is eligible", options.GROUNDS)
    goal = _radios("What should be different for the child?", options.GOALS)
    weeks = forms.IntegerField(label="For how many weeks", required=False, min_value=1, max_value=104)
    wanted_by = HouseDateField(label="Wanted by (optional)", required=False)
    ask = _words("What you are asking the panel to agree", rows=3)
    allowance = _radios("Does it ask for an allowance for carers? (optional)", options.ALLOWANCES)
    discussed_with = _line("Who in social care you discussed this with first (optional)")
    discussed_on = HouseDateField(label="When you discussed it (optional)", required=False)
    referrer_name = _line("Your name")
    referrer_contact = _line("How to reach you")
    parts = (
        Part("The service", ("service", "support_types")),
        Part("For a hub bed", ("cohort",), hint="Asked only where you ask for a hub bed.", folds=True, opens_for=("service", "hub")),
        Part("Why, and what for", ("ground", "goal", "weeks", "wanted_by", "ask", "allowance")),
        Part("Who is asking", ("discussed_with", "discussed_on", "referrer_name", "referrer_contact")),
    )  # fmt: skip

    def clean(self):
        """A hub bed is asked for with the group the child is in."""
        said = super().clean()
        if said.get("service") == "hub" and not said.get("cohort"):
            self.add_error("cohort", "Tick at least one, because you ask for a hub bed")
        return said


class NeedsTaskForm(TaskForm):
    """Needs and story."""

    family_history = _words("What matters in the birth family’s history", help_text="If nothing is known, say so.")
    story = _words("What has happened, and what is happening now", rows=8)
    strengths = _words("What goes well (optional)", rows=3)
    sdq_score = forms.IntegerField(label="Latest SDQ score (optional)", required=False, min_value=0, max_value=40)
    sdq_on = HouseDateField(label="Date of that SDQ (optional)", required=False)


class RiskTaskForm(TaskForm):
    """The eleven risks of the Placements Data Standard, what the child lives with, and safeguarding."""

    risk_child_other = _line("Another risk to the child (optional)")
    risk_others_other = _line("Another risk to others or property (optional)")
    risk_notes = _words("What the risks look like, and what helps (optional)")
    safeguarding = _words("Safeguarding issues and risks", help_text="If there are none, say so.")
    factors = _boxes("What the child lives with. Tick all that apply (optional)", options.FACTORS)
    counted = (*options.RISKS_TO_CHILD, *options.RISKS_TO_OTHERS)
    parts = (
        Part("Risks to the child", (*options.RISKS_TO_CHILD, "risk_child_other")),
        Part("Risks to others or property", (*options.RISKS_TO_OTHERS, "risk_others_other", "risk_notes")),
        Part("Safeguarding", ("safeguarding",)),
        Part("What makes this child vulnerable", ("factors",), folds=True),
        Part("Which kinds of home would suit", tuple(options.HOME_TYPES), folds=True),
    )


for _name, _label in (options.RISKS_TO_CHILD | options.RISKS_TO_OTHERS).items():
    RiskTaskForm.base_fields[_name] = _radios(_label, options.RISK_OPTIONS)
    RiskTaskForm.base_fields[_name].widget.attrs["class"] = "row compact"
for _name, _label in options.HOME_TYPES.items():
    RiskTaskForm.base_fields[_name] = _radios(f"{_label} (optional)", options.SUITABILITY)
    RiskTaskForm.base_fields[_name].widget.attrs["class"] = "row"
RiskTaskForm.base_fields = {
    name: RiskTaskForm.base_fields[name] for part in RiskTaskForm.parts for name in part.names
}


class SupportTaskForm(TaskForm):
    """Who helps now, what was tried, and where the child lives."""

    lives_now = _select("Where the child lives now", options.HOMES)
    planned_carer = _line(
        "If the child is preparing to move to a family: the carer who is planned (optional)"
    )
    miles = forms.DecimalField(
        label="Miles from the council’s main office (optional)", required=False, min_value=0, max_value=999,
        decimal_places=1, help_text="As the crow flies is enough.",
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-10"}),
    )  # fmt: skip
    weekly_cost = MoneyField(label="What that costs a week now (optional)", required=False)
    prime_user = _radios("Who will the team work with most? (optional)", options.PRIME_USERS)
    prime_user_name = _line("Their name (optional)")
    previous_interventions = _words("What has been tried before", help_text="If nothing has, say so.")
    open_to_mental_health = _radios(
        "Is the child open to mental health services?", [*options.YES_NO, ("waiting", "On a waiting list")]
    )
    rows = AROUND
    parts = (
        Part("Where the child lives", ("lives_now", "planned_carer", "miles", "weekly_cost")),
        Part("Who the team will work with", ("prime_user", "prime_user_name"), hint="Often the person who cares for the child each day."),
        Part("Help so far", ("previous_interventions", "open_to_mental_health")),
        Part(
            "Who else works with the child", (), add_label="Save and add another person",
            hint="For example the Virtual School or the placement support team. The service adds to these people and does not replace them.",
        ),
    )  # fmt: skip


for _number in range(1, AROUND[2] + 1):
    _person, _role, _after = row_names(*AROUND[:2], _number)
    SupportTaskForm.base_fields[_person] = _line(f"Person {_number}: name (optional)")
    SupportTaskForm.base_fields[_role] = _line(f"Person {_number}: what they do (optional)")
    SupportTaskForm.base_fields[_after] = _select(f"Person {_number}: when the team starts (optional)", options.AFTERWARDS)


class DocumentsTaskForm(TaskForm):
    """Anything else; files are added on the same page."""

    other = _words("Any other information (optional)", rows=4)


class ConsentTaskForm(TaskForm):
    """Three facts kept apart: the basis, agreement, and permission to show files."""

    agreed_child = _radios("Does the child agree to work with the team?", [*options.YES_NO, ("not asked", "Not asked yet")])
    agreed_parents = _radios(
        "Does each person with parental responsibility agree?", [*options.YES_NO, ("not asked", "Not asked yet")]
    )
    show_files = _radios(
        "May the commissioner be shown the files?", options.YES_NO, help_text="Saying no stops nothing."
    )
    told_family = _radios("Has the family been told what is held, why and for how long?", options.YES_NO)
    rows = AGREES
    parts = (
        Part("", ("agreed_child", "agreed_parents")),
        Part(
            "If they do not all say the same", (), add_label="Save and add another person",
            hint="Say what each person with parental responsibility says about working with the team.",
        ),
        Part("Files, and telling the family", ("show_files", "told_family")),
    )


add_people_rows(ChildTaskForm, ViewsTaskForm, ConsentTaskForm)

TASK_FORMS: dict[str, type[TaskForm]] = {
    TaskName.CHILD: ChildTaskForm,
    TaskName.VIEWS: ViewsTaskForm,
    TaskName.REQUEST: RequestTaskForm,
    TaskName.NEEDS: NeedsTaskForm,
    TaskName.RISK: RiskTaskForm,
    TaskName.SUPPORT: SupportTaskForm,
    TaskName.DOCUMENTS: DocumentsTaskForm,
    TaskName.CONSENT: ConsentTaskForm,
}
GROUPS = (
    ("The child", (TaskName.CHILD, TaskName.VIEWS)),
    ("The need", (TaskName.REQUEST, TaskName.NEEDS, TaskName.RISK, TaskName.SUPPORT)),
    ("Before you send", (TaskName.DOCUMENTS, TaskName.CONSENT)),
)
