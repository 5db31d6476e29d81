"""The eight tasks' questions: what is asked, in which words, with which answers to choose from."""

from django import forms

from core.forms import HouseDateField, HouseForm, LongTextField, MoneyField, TextField
from referrals.choices import TaskName

YES_NO = [("yes", "Yes"), ("no", "No")]
GENDERS = [("Girl", "Girl"), ("Boy", "Boy"), ("Another", "Identifies another way"), ("Not known", "Not known")]
ETHNICITIES = [
    ("", "Choose one"),
    *[
        (name, name)
        for name in (
            "White British", "White Irish", "Gypsy, Roma or Irish Traveller", "Any other White background",
            "White and Black Caribbean", "White and Black African", "White and Asian",
            "Any other mixed background", "Indian", "Pakistani", "Bangladeshi", "Chinese",
            "Any other Asian background", "African", "Caribbean", "Any other Black background", "Arab",
            "Any other ethnic group", "Not yet obtained", "Prefers not to say",
        )
    ],
]  # fmt: skip
LEGAL = [
    ("", "Choose one"),
    ("section 20", "Section 20 (care by agreement)"),
    ("care order", "Care order"),
    ("interim care order", "Interim care order"),
    ("placement order", "Placement order"),
    ("remand", "Remand"),
    ("child in need", "Child in need (section 17)"),
    ("child protection", "Child protection plan"),
    ("none", "None"),
]
SERVICES = [("outreach", "Outreach, where the child lives"), ("hub", "A hub assessment bed"),
            ("properties", "A place in a multi-functional property")]  # fmt: skip
GOALS = [
    ("move to family", "Move to a family-based home"),
    ("stay in family", "Stay in a family-based home"),
    ("independence", "Move towards living independently"),
    ("edge of care", "Not come into care"),
]
GROUNDS = [
    ("residential", "Lives in residential care"),
    ("high cost", "Lives in a placement of high cost"),
    ("complex", "Has complex needs"),
    ("edge of care", "Is on the edge of care"),
]
HOMES = [
    ("", "Choose one"), ("residential", "Residential care"), ("foster", "Foster carers"),
    ("connected", "Relatives or friends who foster"), ("adoptive", "Adoptive family"),
    ("hospital", "Hospital"), ("home", "At home with family"), ("lodgings", "Supported lodgings"),
    ("other", "Somewhere else"),
]  # fmt: skip
RISKS_TO_CHILD = {
    "risk_self_harm": "Self-harm or suicide", "risk_missing": "Going missing",
    "risk_sexual": "Sexual exploitation", "risk_criminal": "Criminal exploitation",
    "risk_substances": "Alcohol or drugs", "risk_from_others": "Harm from family or others",
}  # fmt: skip
RISKS_TO_OTHERS = {
    "risk_adults": "Violence to adults", "risk_children": "Violence to children",
    "risk_fire": "Setting fires", "risk_sexual_others": "Sexual behaviour towards others",
    "risk_property": "Damage or theft",
}  # fmt: skip
RISK_OPTIONS = [("none", "No known risk"), ("present", "Risk present")]


def _radios(label, choices, **more):
    """One choice of several, none chosen at first."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False, **more
    )


def _select(label, choices, **more):
    return forms.ChoiceField(label=label, choices=choices, required=False, **more)


def _line(label, **more):
    return TextField(label=label, required=False, max_length=200, **more)


def _words(label, rows=5, **more):
    return LongTextField(label=label, required=False, rows=rows, **more)


class TaskForm(HouseForm):
    """One task's questions; nothing is required here, because drafts are saved as they are."""

    counted: tuple[str, ...] = ()


class ChildTaskForm(TaskForm):
    """Who the child is."""

    full_name = _line("Full name")
    preferred_name = _line("What they like to be called (optional)")
    born_on = HouseDateField(label="Date of birth", required=False)
    gender = _radios("Gender", GENDERS)
    ethnicity = _select("Ethnic group", ETHNICITIES)
    language = _line("First language, and any interpreter needed (optional)")
    address = _words("Address", rows=3)
    legal_status = _select("Legal status", LEGAL)
    carer_name = _line("Name of the child’s carer")
    parental_responsibility = _line("Who holds parental responsibility")


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
    carers_view = _words("What the carer says")


class RequestTaskForm(TaskForm):
    """What is asked of the panel."""

    service = _radios("Which service are you asking for?", SERVICES)
    ground = _radios("Why the child is eligible", GROUNDS)
    goal = _radios("What should be different for the child?", GOALS)
    weeks = forms.IntegerField(label="For how many weeks", required=False, min_value=1, max_value=104)
    wanted_by = HouseDateField(label="Wanted by (optional)", required=False)
    ask = _words("What you are asking the panel to agree", rows=3)
    referrer_name = _line("Your name")
    referrer_contact = _line("How to reach you")


class NeedsTaskForm(TaskForm):
    """Needs and story."""

    family_history = _words("What matters in the birth family’s history", help_text="If nothing is known, say so.")
    story = _words("What has happened, and what is happening now", rows=8)
    strengths = _words("What goes well (optional)", rows=3)
    sdq_score = forms.IntegerField(label="Latest SDQ score (optional)", required=False, min_value=0, max_value=40)
    sdq_on = HouseDateField(label="Date of that SDQ (optional)", required=False)


class RiskTaskForm(TaskForm):
    """The eleven risks, and safeguarding."""

    safeguarding = _words("Safeguarding issues and risks", help_text="If there are none, say so.")
    risk_notes = _words("What the risks look like, and what helps (optional)")
    counted = (*RISKS_TO_CHILD, *RISKS_TO_OTHERS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([*self.counted, "safeguarding", "risk_notes"])


for _name, _label in (RISKS_TO_CHILD | RISKS_TO_OTHERS).items():
    RiskTaskForm.base_fields[_name] = _radios(
        _label, RISK_OPTIONS
    )
    RiskTaskForm.base_fields[_name].widget.attrs["class"] = "row"


class SupportTaskForm(TaskForm):
    """Who helps now, what was tried, and where the child lives."""

    lives_now = _select("Where the child lives now", HOMES)
    weekly_cost = MoneyField(label="What that costs a week now (optional)", required=False)
    previous_interventions = _words("What has been tried before", help_text="If nothing has, say so.")
    open_to_mental_health = _radios(
        "Is the child open to mental health services?", [*YES_NO, ("waiting", "On a waiting list")]
    )
    people_around = _words("Who else works with the child, and should go on doing so (optional)", rows=4)


class DocumentsTaskForm(TaskForm):
    """Anything else; files are added on the same page."""

    other = _words("Any other information (optional)", rows=4)


class ConsentTaskForm(TaskForm):
    """Three facts kept apart: the basis, agreement, and permission to show files."""

    agreed_child = _radios("Does the child agree to work with the team?", [*YES_NO, ("not asked", "Not asked yet")])
    agreed_parents = _radios(
        "Does each person with parental responsibility agree?", [*YES_NO, ("not asked", "Not asked yet")]
    )
    show_files = _radios(
        "May the commissioner be shown the files?", YES_NO, help_text="Saying no stops nothing."
    )
    told_family = _radios("Has the family been told what is held, why and for how long?", YES_NO)


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


def typed_answers(form: TaskForm, posted) -> dict:
    """What was typed, field by field, exactly as it came; a NUL cannot be kept and is left out."""
    return {
        name: posted.get(name, "").replace("\x00", "") for name in form.fields if name in posted
    }
