"""The numbers of referrals that a council settles by date; the pure rules take them as arguments."""

from core.readings import Reading, declare

CONTACT, LOOK_AGAIN = "contact-every", "band-looked-at-every"
OUTREACH_AFTER, FIRST_REVIEW = "outreach-after-a-bed", "first-review-of-a-bed"
REMIND, LET_GO = "draft-reminder", "draft-let-go"
READS_ON, TELL_WITHIN = "provider-reads-on", "child-told-within"
RESTRICTION, GLASS = "restriction-looked-at-every", "emergency-opening"
INTERVIEW, OFTEN, OFTEN_IN = "return-interview-within", "missing-often", "missing-often-in"
SDQ_FROM, AT_RISK, AREA = "sdq-from", "placement-at-risk-within", "outside-the-area-beyond"
HIGH_SDQ = "high-sdq-from"
BEFORE_18, PATHWAY = "warned-before-18", "pathway-before-18"
FROM_BIRTH, FROM_DEATH = "kept-from-birth", "kept-from-death"
FROM_ORDER, FROM_CLOSING = "kept-from-adoption", "kept-from-closing"

declare(
    Reading(CONTACT, "Contact with those who wait, at least every", "day", 14, 1, 90, "Waiting list", "002:743-744; 14 is the house’s own reading"),
    Reading(LOOK_AGAIN, "Priority looked at again, at least every", "day", 28, 1, 180, "Waiting list", "002:741; 28 is the house’s own reading"),
    Reading(OUTREACH_AFTER, "Outreach held after a bed", "week", 12, 1, 104, "Offer of a bed", "001:195-199; 12 where the panel decided no other"),
    Reading(FIRST_REVIEW, "First review of a bed, after", "week", 4, 1, 26, "Offer of a bed", "001:178-180; 4 is the house’s own reading"),
    Reading(REMIND, "Writer reminded of an untouched draft, after", "day", 7, 1, 30, "Drafts", "The house’s own reading"),
    Reading(LET_GO, "Draft never sent let go, after", "day", 90, 31, 366, "Drafts", "The house’s own reading"),
    Reading(READS_ON, "Provider reads on after support ends, for", "day", 30, 0, 366, "Ending", "The house’s own reading"),
    Reading(TELL_WITHIN, "Child told of a decision, within", "Working Day", 5, 1, 20, "Telling the child", "The house’s own reading"),
    Reading(RESTRICTION, "Restricted record looked at again, every", "day", 90, 7, 366, "Restricted records", "002:856; 90 is the house’s own reading", takes_two=True),
    Reading(GLASS, "Restricted record opened in an emergency, for", "minute", 60, 10, 480, "Emergency opening", "002:856; 60 is the house’s own reading", takes_two=True),
    Reading(INTERVIEW, "Return interview, within", "hour", 72, 24, 168, "Missing from home", "004:4928-4971", takes_two=True),
    Reading(OFTEN, "Missing often, from", "time", 3, 2, 10, "Missing from home", "004:4807-4817", takes_two=True),
    Reading(OFTEN_IN, "Missing often, counted over", "day", 90, 28, 366, "Missing from home", "004:4807-4817", takes_two=True),
    Reading(SDQ_FROM, "SDQ that gives priority access, from", "point", 17, 1, 40, "Triage, mental health services, SDQ", "002:10, 622; 004:4689-4691", takes_two=True),
    Reading(HIGH_SDQ, "SDQ that the head of service looks at each year, from", "point", 17, 1, 40, "High SDQ scores", "004:4689-4691 prints “over 17”; 17 itself is taken in, where the Department’s cause for concern begins", takes_two=True),
    Reading(AT_RISK, "Placement counts as at risk, within", "day", 5, 1, 28, "Priority", "002:741; 5 is the house’s own reading"),
    Reading(AREA, "Child counts as living outside the area, beyond", "mile", 20, 1, 200, "Priority", "002:633"),
    Reading(BEFORE_18, "Warned of an eighteenth birthday, before it by", "month", 6, 1, 24, "Moving on, offers of a bed", "002:676; six months is the house’s own reading", takes_two=True),
    Reading(PATHWAY, "Pathway plan and adviser asked for, before an eighteenth birthday by", "month", 30, 12, 36, "Reviews", "004:1031-1033", takes_two=True),
    Reading(FROM_BIRTH, "Record of a looked-after child kept, from birth", "year", 75, 75, 150, "Records", "000:33, regulation 50; to be checked by the council", takes_two=True),
    Reading(FROM_DEATH, "Record of a looked-after child who died before 18 kept, from death", "year", 15, 15, 150, "Records", "000:33, regulation 50; to be checked by the council", takes_two=True),
    Reading(FROM_ORDER, "Adopted child’s record kept, from the order", "year", 100, 75, 150, "Records", "100 is the house’s own reading; to be checked by the council", takes_two=True),
    Reading(FROM_CLOSING, "Any other child’s record kept, from the last day anything happened", "year", 35, 6, 150, "Records", "The council’s schedule; 35 is the house’s own reading", takes_two=True),
)
