"""The steering group's terms of reference: every clause in our own words, every number as data."""

SOURCE = "000"

NUMBERS = {
    "notice_working_days": 14,
    "notice_is_clear": True,
    "cancellation_hours": 24,
    "fewest_a_year": 6,
    "most_a_year": 12,
    "papers_working_days": 5,
    "alteration_days": 14,
    "pack_draft_working_days": 10,
    "pack_freeze_working_days": 6,
    "pack_needs_approval": True,
    "review_weeks": 12,
}

CLAUSES = [
    {
        "number": "1.1",
        "heading": "Where the service comes from",
        "text": "The council bought therapeutic support that wraps round a child in 2017. The team that won "
        "the contract moved to a new provider, took on changed purposes, and is now the Assessment and "
        "Resource Team (ART).",
        "source": "000:3-11",
    },
    {
        "number": "1.2",
        "heading": "What ART is for",
        "text": "ART helps the children with the most complex needs: those in residential care, those whose "
        "placements cost most, and those close to coming into care. It helps them move to a family-based "
        "home or stay in one (with foster carers, in supported lodgings or with parents), or move towards "
        "living independently.",
        "source": "000:15-19",
    },
    {
        "number": "1.3",
        "heading": "Advice to the people round the child",
        "text": "The child, and the social workers, carers, schools and others who work with the child, can "
        "get advice and support from ART.",
        "source": "000:21-22",
    },
    {
        "number": "1.4",
        "heading": "Other help stays in place",
        "text": "A child may need many people. ART adds its skills to those already there and does not take "
        "their place; where a relationship matters, as with the Virtual School or the placement support "
        "team, it goes on beside ART.",
        "source": "000:24-29",
    },
    {
        "number": "2",
        "heading": "Law",
        "text": "The group works within the regulations of June 2015 on care planning, placement and case "
        "review.",
        "source": "000:33",
    },
    {
        "number": "3",
        "heading": "Purpose of the group",
        "text": "The group sees that ART is used well and without waste. To do so it considers three "
        "matters: risks and interdependencies, referrals, and the contract with its indicators.",
        "source": "000:37-38",
    },
    {
        "number": "3.1",
        "heading": "Risks and interdependencies",
        "text": "Seven headings are kept: technology and practical arrangements; culture; ownership; "
        "training and staff development; communication; capacity and staffing; ART's on-call offer.",
        "source": "000:40-48",
    },
    {
        "number": "3.2",
        "heading": "Referrals",
        "text": "A summary of the children ART is working with, those being considered, and the order in "
        "which places should be given.",
        "source": "000:56-57",
    },
    {
        "number": "3.3",
        "heading": "Contract and indicators",
        "text": "The contract is watched through indicators of outcome and of financial benefit.",
        "source": "000:59",
    },
    {
        "number": "3.4",
        "heading": "At every meeting",
        "text": "These terms and the standing agenda are themselves considered each time the group meets.",
        "source": "000:61",
        "sets": ["standing items"],
    },
    {
        "number": "4",
        "heading": "To whom the group answers",
        "text": "The group reports to the investment plan's board, which the Director of Children and Family "
        "Services chairs. It has a link to the Benefits Monitoring Board, which advises the programme: "
        "that board checks the cashable and non-cashable benefits in the medium-term plan, raises whatever "
        "suggests a benefit will not be delivered so that it can be decided upon, and challenges.",
        "source": "000:65-77",
    },
    {
        "number": "5",
        "heading": "Who attends",
        "text": "Six seats, lettered a to f, are held by post and not by name. Seat a takes the chair. Other "
        "officers of the council and of the health trust (row g) are invited when it helps and it is "
        "fitting; they are invitees.",
        "source": "000:81-113",
        "sets": ["seats", "roles"],
    },
    {
        "number": "5.1",
        "heading": "Authority to decide",
        "text": "Each party confirms that the people who represent it may decide, at these meetings, on "
        "every part of the project.",
        "source": "000:122-123",
    },
    {
        "number": "6.1",
        "heading": "How often",
        "text": "The group meets at least six times and at most twelve times a year.",
        "source": "000:135-136",
        "sets": ["fewest_a_year", "most_a_year"],
    },
    {
        "number": "6.2",
        "heading": "Extra meetings for development",
        "text": "Where the group agrees, the chair may call an extra meeting to do developmental work.",
        "source": "000:138-139",
    },
    {
        "number": "6.3",
        "heading": "Too little business",
        "text": "Where there is too little to consider the chair may cancel a meeting, having first asked "
        "every Representative and weighed what all of them say.",
        "source": "000:141-143",
    },
    {
        "number": "7.1",
        "heading": "Dates for the year",
        "text": "The dates of a calendar year's meetings are agreed before it begins.",
        "source": "000:148",
    },
    {
        "number": "7.2",
        "heading": "Notice",
        "text": "The chair gives at least 14 Working Days' notice of a meeting. In an emergency a meeting may "
        "be called at any time, on whatever notice is reasonable in the circumstances.",
        "source": "000:150-152",
        "sets": ["notice_working_days", "notice_is_clear"],
    },
    {
        "number": "7.3",
        "heading": "Agenda",
        "text": "Before each meeting the chair has an agenda, with the items to be discussed, sent to every "
        "Representative.",
        "source": "000:155-156",
        "sets": ["papers_working_days", "pack_draft_working_days", "pack_freeze_working_days", "pack_needs_approval"],
    },
    {
        "number": "7.4",
        "heading": "Notice of cancellation",
        "text": "Every Representative is told that a meeting is cancelled at least 24 hours before it was to "
        "start.",
        "source": "000:158-160",
        "sets": ["cancellation_hours"],
    },
    {
        "number": "8.1",
        "heading": "Quorum",
        "text": "At the least: the council's Assistant Director for social care or a suitable delegate; ART's "
        "Children's Services Manager; a Head of Service; and a Service Manager, or fitting delegates.",
        "source": "000:167-169",
        "sets": ["limb:Assistant Director", "limb:ART Children's Services Manager", "limb:Head of Service", "limb:Service Manager"],
    },
    {
        "number": "8.2",
        "heading": "Minutes",
        "text": "The Assistant Director's senior business support assistant takes and keeps minutes of every "
        "decision, and copies them to all members and to others whom the parties agree.",
        "source": "000:171-173",
    },
    {
        "number": "9",
        "heading": "Disputes",
        "text": "A dispute between Representatives that a meeting cannot settle is taken under clause 59 of the "
        "Service Contract.",
        "source": "000:178-180",
    },
    {
        "number": "10",
        "heading": "Changing these terms",
        "text": "Anyone who wants these terms changed gives the chair the whole proposal in writing at least 14 "
        "days before the day of the meeting that first considers it.",
        "source": "000:184-186",
        "sets": ["alteration_days"],
    },
    {
        "number": "11",
        "heading": "Referral panels",
        "text": "Children are referred to ART through the ART Referral Panel. Before referring, talk to social "
        "care and read that panel's own terms.",
        "source": "000:204-207",
    },
    {
        "number": "12",
        "heading": "Signatures",
        "text": "These terms are signed for the council and for the provider, each with representative, "
        "position and date.",
        "source": "000:219-230",
        "sets": ["parties"],
    },
]

