"""The other bodies' terms: an example for the ART Referral Panel, and the resources panel's own."""

REFERRAL_NUMBERS = {
    "notice_working_days": None,
    "papers_working_days": 3,
    "review_weeks": 12,
    "pack_needs_approval": False,
}
REFERRAL_CLAUSES = [
    {"number": "1", "heading": "Example, to be replaced",
     "text": "These terms are an example. The panel's own terms are not among the documents: paste them here.",
     "source": ""},
    {"number": "2", "heading": "What the panel does",
     "text": "It decides which referrals ART should take, and in what order.", "source": "000:204-207"},
    {"number": "3", "heading": "When it meets",
     "text": "Every two weeks. Papers go out three Working Days before.", "source": ""},
    {"number": "4", "heading": "Who must be there",
     "text": "The chair. No other seat is needed for a decision.", "source": ""},
]  # fmt: skip
REFERRAL_SEATS = [
    {"letter": "a", "title": "Chair", "role": "Agrees each recommendation", "is_chair": True},
    {"letter": "b", "title": "Virtual School Head", "role": "Education"},
    {"letter": "c", "title": "Health representative", "role": "Health"},
    {"letter": "d", "title": "ART manager", "role": "Provider", "is_provider": True},
]
REFERRAL_ITEMS = [
    {"kind": "last minutes", "title": "Attendance, last minutes and actions", "minutes": 10},
    {"kind": "interests", "title": "Declarations of interest", "minutes": 5},
    {"kind": "other", "title": "Other business", "minutes": 5},
]

RESOURCES_NUMBERS = {
    "notice_working_days": None,
    "papers_working_days": 5,
    "review_weeks": 12,
    "pack_needs_approval": False,
    "thresholds": {"section 17": 500, "specialist assessment": 1000, "no recourse review weeks": 12},
}
RESOURCES_CLAUSES = [
    {"number": "1.1", "heading": "Aims",
     "text": "The panel keeps practice and decisions consistent and gives value for money.", "source": "003:3"},
    {"number": "1.2", "heading": "Whose plans it considers",
     "text": "Children in care, children on the edge of care and children in need. It helps plan well, use "
     "relatives, friends and the council's own foster carers, watch progress and cost, and oversees the dearest "
     "placements and joint funding.", "source": "003:4"},
    {"number": "1.3", "heading": "What it works towards",
     "text": "Families stay together where that is safe; fewer children come into care; those who do return home "
     "in good time or live somewhere good.", "source": "003:5"},
    {"number": "2", "heading": "Twelve principles",
     "text": "High standards of practice; decisions that rest on the child's needs and best interests; safety, "
     "welfare and good timing for the child's age; families together where safe; strong decisions that lead to a "
     "lasting home; the child's wishes and feelings; their identity, culture, language and disability; whether "
     "parents and carers have been heard and take up help; plans that say who does what; every resource round the "
     "child; help aimed where it lets children stay with family or near home; and watching what help achieves.",
     "source": "003:9-20"},
    {"number": "3.i", "heading": "Remit: placements", "text": "Placements that the authority does not itself provide, "
     "and extra costs where they are identified.", "source": "003:23"},
    {"number": "3.ii", "heading": "Remit: resources",
     "text": "Agreeing kinds of resource or placement for the short and the long term from the budgets for adopters' "
     "and special guardians' allowances, extra transport, and supervised family time outside the contract.",
     "source": "003:25-28"},
    {"number": "3.iii", "heading": "Remit: section 17",
     "text": "Help for a child in need where the whole commitment is more than £500.", "source": "003:30"},
    {"number": "3.iv", "heading": "Remit: no recourse to public funds",
     "text": "Arrangements are reviewed every 12 weeks.", "source": "003:31"},
    {"number": "3.v", "heading": "Remit: other ways",
     "text": "Advising on other help, and seeing that universal services, family support and a family group "
     "conference were tried.", "source": "003:32"},
    {"number": "3.vi", "heading": "Remit: specialist assessments",
     "text": "Paying for assessments expected to cost more than £1,000, also before court; nothing above nationally "
     "agreed rates is expected.", "source": "003:33"},
    {"number": "5", "heading": "Sign-off",
     "text": "The team manager and then the service manager approve each referral. The team manager confirms that it "
     "is fit for purpose and in remit, that summary and ask are clear, and that any allowance follows policy and law.",
     "source": "003:74-79"},
    {"number": "6", "heading": "Conflicts of interest",
     "text": "Everyone declares personal interests and ties to outside contractors; this is on every agenda. A member "
     "with an interest in a placement takes no part in discussing or deciding it.", "source": "003:83-84"},
    {"number": "7", "heading": "Joint funding",
     "text": "Requests for joint or three-way funding go to the Tripartite group, led by commissioning, whose chair "
     "turns between health, social care and education. Front-line workers need not attend.", "source": "003:86-97"},
]  # fmt: skip
RESOURCES_SEATS = [
    {"letter": "a", "title": "Head of Service", "role": "Chair: challenges, agrees recommendations and actions", "is_chair": True},
    {"letter": "b", "title": "Service Manager, family solutions", "role": "Support on the edge of care and for going home"},
    {"letter": "c", "title": "Placements lead", "role": "In-house placements, transport and family time"},
    {"letter": "d", "title": "Virtual School Head", "role": "Education planning and pupil premium"},
    {"letter": "e", "title": "Commissioning lead", "role": "Contracts, and what is needed but cannot be had"},
]
RESOURCES_ITEMS = REFERRAL_ITEMS
