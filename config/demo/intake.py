"""What else the borough's social workers wrote, the criteria they are judged by, and the exceptions they asked for."""

from datetime import date, timedelta

from core import clock
from core.actions.setting import settle_reading
from referrals.actions.child import add_child
from referrals.actions.eligibility import ask_for_exception, decide_exception
from referrals.actions.network import log_consultation, record_residency, save_agency
from referrals.actions.referral import save_task, start_referral
from referrals.actions.word_form import import_form
from referrals.forms.word.making import word_form
from referrals.forms.word.reading import read_form
from referrals.models import Child

# The core's age and distance, and the pilot's carers, as the second document prints them.
CRITERIA = {"under": 18, "miles": 20, "version": "1", "source": "002:627-633"}
PILOT_CRITERIA = {"under": 18, "miles": 20, "in_house": True, "version": "1", "source": "002:723-726"}

TYPES = ["crisis", "assessment", "transition", "return home"]
COHORT = ["emotional", "complex", "unregulated", "missing"]
FACTORS = ["risk taking", "vulnerable", "distressed", "domestic abuse", "learning", "missing"]


def more_answers(case, turn: int) -> dict[str, dict]:
    """The answers beside those of cases.py, by task."""
    return {
        "request": {
            "support_types": [TYPES[turn % 4]] if turn % 4 == 1 else [TYPES[turn % 4], "assessment"],
            "cohort": [COHORT[turn % len(COHORT)]] if case.service == "hub" else [],
            "discussed_with": "The team manager, at supervision",
        },
        "views": {"parents_engage": ("yes", "partly", "not asked")[turn % 3], "carers_engage": "yes"},
        "risk": {
            "factors": [FACTORS[turn % len(FACTORS)], FACTORS[(turn + 3) % len(FACTORS)]],
            "suits_foster": ("preferred", "suitable")[turn % 2], "suits_residential": "unsuitable",
        },
        "support": {
            "miles": str(turn % 15 + 1), "prime_user": ("relative", "residential worker", "foster carer")[turn % 3],
            "prime_user_name": ("Aunt Kay", "Dee Marlow", "Sam Oakes")[turn % 3],
            "around_1_name": "The designated teacher", "around_1_role": "Virtual School", "around_1_after": "keep",
            "around_2_name": "A family support worker", "around_2_role": "Early help",
            "around_2_after": ("keep", "hand over")[turn % 2],
        },
    }  # fmt: skip


def ask_exceptions(borough, case, referral, worker) -> None:
    """One child beyond the distance, still to be decided; one whose home the pilot does not name, allowed."""
    if case.service == "properties":
        asked = ask_for_exception(referral, criterion="home", reason="A room near school keeps the place there.", by=worker)
        decide_exception(asked, allowed=True, reason="The school place is what has held. Review in eight weeks.", by=borough.strategic)
    elif case.ends == "draft" and case.more.get("tasks") == 5:
        task = referral.tasks.get(name="support")
        save_task(task, answers={**task.answers, "miles": "23", "lives_now": "foster"}, version=task.version, by=worker)
        ask_for_exception(
            referral, criterion="distance", by=worker,
            reason="Three miles over. The carers are ours and the team already works in that town.",
        )  # fmt: skip