LIMBS = [
    {"role": "Assistant Director", "needed": 1},
    {"role": "ART Children's Services Manager", "needed": 1},
    {"role": "Head of Service", "needed": 1},
    {"role": "Service Manager", "needed": 1},
]

SEATS = [
    {"letter": "a", "title": "Assistant Director, children's social care", "role": "Chair",
     "is_chair": True, "limb": "Assistant Director"},
    {"letter": "b", "title": "Head of Service, children in care, fostering and adoption",
     "role": "Operations: the right service at the right time", "limb": "Head of Service"},
    {"letter": "c", "title": "Service Manager, children in care",
     "role": "Operations: the right service at the right time", "limb": "Service Manager"},
    {"letter": "d", "title": "Service Manager, fostering",
     "role": "Operations: the right service at the right time", "limb": "Service Manager"},
    {"letter": "e", "title": "Service Manager, commissioning and planning, or a nominated officer",
     "role": "Contract, indicators and financial benefit", "limb": "Service Manager"},
    {"letter": "f", "title": "ART Children's Services Manager",
     "role": "How well it is being put into practice", "is_provider": True,
     "limb": "ART Children's Services Manager"},
    {"letter": "g", "title": "Officers of the health trust and the council, invited when it helps",
     "role": "Invited", "is_invitee": True},
]  # fmt: skip

