"""The borough's children, all invented, and how far each one's referral has got."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """One child and one referral; `panel` counts fortnightly panels back from the next (0)."""

    name: str
    age: int
    gender: str
    service: str
    weeks: int
    worker: str
    panel: int | None
    ends: str
    band: str = "standard"
    more: dict = field(default_factory=dict)


# What `ends` says: the state in which the story leaves a referral. Panels run from 12 (24 weeks
# ago) to 1 (last week); those with no panel have not got so far.
C = Case
CASES = [
    C("Maya Thornbury", 14, "Girl", "outreach", 12, "sw", 12, "ended", "high"),
    C("Elliot Vance", 12, "Boy", "outreach", 12, "sw3", 12, "ended"),
    C("Tyrese Coleman", 15, "Boy", "hub", 8, "sw", 12, "followed", "urgent", {"until": 3}),
    C("Isla Denham", 13, "Girl", "outreach", 10, "sw4", 11, "ended early"),
    C("Kofi Mensah", 11, "Boy", "outreach", 26, "sw2", 11, "supported", "high"),
    C("Freya Lindqvist", 16, "Girl", "outreach", 12, "sw3", 11, "declined"),
    C("Jayden Marlow", 14, "Boy", "outreach", 24, "sw", 10, "supported"),
    C("Amelia Stroud", 10, "Girl", "outreach", 10, "sw4", 10, "ended"),
    C("Noah Whitcombe", 15, "Boy", "hub", 8, "sw2", 10, "followed", "urgent"),
    C("Zainab Yusuf", 13, "Girl", "outreach", 20, "sw3", 9, "supported", "high"),
    C("Callum Petrie", 16, "Boy", "outreach", 12, "sw4", 9, "declined and ended"),
    C("Ruby Hollis", 12, "Girl", "outreach", 18, "sw", 8, "supported"),
    C("Dylan Ashcroft", 15, "Boy", "outreach", 6, "sw3", 8, "ended", "standard", {"reason": "Moved to live with an aunt."}),
    C("Leila Haddad", 14, "Girl", "outreach", 20, "sw2", 8, "stepping down", "high"),
    C("Connor Blythe", 16, "Boy", "hub", 14, "sw4", 7, "in bed", "urgent"),
    C("Grace Oyelaran", 13, "Girl", "outreach", 20, "sw", 7, "supported on conditions"),
    C("Finley Carrow", 11, "Boy", "outreach", 18, "sw3", 6, "supported"),
    C("Sophie Tarrant", 17, "Girl", "outreach", 12, "sw4", 6, "redirected"),
    C("Mohammed Rahman", 14, "Boy", "hub", 16, "sw2", 5, "in bed", "urgent"),
    C("Poppy Elsworth", 12, "Girl", "outreach", 12, "sw", None, "withdrawn", "standard", {"ago": 70}),
    C("Reece Hadley", 15, "Boy", "outreach", 14, "sw3", 4, "supported"),
    C("Aaliyah Brooks", 13, "Girl", "outreach", 12, "sw", 4, "deferred"),
    C("Oscar Penhale", 16, "Boy", "hub", 12, "sw4", 3, "in bed", "high"),
    C("Hannah Quill", 14, "Girl", "outreach", 16, "sw2", 3, "in part"),
    C("Ethan Braddock", 13, "Boy", "outreach", 12, "sw", 2, "waiting", "high"),
    C("Chidi Anozie", 15, "Boy", "outreach", 16, "sw3", 2, "waiting"),
    C("Lottie Farrow", 12, "Girl", "outreach", 12, "sw4", 2, "conditions held back"),
    C("Marcus Illingworth", 16, "Boy", "hub", 12, "sw", 2, "offered", "urgent"),
    C("Ivy Rosedale", 11, "Girl", "outreach", 12, "sw2", 1, "waiting"),
    C("Samir Aziz", 15, "Boy", "hub", 8, "sw3", 1, "waiting", "high"),
    C("Beatrix Lomax", 14, "Girl", "outreach", 12, "sw", 1, "agreed held back"),
    C("Theo Garland", 17, "Boy", "outreach", 12, "sw4", 1, "recommended"),
    C("Nia Prosser", 13, "Girl", "outreach", 12, "sw", 0, "booked", "high"),
    C("Lewis Tranter", 15, "Boy", "outreach", 20, "sw3", 0, "booked"),
    C("Esme Fairweather", 12, "Girl", "hub", 8, "sw2", 0, "booked", "urgent"),
    C("Jamal Okeke", 14, "Boy", "outreach", 12, "sw", None, "ready", "high", {"ago": 10}),
    C("Willow Standish", 11, "Girl", "outreach", 16, "sw4", None, "papers out", "standard", {"ago": 9}),
    C("Harvey Mottram", 15, "Boy", "outreach", 12, "sw", None, "more information", "standard", {"ago": 12}),
    C("Aisha Karimi", 13, "Girl", "outreach", 12, "sw2", None, "sent", "standard", {"ago": 7}),
    C("Rowan Eccles", 16, "Boy", "hub", 8, "sw3", None, "sent", "standard", {"ago": 8}),
    C("Daisy Winterton", 14, "Girl", "outreach", 12, "sw", None, "returned", "standard", {"ago": 9}),
    C("Kai Sorensen", 15, "Boy", "properties", 26, "sw4", None, "with strategic manager", "standard", {"ago": 14}),
    C("Erin Maddocks", 12, "Girl", "outreach", 12, "sw", None, "with service manager", "standard", {"ago": 8}),
    C("Luca Ferrante", 13, "Boy", "outreach", 12, "sw", None, "with team manager", "standard", {"ago": 5}),
    C("Orla Kinsella", 16, "Girl", "hub", 8, "sw3", None, "with team manager", "standard", {"ago": 3}),
    C("Benji Calloway", 11, "Boy", "outreach", 12, "sw", None, "draft", "standard", {"ago": 6, "tasks": 5}),
    C("Megan Ashby", 14, "Girl", "outreach", 12, "sw2", None, "draft", "standard", {"ago": 4, "tasks": 2}),
    C("Idris Bello", 15, "Boy", "outreach", 12, "sw4", None, "draft", "standard", {"ago": 2, "tasks": 0}),
]  # fmt: skip

VIEWS = [
    "I want to stay at Nan’s. If I have to go anywhere I want to know before, not on the day.",
    "I don’t want loads of different people. One person who turns up would be good.",
    "I like it here but I get angry and then I feel bad. I want help with that, not to move again.",
    "School is the only bit that is OK. Please don’t move me away from school.",
    "I want to see my brother more. Nobody has told me when that will be.",
    "I’d rather be with a family than in the home. I can be good with babies and dogs.",
    "I don’t want to come to the meeting. Can someone tell me after what they said.",
    "I want to learn to cook and look after money so I can have my own place.",
    "I miss my mum. I know I can’t live there. I want that to be said out loud.",
    "It’s too loud at night and I can’t sleep. When I sleep I’m fine.",
    "I want them to stop asking me the same questions. Read what I said last time.",
    "I’m not bothered. Just somewhere I can stay.",
]
STORIES = [
    ("Three homes in fourteen months. The last ended after weekends when nobody was sleeping. The carers want to go "
    "on if somebody helps them plan evenings, and school has kept a place open."),
    ("Lives with a grandmother who has had no break since the spring. Two calls to the police in October, both at "
    "bedtime. Early help closed in June because the goals were met, and things slipped in the holidays."),
    ("In residential care since last winter, forty miles away. A foster family has met the child three times and is "
    "willing, with support in the first months."),
    ("On the edge of care. A parent is recovering from an operation and the older brother has moved out. The wider "
    "family has met once and agreed who will help on which days."),
]
HISTORIES = [
    "A parent was in care as a child. Two older half-brothers live together with relatives in the next county.",
    "The family moved here six years ago. An aunt lives near and sees the children every week.",
    "Little is known of the father’s family. The mother’s parents both write and visit.",
    "An uncle cared for the child for a year after a bereavement and is still close.",
]
ETHNICITIES = [
    "WBRI", "BAFR", "WBRI", "APKN", "MWBC", "WBRI", "WOTH", "ABAN",
]  # fmt: skip
RISKS = [
    "risk_missing", "risk_self_harm", "risk_physical", "risk_criminal_others", "risk_animals", "risk_criminal",
    "risk_sexual", "risk_substances", "risk_eating", "risk_fire", "risk_sexual_others",
]  # fmt: skip
HOMES = {"edge of care": "home", "residential": "residential", "complex": "foster", "high cost": "residential"}
GROUNDS = [("edge of care", "stay in family"), ("residential", "move to family"), ("complex", "stay in family"),
           ("high cost", "move to family"), ("edge of care", "edge of care")]  # fmt: skip
REASONS = [
    "The carers and school both want this to work, and one steady worker gives it the best chance.",
    "A move now would cost the child the school place; support where the child lives keeps it.",
    "The plan says what will be different by the review and who does what.",
    "The risk at night is real and falls when somebody plans the evening with the family.",
]
CONDITIONS = "The family group meeting is held before the first visit."


def answers(case: Case, turn: int, worker) -> dict[str, dict]:
    """What the social worker typed in each task, by its name."""
    ground, goal = GROUNDS[turn % len(GROUNDS)]
    first = case.name.split()[0]
    return {
        "child": {
            "address": f"{turn + 3} Orchard Row, Ashmere", "gender": case.gender[0].replace("G", "F").replace("B", "M"),
            "ethnicity": ETHNICITIES[turn % len(ETHNICITIES)], "legal_status": "section 20" if turn % 3 else "care order",
        },
        "request": {
            "service": case.service, "weeks": str(case.weeks), "goal": goal, "ground": ground,
            "ask": f"Agree {case.weeks} weeks so that {first} can {'be assessed in a calm place' if case.service == 'hub' else 'stay where things are going well'}.",
            "referrer_name": worker.full_name, "referrer_contact": "01632 960000",
        },
        "views": {
            "child_view": VIEWS[turn % len(VIEWS)], "how_gathered": "On a walk, and again at home.",
            "advocate": ("yes", "declined", "not yet")[turn % 3], "says_complete": "yes",
            "parents_view": "They agree with asking for help and want to be told what is decided.",
            "carers_view": "They want to go on, with somebody to ring in the evening.",
        },
        "needs": {
            "family_history": HISTORIES[turn % len(HISTORIES)], "story": STORIES[turn % len(STORIES)],
            "strengths": f"{first} keeps promises to younger children and likes being useful.", "says_complete": "yes",
            **({"sdq_score": str(11 + turn % 15)} if turn % 4 else {}),
        },
        "risk": {
            "safeguarding": "A strategy discussion was held in the summer; no further action. None open now.",
            **{risk: "present" if i in {turn % 6, turn % 4} else "none" for i, risk in enumerate(RISKS)},
            "risk_notes": "Worst in the late evening and after calls home. A calm adult and a plan for bedtime help most.",
        },
        "support": {
            "lives_now": HOMES[ground], "previous_interventions": "Early help; family support worker; school counsellor.",
            "open_to_mental_health": ("no", "yes", "waiting")[turn % 3],
        },
        "consent": {
            "agreed_child": ("yes", "yes", "not asked")[turn % 3], "agreed_parents": "yes",
            "show_files": "no" if turn % 7 == 0 else "yes", "told_family": "yes",
        },
    }  # fmt: skip