AGENCIES = [
    ("virtual school", "Ashmere Virtual School", "School places, plans for learning, extra lessons."),
    ("fostering", "Ashmere fostering team", "Supervising social workers and carers’ training."),
    ("homes", "Ashmere small group homes", "Day and night staff of the council’s homes."),
    ("education", "Ashmere schools’ inclusion team", "Attendance, and coming back after time away."),
    ("youth justice", "Ashmere youth justice team", "Orders, prevention and mending harm."),
    ("camhs 2", "Ashmere community wellbeing", "Worry, low mood and sleep; no diagnosis is needed."),
    ("camhs 3", "Ashmere Health specialist service", "Assessment and treatment; carers may ring the duty line."),
    ("psychology", "Ashmere educational psychology", "How a child learns, and what helps in class."),
    ("advocacy", "Speak Up Ashmere", "An advocate for any child in care, who works for nobody who decides."),
]  # fmt: skip
ADVICE = [
    ("carer", "A boy of nine, fostered", "Bedtimes: one plan for both carers, tried for two weeks."),
    ("child", "Herself", "She asked how to tell her social worker what she does not want. We wrote it down together."),
    ("school", "A girl in year 8", "What the morning looks like at home, and one adult to come to."),
    ("residential", "Two boys in one home", "How to keep an argument small; a call after each weekend."),
    ("social worker", "A family expecting a fourth child", "Whether to refer now: not yet, and what would change that."),
]  # fmt: skip


def set_up(borough, since: date) -> None:
    """The directory, and the panel's terms that referrers read first."""
    for kind, name, helps in AGENCIES:
        save_agency(
            authority=borough.authority, kind=kind, name=name, reach="01632 960000, weekdays 9am to 5pm",
            helps_with=helps, by=borough.pa,
        )  # fmt: skip
    terms = {"label": "terms of the ART referral panel, version 1", "url": "/terms-of-reference"}
    settle_reading("referral panel terms", terms, from_on=since, authority=borough.authority, by=borough.pa)


RESIDENTS = [("Alfie Norwood", 13, "Elm Lodge", 200), ("Sanaa Qureshi", 15, "Elm Lodge", 90), ("Jonah Pell", 12, "Hazel Lodge", 40)]


def beside_referrals(story) -> None:
    """Residents, advice to the network, and one draft that nobody has touched for twelve weeks."""
    borough, today = story.borough, story.today
    for turn, (name, age, home, ago) in enumerate(RESIDENTS):
        story.at(today - timedelta(days=ago), 10, _resident(borough, name, age, home, f"LCS{52000 + turn}"))
    for turn, (asked_by, about, advice) in enumerate(ADVICE):
        story.at(today - timedelta(days=9 * turn + 4), 15, _advice(borough.worker, asked_by, about, advice))
    story.at(today - timedelta(days=2), 16, lambda: _from_word(borough))
    story.at(today - timedelta(days=86), 11, lambda: start_referral(_child(borough, "Wren Castell", 13, "LCS52100"), by=borough.sw))


def _from_word(borough):
    """A draft that began as the Word form, with one answer that could not be read for certain."""
    said = {
        "child_number": "LCS52101", "request.service": "Outreach, where the child lives", "request.weeks": "10",
        "request.ask": "Agree 10 weeks, so that evenings are calm again.", "request.goal": "Stay where things go well",
        "needs.story": "Three homes in two years. This one is holding.", "views.child_view": "I like it here. I want my own key.",
    }  # fmt: skip
    _child(borough, "Robin Ashdown", 14, "LCS52101")
    read = read_form(content := word_form(said))
    import_form(
        list(Child.objects.filter(case_number="LCS52101")), name="Referral form.docx", content=content, answers=read.answers,
        read=read.read, unsure=read.unsure, left=read.left, by=borough.sw,
    )  # fmt: skip


def _child(borough, name, age, number):
    born_on = clock.today() - timedelta(days=age * 365 + 150)
    return add_child(
        authority=borough.authority, full_name=name, born_on=born_on, case_number=number, social_worker=borough.sw,
        team=borough.teams["north"], by=borough.sw,
    )  # fmt: skip


def _resident(borough, name, age, home, number):
    return lambda: record_residency(_child(borough, name, age, number), home=home, moved_in_on=clock.today(), by=borough.tm)


def _advice(worker, asked_by, about, advice):
    def log():
        worker.acting = worker.current_roles[0]
        log_consultation(on=clock.today(), asked_by=asked_by, about=about, advice=advice, by=worker)

    return log
