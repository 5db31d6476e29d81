"""The answers that a referral's questions offer: kept as codes, shown as words."""

YES_NO = [("yes", "Yes"), ("no", "No")]
NOT_CHOSEN = ("", "Choose one")

# The codes of the Standard Safeguarding Dataset's pers_gender and pers_ethnicity.
GENDERS = [("F", "Girl"), ("M", "Boy"), ("I", "Identifies another way"), ("U", "Not known")]
ETHNICITIES = [
    NOT_CHOSEN,
    ("WBRI", "White British"), ("WIRI", "White Irish"), ("WIRT", "Traveller of Irish heritage"),
    ("WROM", "Gypsy or Roma"), ("WOTH", "Any other White background"),
    ("MWBC", "White and Black Caribbean"), ("MWBA", "White and Black African"),
    ("MWAS", "White and Asian"), ("MOTH", "Any other mixed background"),
    ("AIND", "Indian"), ("APKN", "Pakistani"), ("ABAN", "Bangladeshi"), ("CHNE", "Chinese"),
    ("AOTH", "Any other Asian background"), ("BAFR", "African"), ("BCRB", "Caribbean"),
    ("BOTH", "Any other Black background"), ("OOTH", "Any other ethnic group"),
    ("NOBT", "Not yet obtained"), ("REFU", "Prefers not to say"),
]  # fmt: skip
LEGAL = [
    NOT_CHOSEN,
    ("section 20", "Section 20 (care by agreement)"),
    ("care order", "Care order"),
    ("interim care order", "Interim care order"),
    ("placement order", "Placement order"),
    ("remand", "Remand"),
    ("child in need", "Child in need (section 17)"),
    ("child protection", "Child protection plan"),
    ("none", "None"),
]

# 001:125 and 001:130-136, 001:183-193, 000:15-19.
SERVICES = [
    ("outreach", "Outreach, where the child lives"), ("hub", "A hub assessment bed"),
    ("properties", "A place in a multi-functional property"),
]  # fmt: skip
SUPPORT_TYPES = [
    ("crisis", "Help in a crisis"),
    ("assessment", "Assessment and care planning"),
    ("transition", "Support through a move"),
    ("return home", "Family work so that the child can go home"),
]
COHORT = [
    ("emotional", "Has emotional difficulties and distressed behaviour"),
    ("complex", "Has complex health and social care needs"),
    ("young parent", "Is a young parent"),
    ("unregulated", "Finds it hard to regulate behaviour"),
    ("delayed transfer", "Has high needs because a transfer of care is delayed"),
    ("missing", "Is at particular risk from going missing"),
]
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
    NOT_CHOSEN, ("residential", "Residential care"), ("small group home", "A small group home of the council"),
    ("foster", "Foster carers of the council"), ("agency foster", "Foster carers of an agency"),
    ("connected", "Relatives or friends who foster"), ("adoptive", "Adoptive family"),
    ("hospital", "Hospital"), ("home", "At home with family"), ("lodgings", "Supported lodgings"),
    ("semi-independent", "Semi-independent living"), ("other", "Somewhere else"),
]  # fmt: skip

# The Placements Data Standard, version 2: six risks to the child and five to others, two answers each.
RISKS_TO_CHILD = {
    "risk_self_harm": "Self-harm", "risk_sexual": "Sexual exploitation", "risk_criminal": "Criminal exploitation",
    "risk_substances": "Drug and alcohol use", "risk_eating": "Eating disorder", "risk_missing": "Going missing",
}  # fmt: skip
RISKS_TO_OTHERS = {
    "risk_physical": "Physical harm to others or property", "risk_sexual_others": "Sexual harm to others",
    "risk_fire": "Setting fires", "risk_animals": "Harm to animals",
    "risk_criminal_others": "Criminal exploitation of others",
}  # fmt: skip
RISK_OPTIONS = [("none", "No known risk"), ("present", "Risk present")]
SUITABILITY = [
    ("preferred", "Preferred"), ("suitable", "Suitable, not preferred"), ("unsuitable", "Unsuitable"),
    ("not specified", "Not specified"),
]  # fmt: skip
HOME_TYPES = {"suits_foster": "Foster care", "suits_residential": "Residential care", "suits_supported": "Supported accommodation"}

# 002:748-766, in the house's words.
FACTORS = [
    ("risk taking", "Takes high risks"), ("substances", "Uses alcohol or drugs in a way that harms"),
    ("exploitation", "Has been, or may be, sexually exploited"), ("vulnerable", "Is vulnerable for several reasons"),
    ("distressed", "Shows distress through behaviour"), ("domestic abuse", "Has lived with domestic abuse"),
    ("engagement", "Finds it hard to take up services"), ("background", "Has ethnic or religious needs that services must meet"),
    ("learning", "Has a learning disability or developmental needs"), ("missing", "Goes missing from home, care or education"),
]  # fmt: skip

PRIME_USERS = [
    ("residential worker", "A residential worker"), ("foster carer", "A foster carer"), ("relative", "A parent or relative"),
    ("school", "Somebody from school"), ("social worker", "A social worker"), ("child", "The child"),
]  # fmt: skip
ENGAGES = [("yes", "Yes"), ("partly", "In part"), ("no", "No"), ("not asked", "Not asked yet")]
NOT_SAID = ("", "Not said")
# Who may decide for a child with the child (002:700).
RESPONSIBILITY = [
    NOT_CHOSEN, ("yes", "Holds parental responsibility"), ("no", "Does not hold parental responsibility"),
    ("unknown", "Not known whether they hold parental responsibility"),
]  # fmt: skip
CARES = [NOT_CHOSEN, ("yes", "Cares for the child"), ("no", "Does not care for the child day to day")]
AGREES = [("", "The same as the others"), *YES_NO, ("not asked", "Not asked yet")]
AFTERWARDS = [("", "Not decided"), ("keep", "Goes on as now"), ("hand over", "Hands over to the team")]
# An allowance is checked by whoever signs: that it follows policy and the law (003:79).
ALLOWANCES = [
    ("no", "No"), ("adoption", "Yes, an adoption allowance"), ("special guardianship", "Yes, a special guardianship allowance"),
]  # fmt: skip
