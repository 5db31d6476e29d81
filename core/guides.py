"""A one-page guide for each role: what is done here, the five things done most, and who to ask."""

from dataclasses import dataclass

from core.roles import Role

TO_DO = ("Read what waits for you", "/", "To do has what is overdue first, then today and this week. Each line says what to do.")
MEETINGS = ("See what is coming", "/meetings", "Each meeting shows its date, its papers and whether enough people will be there.")
INTERESTS = "Declare an interest before the meeting or at it. You are then out of that item everywhere: its paper, its talk and its minutes."
PACKS = ("Read the pack", "/steering/packs", "The figures are frozen before the meeting. Small numbers about children are shown as c.")
KPIS = ("Look at a measure", "/kpis", "Each figure says what it was counted from, and whether a change is more than chance.")
PAPERS = ("Read your papers", "/papers", "All items of your next meetings, in order, and how many you have read.")
TERMS = ("Read the rules of a panel", "/terms-of-reference", "Seats, quorum and notice, each with the clause it comes from.")
COVER = ("Name who signs while you are away", "/account/delegates", "From one day to another, one other manager signs for you.")
RESTRICTED = "A restricted record is not there for anybody who is not named on it: no list, count or search tells of it."
NO_NAMES = "Lists and addresses carry references such as RK4-7QX. Use those in emails, never a child’s name."
COMPLIMENT = "A good word can be kept from any page: the link is at its foot."
BENEFITS = ("See what was saved", "/benefits", "Cashable, non-cashable and contract savings apart; each is provisional until finance validates it.")
NOTHING_LOST = "What you type is saved as you go. After a sign-out it is still there when you sign in again."
ADMINISTRATOR = ("Your account and roles", "the system administrator of your council")
GOVERNANCE = ("A record you may not open, or somebody who should not have looked", "the information governance officer")


@dataclass(frozen=True)
class Guide:
    """One role's page: `things` are (what, where, how), `know` sentences, `ask` pairs of (about what, whom)."""

    role: Role
    slug: str
    does: str
    things: tuple
    know: tuple
    ask: tuple

    @property
    def label(self) -> str:
        """The role, in words."""
        return self.role.label

    @property
    def url(self) -> str:
        """Where it is read."""
        return f"/help/{self.slug}"


