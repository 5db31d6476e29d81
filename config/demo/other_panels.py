"""The other bodies' terms: an example for the ART Referral Panel, and the resources panel's own."""

REFERRAL_NUMBERS = {
    "notice_working_days": None,
    "papers_working_days": 3,
    "review_weeks": 12,
    "pack_needs_approval": False,
    "thresholds": {"principles": True},
}
REFERRAL_CLAUSES = [
    {"number": "1", "heading": "Example, to be replaced",
     "text": "These terms are an example. The panel's own terms are not among the documents: paste them here.",
     "source": ""},
    {"number": "2", "heading": "What the panel does",
     "text": "It decides which referrals ART should take, and in what order.", "source": "000:204-207"},
    {"number": "3", "heading": "When it meets",
     "text": "Every two weeks. Papers go out three Working Days before.", "source": "",
     "sets": ["notice_working_days", "papers_working_days"]},
    {"number": "4", "heading": "Who must be there",
     "text": "The chair. No other seat is needed for a decision.", "source": "", "sets": ["seats", "standing items"]},
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
    "thresholds": {
        "section 17": 500, "section 17 by family": False, "section 17 months": None, "specialist assessment": 1000,
        "no recourse review weeks": 12, "principles": True,
    },
}  # fmt: skip
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
     "text": "Help for a child in need where the whole commitment is more than £500. What was committed before counts.", "source": "003:30",
     "sets": ["threshold:section 17", "threshold:section 17 by family", "threshold:section 17 months"]},
    {"number": "3.iv", "heading": "Remit: no recourse to public funds",
     "text": "Arrangements are reviewed every 12 weeks.", "source": "003:31", "sets": ["threshold:no recourse review weeks"]},
    {"number": "3.v", "heading": "Remit: other ways",
     "text": "Advising on other help, and seeing that universal services, family support and a family group "
     "conference were tried.", "source": "003:32"},
    {"number": "3.vi", "heading": "Remit: specialist assessments",
     "text": "Paying for assessments expected to cost more than £1,000, also before court; nothing above nationally "
     "agreed rates is expected.", "source": "003:33", "sets": ["threshold:specialist assessment"]},
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

RESOURCES_ROLES = [
    {"title": "Chair: a Head of Service", "letter": "a", "source": "003:37-44",
     "does": ["Chairs, brings everyone in, challenges, and sees that a decision is reached",
              "Agrees what the meeting recommends and its plan of action",
              "Knows planning for children and what is to be had locally", "Helps to manage risk"]},
    {"title": "Panel administrator", "source": "003:46-53",
     "does": ["Keeps a booking system that works", "Takes in referrals and plans the agenda",
              "Minutes the meeting and records decisions", "Sends papers to every member",
              "Puts review dates on the agenda of the panel they belong to", "Enters decisions on the case system"]},
    {"title": "Service Manager lead, family solutions", "letter": "b", "source": "003:55-57",
     "does": ["Advises on support for a child on the edge of care or going home, family group conferences included"]},
    {"title": "Placements lead", "letter": "c", "source": "003:59-64",
     "does": ["Advises which of the council’s own placements are free",
              "Says whether a carer can manage transport and supervised family time",
              "Works with teams to reach the council’s own placements", "Tells the panel what else there is"]},
    {"title": "Virtual School Head", "letter": "d", "source": "003:66-67",
     "does": ["Brings knowledge of education planning", "Moves on the use of pupil premium"]},
    {"title": "Commissioning lead", "letter": "e", "source": "003:69-71",
     "does": ["Oversees contracts closely",
              "Takes back what is needed, for recruiting foster carers and for commissioning"]},
    {"title": "Presenting worker and team manager", "source": "003:73-79",
     "does": ["Bring a referral that the team manager and the service manager have signed off",
              "The team manager sees that it is fit for purpose and within the remit",
              "The team manager sees that the summary and the ask are clear",
              "The team manager sees that any carer’s allowance follows policy and the law"]},
]