ROLES = [
    {"title": "Assistant Director, children’s social care", "letter": "a", "source": "000:85-88",
     "does": ["Takes the chair"]},
    {"title": "Head of Service, children in care, fostering and adoption", "letter": "b", "source": "000:90-92",
     "does": ["Sees that the resource is used well: the right service for each child at the right time"]},
    {"title": "Service Manager, children in care", "letter": "c", "source": "000:94-96",
     "does": ["Speaks for day-to-day work with children in care, and sees that the resource is used well"]},
    {"title": "Service Manager, fostering", "letter": "d", "source": "000:98-100",
     "does": ["Speaks for day-to-day work in fostering, and sees that the resource is used well"]},
    {"title": "Service Manager, commissioning and planning, or a nominated officer", "letter": "e", "source": "000:102-106",
     "does": ["Manages the contract", "Follows the indicators and the financial benefit"]},
    {"title": "ART Children’s Services Manager", "letter": "f", "source": "000:108-109",
     "does": ["Reports how well ART is being put into practice"]},
    {"title": "Officers of the health trust and the council", "letter": "g", "source": "000:111-113",
     "does": ["Are invited when it helps; they fill no seat of the quorum"]},
    {"title": "Senior business support assistant to the Assistant Director", "source": "000:171-173",
     "does": ["Takes and keeps minutes of every decision", "Copies them to all members, and to others whom the parties agree"]},
]

# The ruling's order; interests second on every agenda, other business last.
STANDING_ITEMS = [
    {"kind": "last minutes", "title": "Attendance, last minutes and actions", "minutes": 10},
    {"kind": "interests", "title": "Declarations of interest", "minutes": 5},
    {"kind": "standing", "title": "Terms of reference and standing agenda", "minutes": 5, "source": "000:61"},
    {"kind": "standing", "title": "Risks and interdependencies", "minutes": 20, "source": "000:40-48"},
    {"kind": "standing", "title": "Referrals and capacity", "minutes": 25, "source": "000:56-57"},
    {"kind": "standing", "title": "Contract and indicators", "minutes": 25, "source": "000:59"},
    {"kind": "standing", "title": "Benefits", "minutes": 20, "source": "000:65-77"},
    {"kind": "other", "title": "Other business", "minutes": 10},
]

RISKS = [
    ("technology", "Two case systems hold the plan, so the same goal is typed twice.", "ART manager", "A", "same"),
    ("culture", "Some teams still ask for a residential place before outreach has been tried.", "Head of Service", "A", "better"),
    ("ownership", "It is not always clear who leads when ART and the placement support team both visit.", "Service Manager, children in care", "G", "better"),
    ("training", "Three new outreach workers finish their trauma training in January.", "ART manager", "G", "same"),
    ("communication", "Carers hear about a place later than the social worker does.", "Service Manager, fostering", "A", "worse"),
    ("capacity", "Ten of twelve outreach places are taken and the speech therapist's post is empty.", "ART manager", "R", "worse"),
    ("on call", "The on-call rota has one night a week without a second worker.", "ART manager", "A", "same"),
]
