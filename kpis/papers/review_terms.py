"""The terms of a panel that reviews a contract, in our own words, with the lines of the specification they come from."""

NUMBERS = {
    "notice_working_days": None,
    "papers_working_days": 5,
    "pack_needs_approval": False,
    "thresholds": {"urgent working days": 2},
}
CLAUSES = [
    {"number": "1", "heading": "What reviews are for",
     "text": "The provider and the commissioners meet as part of watching over the contract, and talk about how the service performs.",
     "source": "002:881"},
    {"number": "2", "heading": "How often",
     "text": "Each month in the first year. After it every three months, as long as performance is satisfactory. The core service "
     "and the pilot may differ.", "source": "002:881"},
    {"number": "3", "heading": "When something cannot wait",
     "text": "Either side may ask for a review before the next one is due, about a matter grave and urgent enough, with reasonable "
     "notice. Reasonable is read as two clear Working Days until the parties settle it.", "source": "002:881"},
    {"number": "4", "heading": "What reviews are not",
     "text": "Days on which the service is developed, contact days and training come beside reviews and do not take their place.",
     "source": "002:881"},
    {"number": "5", "heading": "What is considered",
     "text": "Seven topics, in their order, at every review; they are the standing items.", "source": "002:884-890",
     "sets": ["standing items"]},
    {"number": "6", "heading": "Root-and-branch assessment",
     "text": "The council may at any time have the whole quality of the service assessed, with visits on which staff, children and "
     "others who have to do with it are spoken with.", "source": "002:892"},
    {"number": "7", "heading": "Who sits", "text": "The commissioners, one of whom takes the chair, and the provider.",
     "source": "002:881", "sets": ["seats"]},
]  # fmt: skip
SEATS = [
    {"letter": "a", "title": "Chair, for the commissioners", "role": "Leads the review", "is_chair": True},
    {"letter": "b", "title": "Commissioner of the contract", "role": "Says what was found"},
    {"letter": "c", "title": "Provider’s manager", "role": "Brings the provider’s return", "is_provider": True},
]
TOPICS = [
    ("Progress of the core service, with its outcomes", "002:884", 20),
    ("Progress of the pilot, with its outcomes", "002:885", 15),
    ("Performance figures of the period just ended", "002:886", 20),
    ("What the provider’s own checks of its data showed", "002:887", 10),
    ("What children and families say, and what studies found", "002:888", 15),
    ("Complaints of the period just ended", "002:889", 10),
]
ITEMS = [
    {"kind": "last minutes", "title": "Attendance, last minutes and actions", "minutes": 10},
    {"kind": "interests", "title": "Declarations of interest", "minutes": 5},
    *({"kind": "standing", "title": title, "source": source, "minutes": minutes} for title, source, minutes in TOPICS),
    {"kind": "other", "title": "Anything else that bears on the contract", "source": "002:890", "minutes": 10},
]


def terms_of_reviews() -> dict:
    """Everything `adopt_terms` takes but the day."""
    return {"numbers": NUMBERS, "clauses": CLAUSES, "seats": SEATS, "limbs": [], "standing_items": ITEMS, "source": "002:881-892"}


def topics() -> list[str]:
    """The seven topics, in their order (002:884-890)."""
    return [title for title, _, _ in TOPICS] + [ITEMS[-1]["title"]]