HEALTH, SOCIAL_CARE, EDUCATION = "Health", "Children’s social care", "Education via SEND"
TRIPARTITE_NUMBERS = {
    "notice_working_days": None,
    "papers_working_days": 5,
    "review_weeks": 12,
    "pack_needs_approval": False,
    "chair_rotation": [HEALTH, SOCIAL_CARE, EDUCATION],
    "front_line_attends": False,
}
TRIPARTITE_CLAUSES = [
    {"number": "1", "heading": "What it is for",
     "text": "Where a child’s needs may be paid for by two or three agencies together, the request comes here. "
     "Commissioning leads, and the agencies plan jointly.", "source": "003:86"},
    {"number": "2", "heading": "Chair",
     "text": "The three agencies take the chair in turn: health, children’s social care, and education through SEND.",
     "source": "003:90", "sets": ["chair_rotation"]},
    {"number": "3", "heading": "Members",
     "text": "The heads of service for children’s resources, SEND and the disability service, the health trust, and the "
     "lead commissioner for children’s services.", "source": "003:91-95", "sets": ["seats", "roles"]},
    {"number": "4", "heading": "Papers",
     "text": "Papers are presented without the agencies’ front-line workers having to come.", "source": "003:97",
     "sets": ["front_line_attends", "papers_working_days"]},
]  # fmt: skip
TRIPARTITE_SEATS = [
    {"letter": "a", "title": "Head of Service, children’s resources", "role": "Children’s social care", "agency": SOCIAL_CARE},
    {"letter": "b", "title": "Integrated health and care trust", "role": "Health", "agency": HEALTH},
    {"letter": "c", "title": "Head of Service, SEND", "role": "Education", "agency": EDUCATION},
    {"letter": "d", "title": "Head of Service, disability service", "role": "Disabled children"},
    {"letter": "e", "title": "Lead commissioner, children’s services", "role": "Leads the joint planning"},
]
TRIPARTITE_ROLES = [
    {"title": seat["title"], "letter": seat["letter"], "source": source, "does": [does]}
    for seat, source, does in zip(
        TRIPARTITE_SEATS, ["003:91", "003:92", "003:93", "003:94", "003:95"],
        ["Speaks for social care, and takes the chair in its turn", "Speaks for health, and takes the chair in its turn",
         "Speaks for education, and takes the chair in its turn", "Speaks for disabled children",
         "Leads the joint planning and what is commissioned"],
        strict=True,
    )
]  # fmt: skip
TRIPARTITE_ITEMS = REFERRAL_ITEMS

# Bodies that the strategy names and whose terms are not among the documents: slug, kind, name, aliases, source.
WITHOUT_TERMS = [
    ("early-help-planning", "early help", "Early help transition, oversight and planning meeting", "Early help planning meeting", "004:1080-1082"),
    ("family-care-and-protect", "family care", "Family care and protect meeting", "FCP", "004:1083"),
    ("childrens-decision-meeting", "child decision", "Children’s decision meeting", "CDM, child decision making panel", "004:1084-1085, 988-989"),
    ("permanence-panel", "permanence", "Permanence panel", "", "004:1087-1088, 991-992"),
    ("additional-resource-panel", "additional", "Additional resource panel", "", "004:4659-4663"),
    ("complex-care-panel", "complex care", "Complex care panel", "CCP", "004:4659-4663, 8453-8480"),
    ("high-risk-panel", "high risk", "Multi-agency high risk panel", "Panel for the most vulnerable care leavers", "004:1035-1036, 8718-8721"),
]  # fmt: skip

REASONS = [
    ("agree", "The help meets the child’s plan, and nothing nearer to home does"),
    ("agree", "One steady worker gives what is in place its best chance"),
    ("defer", "The child’s own view has still to be asked"),
    ("not agreed", "Help that is in place already meets the need"),
]