GUIDES = (
    Guide(
        Role.SOCIAL_WORKER, "social-worker",
        "You tell a child’s need, in their own words first, and stay with it until support has ended.",
        (
            TO_DO,
            ("Start a referral", "/referrals/new", "Find the child by number or name. What is known already is filled in."),
            ("See where your referrals are", "/referrals", "Each row says who has it now and what comes next."),
            ("Open a child’s record", "/children", "Homes, weeks, scores, reviews and the plan, on one page."),
            ("Log a consultation", "/consultations", "Advice that you asked for without a referral is kept too."),
        ),
        (
            "A referral has eight tasks, in any order. It can be sent when nothing needed is missing.",
            "Two managers sign it, and neither is you. A change to a part that was signed is signed again.",
            "A bed is proposed to you first: you accept it or say no.", NOTHING_LOST, NO_NAMES,
        ),
        (("A referral that was returned to you", "whoever returned it: their words stand beside each task"),
         ("The date of a panel", "the panel administrator"), GOVERNANCE, ADMINISTRATOR),
    ),
    Guide(
        Role.TEAM_MANAGER, "team-manager",
        "You read each referral of your team and sign it, return it, or say that you do not support it.",
        (
            TO_DO,
            ("Sign referrals off", "/sign-off", "One page reads and signs, on a phone too. Tick what is true, and agree or return."),
            ("See your team’s referrals", "/referrals", "Narrow them by status, by who has them and by how long."),
            ("See who waits", "/waiting-list", "Days waited, the last contact, and what helps meanwhile."), COVER,
        ),
        (
            "Nobody signs a referral that they wrote, and the two signatures are two people.",
            "You may restrict a record from its page, with a reason. " + RESTRICTED,
            "Drafts that nobody has touched for 83 days are shown to you before their words are let go.", NO_NAMES,
        ),
        (("A referral you have signed", "the service manager, who signs next"), GOVERNANCE, ADMINISTRATOR),
    ),
    Guide(
        Role.SERVICE_MANAGER, "service-manager",
        "You sign second, look at new referrals in triage, and decide what cannot wait.",
        (
            ("Sign referrals off", "/sign-off", "The team manager’s signature and comment stand beside the referral."),
            ("Look at new referrals", "/triage", "Make ready for panel, ask for more, or say that it is not for this service."),
            ("Keep the waiting list in order", "/waiting-list/order", "Numbers or buttons, a preview, then a reason."),
            ("See which beds are free tonight", "/places/duty", "Lawful empty places, who lives there, and who is on call."), MEETINGS,
        ),
        (
            "You never triage a referral that you alone have signed.",
            "Moving a child up the list needs a strategic manager’s agreement, by name.",
            "A stay that starts in an emergency needs a second signature the next working day.", INTERESTS,
        ),
        (("Who goes first", "the strategic manager"), ("A bed", "the ART manager"), GOVERNANCE, ADMINISTRATOR),
    ),
    Guide(
        Role.STRATEGIC_MANAGER, "strategic-manager",
        "You decide what the contract’s criteria do not allow by themselves, and agree who goes out of order.",
        (
            ("Decide exceptions", "/exceptions", "Age, distance, or a carer who is not in-house: each with the fact and the reason."),
            ("Sign referrals off", "/sign-off", "Only where the contract asks for your signature too."),
            ("See who waits", "/waiting-list", "In the order agreed, with the working behind each band."), KPIS, MEETINGS,
        ),
        (
            "An exception is tied to the fact it was made about. Change the fact, and it no longer stands.",
            "When somebody records that you agreed to go out of order, you are told.", INTERESTS,
        ),
        (("A referral", "the manager who signed it last: their name is in its history"), ADMINISTRATOR),
    ),
    Guide(
        Role.HEAD_OF_SERVICE, "head-of-service",
        "You see the whole service, sit where the terms give you a seat, and answer for restricted records.",
        (
            TO_DO, MEETINGS, ("See every place for 13 weeks", "/places", "Who is in, what is free and from when, and what is overdue."),
            ("See all referrals", "/referrals", "Narrow them by status and team, and save the view under a name."), PACKS,
        ),
        (RESTRICTED, INTERESTS, "A number in force that guards children holds once you have confirmed it, and a role that was asked for once you have agreed.",
         "You read figures and records. Signing and allocating are other people’s.", NO_NAMES),
        (("A figure", "the panel administrator, who builds the pack"), GOVERNANCE, ADMINISTRATOR),
    ),
    Guide(
        Role.PANEL_ADMINISTRATOR, "panel-administrator",
        "You look at new referrals, call meetings in time, and see each item through to its decision.",
        (
            ("Look at new referrals", "/triage", "Book to panel, ask for more, or send back with the reason."),
            ("Call meetings", "/panels", "The last day on which notice can be given is shown before anything is sent."),
            ("Build the agenda and run the meeting", "/meetings", "Agenda, papers and circulation; then attendance, items and decisions on one page."),
            ("Follow what was promised", "/actions", "Each action has an owner and a day, and goes overdue by itself."), PACKS,
        ),
        (
            "Calling a meeting and circulating its papers are two acts, each with its own notice. A called meeting can be moved.",
            "A slot can be held for a referral before it is signed off. Only what is signed goes out.",
            "You record what the panel recommends. The chair agrees it, signed in as themselves.",
            "The pack is drafted, frozen and issued by the timetable, once.", NO_NAMES,
        ),
        (("Whether a short notice will do", "the chair"), ("A place", "the ART manager"), GOVERNANCE, ADMINISTRATOR),
    ),
    Guide(
        Role.CHAIR, "chair",
        "You lead the meeting and make its decisions final, item by item or all at the close.",
        (
            TO_DO, PAPERS,
            ("Lead the meeting", "/meetings", "The page shows who is in the room and whether there is a quorum for this item."),
            ("Look back at decisions", "/decisions", "What was decided, why, and when it is looked at again."), PACKS,
        ),
        (
            "Without a quorum an item can be talked about: what is agreed is then a recommendation.", INTERESTS,
            "A meeting is cancelled at least 24 hours before, or recorded as not held, with the reason.",
            "Minutes are a draft until you have checked them.",
        ),
        (("The agenda and the papers", "the panel administrator"), ADMINISTRATOR),
    ),
    Guide(
        Role.PANEL_MEMBER, "panel-member",
        "You read the papers, say what you know, and take part in what is recommended.",
        (TO_DO, PAPERS, MEETINGS, PACKS, TERMS),
        (
            INTERESTS, "Say on the meeting’s page whether you come, or who comes for you.",
            "You see a referral while it is on the agenda of your meeting, and no others.", NO_NAMES,
        ),
        (("A paper that is missing", "the panel administrator"), ("Whether an interest matters", "the chair"), ADMINISTRATOR),
    ),
    Guide(
        Role.PRACTITIONER, "provider-worker",
        "You work with a child and their carers, and write down what was done and what came of it.",
        (
            TO_DO, ("Open a child’s record", "/children", "Their own words, the plan, sessions, homes and weeks."),
            ("Confirm the week", "/journey/week", "One row for each child in place; what happened is written first."),
            ("Read what was agreed", "/referrals", "The referrals of children who were given a place with you."),
            ("Add what people say of the service", "/feedback", "Carers and young people are asked every six months. An evaluation goes into the plan."),
        ),
        (
            "You see a child from when your service has the referral, and for 30 days after support has ended.",
            "The plan and sessions are on the child’s page. A child reads their own path there too.", NOTHING_LOST, NO_NAMES,
        ),
        (("A place or a date", "your ART manager"), ("A decision", "the child’s social worker"), ADMINISTRATOR),
    ),
    Guide(
        Role.PROVIDER_MANAGER, "art-manager",
        "You give places in the order agreed with the council, and see that each child’s weeks are written down.",
        (
            ("See every place and give one", "/places", "Choose a free place: those who wait are listed in order, each with what fits."),
            ("See who waits", "/waiting-list", "Log a contact in one step. After 14 days without one a child is flagged."),
            ("Confirm the week", "/journey/week", "Exceptions first; the page says who was confirmed without contact."),
            ("Open a child’s record", "/children", "Plan, sessions, reviews, and how support ends."),
            ("Keep your contract", "/contracts", "Returns, whose figures are computed; invoices and variations; the registers. To do says what is due."),
        ),
        (
            "Beds and rooms are proposed, accepted by the social worker, and started on arrival.",
            "Out of order needs a reason and a strategic manager, by name.",
            "Nothing ends by itself. A stay ends as planned once what comes after is written and agreed.", INTERESTS, COMPLIMENT,
            "You may call an urgent review of your contract from its Reviews tab, with reasonable notice and the reason.",
        ),
        (("The order of the list", "the service manager"), ("The contract", "the commissioner"), ADMINISTRATOR),
    ),
    Guide(
        Role.COMMISSIONER, "commissioner",
        "You see what the contract buys and what comes of it, in figures.",
        (
            KPIS, ("Review returns, and decide what is paid", "/contracts", "Accept or challenge each row; then payments, what is held back, budgets and gates."),
            ("See places in use", "/places", "How many are in use and from when one is free."), BENEFITS,
            ("Read the reports", "/reports", "How long children wait, what could not be had, disputes, and what the boards are told."),
        ),
        (
            "You see no child’s record. Counts of children from 1 to 5 are shown as c, with whatever would give them away.",
            "A price stays “indicative” until somebody confirms it.",
            "A contract’s registers show who is qualified and checked, what was complained of and what changed, without names.",
            "A contract’s Reviews tab says when each part is reviewed next. You call reviews there, and write what they found.",
        ),
        (("A figure", "the panel administrator, who builds the pack"), ("A service", "the ART manager"), ADMINISTRATOR),
    ),
    Guide(
        Role.FINANCE, "finance",
        "You see what was agreed to be paid, and where a price is not yet confirmed.",
        (
            TO_DO, ("Approve payments", "/contracts", "After the commissioner; then write down what the bank did. Budgets are there to confirm."),
            ("Validate a benefit", "/benefits", "The sum with its working; what you validate is frozen with the day and your name."),
            ("See dates to come", "/calendar", "The meetings and days that concern you."),
            ("Check your account", "/account", "Your name, your role and how you sign in."),
        ),
        ("An invoice, the commissioner’s approval and yours are given by three people. A queried figure stands beside its source line, and is not counted as saved.",),
        (("A contract’s terms", "the commissioner"), ADMINISTRATOR),
    ),
    Guide(
        Role.GOVERNANCE, "information-governance",
        "You look after restricted records, and who has looked at what.",
        (
            TO_DO, ("Keep restricted records", "/restricted-records", "Who is named, why, and when it is looked at again."),
            ("Answer subject access requests", "/subject-access", "Gathered, read through, judged for harm and checked, within a month."),
            ("Keep records and let them go", "/records", "What is due, legal holds, certificates, and documents the terms rely on."),
            ("See who has looked", "/children", "From a child’s page: person, role, day and reason."),
        ),
        (
            "A restriction is looked at again after the days in force, 90 as is usual, and lifting it takes two people.",
            "Opening a restricted record in an emergency gives the minutes in force, 60 as is usual, and you are told at once.", RESTRICTED,
        ),
        (("What a manager meant by a restriction", "the manager: their name stands on it"), ADMINISTRATOR),
    ),
    Guide(
        Role.AUDITOR, "auditor",
        "You read how decisions were made and who looked at what. You change nothing.",
        (
            TO_DO, MEETINGS, PACKS, TERMS,
            ("See who holds which role", "/admin/people", "Who asked for it, who agreed, and when it ended."),
        ),
        ("The log of who has looked at a child’s record opens by the child’s reference, without the record.",
         "Nobody can edit the trail, and that includes the administrator."),
        (("Why something was done", "the person named in the trail, or their manager"), GOVERNANCE, ADMINISTRATOR),
    ),
    Guide(
        Role.ADMINISTRATOR, "administrator",
        "You look after accounts and keep the service running. You see no child’s record.",
        (
            TO_DO, TERMS,
            ("Look after people and roles", "/admin/people", "Add somebody, ask for a role, end one, close an account. Asking needs a second person; ending does not."),
            ("Import files", "/admin/import", "Returns, KPI values and bank holidays: checked first, then stored whole."),
            ("Check your account", "/account", "Your name, your role and how you sign in."),
        ),
        ("A role opens nothing until a head of service agrees, and nobody asks for one of their own.",
         "After ten wrong passwords an account waits five minutes, except in a browser its owner has used before.",
         "After ten wrong codes it waits fifteen, and its owner and you are told.",
         "A session ends after 30 minutes without activity, or 12 hours in all."),
        (("Who should have a role", "the head of service"), GOVERNANCE),
    ),
)  # fmt: skip
BY_SLUG = {guide.slug: guide for guide in GUIDES}
BY_ROLE = {guide.role: guide for guide in GUIDES}
