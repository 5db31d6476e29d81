"""The numbers of referrals that a council settles by date; the pure rules take them as arguments."""

from core.readings import Reading, declare

CONTACT, LOOK_AGAIN = "contact-every", "band-looked-at-every"
OUTREACH_AFTER, FIRST_REVIEW = "outreach-after-a-bed", "first-review-of-a-bed"
REMIND, LET_GO = "draft-reminder", "draft-let-go"
READS_ON, TELL_WITHIN = "provider-reads-on", "child-told-within"

declare(
    Reading(CONTACT, "Contact with those who wait, at least every", "day", 14, 1, 90, "Waiting list", "002:743-744; 14 is the house’s own reading"),
    Reading(LOOK_AGAIN, "Priority looked at again, at least every", "day", 28, 1, 180, "Waiting list", "002:741; 28 is the house’s own reading"),
    Reading(OUTREACH_AFTER, "Outreach held after a bed", "week", 12, 1, 104, "Offer of a bed", "001:195-199; 12 where the panel decided no other"),
    Reading(FIRST_REVIEW, "First review of a bed, after", "week", 4, 1, 26, "Offer of a bed", "001:178-180; 4 is the house’s own reading"),
    Reading(REMIND, "Writer reminded of an untouched draft, after", "day", 7, 1, 30, "Drafts", "The house’s own reading"),
    Reading(LET_GO, "Draft never sent let go, after", "day", 90, 31, 366, "Drafts", "The house’s own reading"),
    Reading(READS_ON, "Provider reads on after support ends, for", "day", 30, 0, 366, "Ending", "The house’s own reading"),
    Reading(TELL_WITHIN, "Child told of a decision, within", "Working Day", 5, 1, 20, "Telling the child", "The house’s own reading"),
)
