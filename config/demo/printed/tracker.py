"""A partnership plan's actions after its first year (004:7665-9112): where each is, what works, what worries, what next.

Each action: number, the action, where we are now, what works, what worries us, and the steps of year two (what, by
which day, by whom, and what is odd about a printed day). Roles lead; nobody is named.
"""

from datetime import date

J19, S19, D19, M20 = date(2019, 6, 30), date(2019, 9, 30), date(2019, 12, 31), date(2020, 3, 31)
SLUG, NAME = "partnership-plan", "Children and families partnership plan 2018 to 2021"
ABOUT = "What the partners set out to do, where each action was after a year, and what has to happen in the second."
SOURCE = "004:7665-9112"
AS_OF = date(2019, 3, 31)
OUTCOMES = [
    ("Best start in life", "Director of children and family services", [
        ("1.1", "An early years pathway shared by all", "Early help, health and education make one pathway, so that young children are assessed and helped in proportion", "004:7676-7756",
         "Drafts are written; parents and carers are still to be asked before the board agrees. Training for settings up to 5 has begun, and advisers are being trained to coordinate special needs by area.",
         "Practice has begun to change; panel forms were redrawn with those who use them; support runs all year.",
         "Settings lean on specialist teachers, few of them qualified in special needs. Some still wait for a diagnosis instead of acting early.",
         [("70 providers use drop-ins, 5% more", J19, "", ""), ("Every provider has a named area coordinator, two visits a term at least", S19, "", ""),
          ("30 children, 10% of those with specialist teaching, move from intensive help to monitoring", D19, "", ""),
          ("10% fewer children come to the early years panel, from 300 in August 2018", M20, "", "")]),
        ("1.2a", "The first 1001 days", "Tell professionals and parents what the first 1001 days mean", "004:7758-7846",
         "Professionals were asked what they know; sessions are held; a leaflet for parents is begun.", "Four sessions were given, more are planned, and a short presentation is ready.",
         "Partners outside the council are hard to draw into the groups.",
         [("The leaflet is out; a steering group each quarter and a working group every six weeks, with every partner there", J19, "", ""),
          ("The programme for new parents is bought again with these messages in it", S19, "Council", ""), ("Staff are trained, and partners have people who can train", D19, "", ""),
          ("The messages stand in family wellbeing, midwifery and health clinics; sessions in schools and settings", M20, "", "")]),
        ("1.2b", "Ready for school", "Agree what being ready for school means, and help children and families get there", "004:7848-7901",
         "Leaflets for professionals and parents came out in September 2018; health gave 7,000 to parents of children who start in 2019.", "Health, social care and education work on it together; it was well received.",
         "Children with free school meals do less well.",
         [("A conference launches the professionals’ toolkit", J19, "", ""), ("Parents can see whether free school meals are theirs; foundation-stage results rise from 48%", S19, "", ""),
          ("30 practitioners trained in early language", date(2020, 12, 31), "", "Printed as December 2020, between dates of 2019 and March 2020."), ("A film for parents", M20, "", "")]),
    ]),
    ("Safe and free from harm", "Lead for public protection, police", [
        ("2.1.1", "Services together against harm", "Look at one multi-agency hub for thresholds and shared information", "004:7922-7976",
         "The front door is stronger; police and the council went through their own ways of working first.", "Concerns are looked at together, in one place and in time.", "Bringing in others would help, and there is no money.", []),
        ("2.1.2", "Services together against harm", "A pathway on which domestic abuse that touches children is reviewed by all", "004:7995-8012",
         "A pilot became everyday work; police and the council look at it again in September 2019.", "", "", []),
        ("2.1.3", "Services together against harm", "A daily conference on high-risk domestic abuse, beside strategy meetings", "004:8014-8026", "Daily since 21 January 2019.", "", "", []),
        ("2.1.4", "Services together against harm", "Agree the next partnership plan on exploitation and missing from home", "004:8028-8072",
         "The hub’s remit is to widen to criminal exploitation; an operational group was re-formed; a strategic lead is paid for.", "Partners agree and move fast.", "", []),
        ("2.1.5", "Services together against harm", "Read what is known of criminal exploitation, so that work starts early", "004:8074-8124",
         "A tool for finding and mapping children is being made, with the region.", "A tool on gangs reached social workers, and leads into prevention.", "More is shared about county lines; the operational answer is missing.",
         [("When the tool is finished and launched is agreed", J19, "Vulnerabilities executive", "")]),
        ("2.1.6", "Services together against harm", "Find, start and align what is done about criminal exploitation, across the three areas", "004:7975-7993",
         "New: it takes over actions 2.1.1, 2.1.2, 2.1.4 and 2.1.5.", "", "", [("A strategic lead is appointed, and works out the steps with partners", date(2019, 5, 31), "Strategic lead", "Printed as April or May 2019.")]),
        ("2.1.7", "Services together against harm", "One model to see, answer and prevent knife crime", "004:8172-8190", "New: it takes over action 2.2.1. Steps follow once the strategic lead is there.", "", "", []),
        ("2.2.1", "Safety messages for all", "See where messages to all children overlap or are missing", "004:8134-8190",
         "Police told partners and the public about county lines and exploitation.", "", "Young people name knives as a worry. It is not sure that every agency acts and refers, or who pays for wider messages.", []),
        ("2.2.2", "Safety messages for all", "A plan, training and material for professionals who give safety messages, on line and off", "004:8192-8285",
         "The exploitation messages widen; there is a newsletter and briefings; a film about grooming goes round schools.", "Schools praise the film; licensing has new training; a county lines day was full.", "Some secondary schools say that they never heard of it.",
         [("The plan for messages is fresh", J19, "", "")]),
    ]),
    ("Families who can cope", "Chief executive, a district council", [
        ("3.1", "Families that can cope", "Learn with partners what is needed, where the gaps are, and what could be bought together", "004:8296-8316", "Partners are to be mapped; steps come after that.", "It is under way.", "", [("Gaps and openings are found from the mapping", None, "", "No day is printed.")]),
        ("3.2", "Finding services", "One place where families find information and help", "004:8318-8345", "A new directory is live and being tested; partners have somebody who keeps it up to date.", "Done.", "It is seen as the council’s own, and partners make others.", []),
        ("3.3a", "Towards work", "An enterprise adviser for every secondary school and academy", "004:8354-8369", "Schools are matched and gaps known; some schools pilot nationally.", "The number rises across the county.", "Nothing: it goes well.", [("Every school has one", None, "", "No day is printed.")]),
        ("3.3b", "Towards work", "Local businesses offer supported chances to children with special needs", "004:8371-8380", "Not begun.", "It was hard to move: money is unclear.", "", []),
        ("3.3c", "Towards work", "Work coaches are known and help people over barriers to work", "004:8382-8399", "Workshops look at barriers in one district; it goes county-wide if they succeed.", "It works.", "There are few coaches.", [("Coaching across the county", None, "", "No day is printed.")]),
        ("3.3d", "Towards work", "People take part in their communities as volunteers", "004:8401-8410", "Chances to volunteer go into the directory when it is out.", "Not begun.", "", [("The directory is made known, with volunteering in it", None, "", "No day is printed.")]),
    ]),
    ("Vulnerable families get care that is theirs", "Assistant director, children and family services", [
        ("4.1.1", "Care that is joined up", "Find where direct payments, short breaks, play and leisure can be bought together", "004:8429-8479",
         "The council and health look at buying short breaks together.", "Priorities are shared; a joint board and a look at the complex care panel are to be talked over.", "The panel looks at health alone, and its terms are about who is eligible.", []),
        ("4.1.2", "Care that is joined up", "An inclusion strategy, so that vulnerable children’s needs are met where all children learn", "004:8481-8581",
         "An inclusion manager started in July 2018, with home education, medical needs and missing education; they support schools.", "The pathway group meets; work after exclusions asks what was tried.", "More are taught at home with unmet needs; exclusions; gaps for those who cannot face school; places are hard to get for children in care.",
         [("The service is remodelled, pathways and data built, surgeries in secondary schools", J19, "", ""), ("The team’s processes and the pathway’s page are ready", S19, "", ""), ("The pathway is promoted and surgeries reach primary schools", D19, "", ""), ("Data are looked at again", M20, "", "")]),
        ("4.1.3", "Care that is joined up", "Therapeutic support round a child who steps down from residential care", "004:8583-8622",
         "The contract is let; meetings find young people; panels are in place and work has begun.", "The provider helps to find and train carers.", "It is early to measure; carers for the most complex needs are hard to find.", [("Targets of the contract are looked at every quarter", None, "Provider", "No day is printed.")]),
        ("4.2.1a", "After 16", "A strategy and a model of services after 16", "004:8630-8701",
         "A group with housing designs it; the housing contract was made a year longer; the housing protocol waits for sign-off.", "Districts meet every month and help to specify; homelessness and care can share a framework.", "",
         [("The two contracts for 16 and 17 become one, to start in August 2019", S19, "", ""), ("Protocol and plan signed off by August 2019, then bought", D19, "", "The day under the heading is later than the one inside it.")]),
        ("4.2.1b", "After 16", "An offer to care leavers", "004:8703-8788",
         "The offer went to those of 21 to 25, and there are more personal advisers.", "A panel for those at high risk shows effect; work, learning and housing got better; apprenticeships run.", "Jobcentre and health have still to commit; mental health services stop at 18; those of 21 and over do less well.",
         [("Six apprenticeships are filled", date(2019, 5, 31), "Council", ""), ("The housing protocol takes applications from 17½", J19, "", ""), ("The jobcentre is an active partner and sits on the parenting board; protocols with mental health; mentoring", M20, "", "")]),
        ("4.2.2", "After 16", "Look again at the ways to adulthood for children with special needs or disabilities", "004:8790-8886",
         "A protocol was launched in September 2018. Good examples are there, and proof that it works is not yet.", "It is known in schools and forums; colleges share the aim; there is a board with parents and health.", "Nobody had time to drive the groups under the board.",
         [("Each of five groups has a lead and meets", date(2019, 4, 30), "", ""), ("How colleges are paid is agreed, and the team is full", J19, "", ""), ("What families say is evaluated", S19, "", "")]),
    ]),
    ("Good physical and mental health", "Assistant director, clinical commissioning group, with public health", [
        ("5.1a", "Obesity is everyone’s business", "A whole-system approach, beginning with healthy weight in pregnancy", "004:8896-8960",
         "It becomes part of every contact’s talk and of online training; evidence was read.", "It is embedded, and need is being assessed.", "Not the whole system has joined yet.",
         [("The training module is finished", S19, "", ""), ("It is rolled out, with protected time for doctors", D19, "", ""), ("Whether it is raised is watched", M20, "", "")]),
        ("5.1b", "Obesity is everyone’s business", "A plan for walking and cycling to school", "004:8962-9018",
         "Seven primary schools try things out; guidance is on the schools’ site.", "It goes well; what was learnt is clear after the school year.", "Parents are hard to move: children have to be drawn in.",
         [("What the seven learnt is collected", J19, "", ""), ("Other schools are shown it", S19, "", ""), ("A campaign with children is planned", D19, "", "")]),
        ("5.1c", "Obesity is everyone’s business", "Active families, a programme of four years", "004:9020-9047",
         "Piloted in two districts.", "Districts, advisers, volunteers and family workers work well together.", "Families that meet the criteria are hard to find.",
         [("Across the county", date(2019, 4, 30), "", ""), ("Six months are looked at, and the board is told", S19, "", "")]),
        ("5.2", "Feelings and mental health", "One approach of all partners, built on early adversity and trauma", "004:9049-9112",
         "What exists is mapped; two other counties were visited; a consensus is still needed.", "Partners begin to join.", "It is slow, and cuts touch the services it needs.",
         [("A day for all partners", date(2019, 5, 31), "", ""), ("Money for training, and what training is needed", S19, "", ""), ("A plan for messages", D19, "", "")]),
    ]),
]  # fmt: skip
# After a year: what was reworded, and what ended, each with the day and what carries it on.
REWORDED = [
    ("4.1.1", "Find where assessment and buying can be joined for direct payments or complex packages (4.1.1a); look again at the complex care panel’s pathway, and think of answers and not only of eligibility (4.1.1b)",
     "The focus changed: the complex care panel looks at health alone."),
    ("4.2.1a", "A protocol of all agencies for 16 and 17-year-olds who may become homeless", "The focus changed to those who may become homeless."),
]  # fmt: skip
ENDED = [
    ("2.1.1", "closed", "2.1.6", "Carried on under the new action on criminal exploitation."),
    ("2.1.2", "closed", "2.1.6", "Carried on under the new action on criminal exploitation."),
    ("2.1.3", "complete", "", "Held every day since January 2019."),
    ("2.1.4", "closed", "2.1.6", "Carried on under the new action on criminal exploitation."),
    ("2.1.5", "closed", "2.1.6", "Carried on under the new action on criminal exploitation."),
    ("2.2.1", "closed", "2.1.7", "Carried on under the new action on knife crime."),
    ("3.2", "complete", "", "The directory is there."),
]  # fmt: skip
QUERIES = [
    ["004:8181", "A new action is numbered 2.1.7, and stands under 2.2", "", "Kept as printed."],
    ["004:8112-8124", "Action 2.1.5 is closed, and has a step in June 2019", "", "The step belongs to 2.1.6."],
    ["004:7894", "A step by December 2020 stands between September 2019 and March 2020", "", "Probably December 2019."],
    ["004:8699-8701", "Signed off by August 2019, under December 2019", "", "The heading is later than what it heads."],
]  # fmt: skip
