"""The 17 improvement recommendations, in our own words, with the figures as they were printed.

Each measure: name, unit, better, 2018/19 outturn, latest figure, target March 2019, target
March 2020, source lines, and a flag where the documents disagree or leave something open.
Printed words are kept beside numbers, and inconsistencies are flagged and not mended.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Measure:
    """One measure of a recommendation, as printed."""

    name: str
    unit: str
    better: str
    outturn: str
    latest: str
    target_2019: str
    target_2020: str
    source: str
    flag: str = ""
    counts: tuple[int, int | None] | None = None


M = Measure
RECOMMENDATIONS = [
    (1, "G", "2254-2500", "Managers can see from accurate figures what needs to improve, in time to act",
     "Reports that are right, current, and used against the indicators", [
        M("Daily, weekly and monthly reports for first response, child protection and children in care", "status", "", "N/A", "System generated", "In place", "In place", "004:2278-2424"),
        M("Reports for fostering and adoption", "status", "", "N/A", "Manual", "System generated", "In place", "004:2285-2434"),
        M("Annual national returns compare well with similar councils and with England", "status", "", "N/A", "System/manual", "System generated", "", "004:2291-2406", "No target for 2020 is printed; a further “In place” may belong to this row or to the one above."),
    ]),
    (2, "A", "2548-2780", "Managers supervise as the policy asks, and cases move and are decided because of it",
     "Decisions show that a manager looked, and plans are clear", [
        M("Supervision held on time", "%", "high", "75% met the standard of 10 in 12", "88% (September 2018)", "83%", "83%", "004:2567-2682"),
        M("Case audits rated good or outstanding for management oversight", "%", "high", "N/A", "69% (88% in first response)", "100% / 90%", "100%", "004:2583-2688", "Three values stand in the March 2019 column for two measures, so which belongs here is not certain."),
    ]),
    (3, "G", "2814-3118", "Caseloads are a fair size, and show every child who is allocated",
     "Caseloads inside the agreed ranges", [
        M("Caseload of a newly qualified worker (12 to 15)", "cases", "low", "16", "16", "15", "13", "004:2860-3041"),
        M("Caseload of a senior practitioner (12 to 15)", "cases", "low", "18", "17", "15", "13", "004:2865-3046"),
        M("Caseload of a full-time social worker (18 to 20)", "cases", "low", "20", "20", "20", "19", "004:2869-3050"),
    ]),
    (4, "G", "3152-3416", "First response records contacts, referrals and assessments rightly and on time",
     "An answer in proportion and in good time", [
        M("Referrals decided by a manager within 24 hours", "%", "high", "n/a", "90.2% (week of 1 April 2019)", "100%", "100%", "004:3180-3335"),
        M("Referrals again within 12 months", "%", "low", "24.6% (2018/19)", "23% (March 2019)", "22%", "22%", "004:3185-3341", "A month, a quarter (22.3%) and a year are printed for this figure: read each with its period."),
        M("Assessments finished within 45 days", "%", "high", "66.3% (2018/19)", "62.3% (March 2019)", "80%", "85%", "004:3195-3351", "A month, a quarter (60.3%) and a year are printed for this figure: read each with its period."),
    ]),
    (5, "G", "3450-3819", "Workers and managers apply thresholds rightly all along the child's journey",
     "Thresholds applied the same way each time", [
        M("Referrals again within 12 months, as under 4", "%", "low", "See 4", "See 4", "See 4", "See 4", "004:3479-3645"),
        M("Child protection plans for a second or later time", "%", "low", "15.2% (2018/19)", "10.9% (March 2019)", "18%", "18%", "004:3487-3652", "10.9% is a month, 13.6% a quarter and 15.2% a year.", (76, 499)),
        M("A plan for a lasting home by the second review", "%", "high", "N/A", "Recent audits show that it is done", "100%", "100%", "004:3497-3662"),
    ]),
    (6, "A", "3853-4107", "Assessments are equally deep, with a current chronology and a plan that looks to outcomes",
     "Chronologies, assessments and plans used the same way everywhere", [
        M("Chronology up to date", "%", "high", "N/A", "*", "80%", "100%", "004:3886-3998"),
        M("Plans of good quality", "%", "high", "N/A", "*", "80%", "100%", "004:3888-4004"),
        M("Single assessments on time and to a good standard", "%", "high", "See 4", "See 4", "80%", "100%", "004:3892-4010", "The same measure has a March 2020 target of 85% under 4."),
    ]),
    (7, "G", "4141-4449", "Children looked after have a lasting home and family without needless delay",
     "A plan for a lasting home on every record; secure and stable homes", [
        M("A plan for a lasting home by the second review", "%", "high", "Recent audits show that it is done", "Recent audits show that it is done", "100%", "100%", "004:4164-4367"),
        M("Current pathway plan for young people of 15 and over", "%", "high", "TBC", "87.3% (April 2019)", "95%", "100%", "004:4171-4374", "82.5% (March 2019) is printed under 12."),
        M("Children in care with three or more placements in the year", "%", "low", "TBC", "7.7% (March 2019)", "7.5%", "7%", "004:4176-4380", "Called “moves” here and “placements” under 14.", (45, 585)),
        M("Children in the same placement for two years or adopted", "%", "high", "TBC", "65.7% (March 2019)", "67%*", "68.5%", "004:4180-4384", "The asterisk: the 2019 target once stood higher, and was probably changed by accident.", (117, None)),
        M("Days from entering care to adoption", "days", "low", "467 (2018/19, first three quarters, draft)", "", "515", "514", "004:4187-4392"),
        M("Days from court authority to a match", "days", "low", "118", "", "193", "192", "004:4192-4398"),
    ]),
    (8, "G", "4483-4724", "Children looked after get help with their feelings and mental health in time",
     "Need is seen, a plan is in place, and the home lasts", [
        M("Average SDQ score, against a national average of 16", "score", "low", "N/A", "15.6 (March 2019)", "16", "16", "004:4504-4634", "Printed as 15.6%, and it is a score; 15 and 15.0 are printed elsewhere."),
        M("SDQs completed", "%", "high", "N/A", "", "75%", "100%", "004:4510-4639", "No completion rate is printed; 67% stands in its place and is those in the normal range."),
        M("Audits show emotional health assessed and help in place", "%", "high", "N/A", "Audit of April 2019 found help in place for children with high scores", "85%", "100%", "004:4518-4643"),
    ]),
    (9, "G", "4758-5036", "Every looked-after child who goes missing is offered an interview on return, and risk plans use it",
     "Fewer who go missing again and again; most interviews done", [
        M("Young people going missing", "%", "low", "TBC", "23% fewer in quarter 3 than in quarter 2", "", "", "004:4807-4863"),
        M("Return interviews taken up", "%", "high", "TBC", "97% (quarter 3)", "90%", "95%", "004:4814-4920", "77% in September 2018 is printed in the text."),
    ]),
    (10, "G", "5070-5290", "Plans for disabled children in need rest on a current assessment, their own voice and a qualified worker",
     "Assessments made, kept current and reviewed by a qualified social worker", [
        M("Audits of disabled children's plans rated good or outstanding", "%", "high", "33% (March 2017)", "TBC (audit in quarter 4 of 2018/19)", "100%", "100%", "004:5092-5215"),
    ]),
    (11, "G", "5324-5503", "Support plans for special guardians and adopters rest on a clear assessment, and go on after the order",
     "A support plan on every record", [
        M("Support plans found to be of good quality", "%", "high", "Regular audits find plans in place and good", "Regular audits find plans in place and good", "100%", "100%", "004:5352-5437"),
    ]),
    (12, "G", "5537-5772", "Care leavers get better pathway plans and better support from personal advisers",
     "A pathway plan for everyone of 16 and over; work, learning and a good home", [
        M("Pathway plan in place and current", "%", "high", "TBC", "82.5% (March 2019)", "95%", "100%", "004:5581-5707", "87.3% (April 2019) is printed under 7."),
        M("Care leavers in suitable accommodation", "%", "high", "TBC", "89.5% (March 2019)", "92%", "95%", "004:5588-5715", "204 is printed in one place and 228 in another.", (204, 228)),
        M("Care leavers in touch", "%", "high", "TBC", "96.1% (March 2019)", "90%", "90%", "004:5593-5719", "", (219, 228)),
    ]),
    (13, "G", "5806-5940", "Private fostering is recognised, notified and handled as the law asks",
     "Children under 16 who live outside their close family are known, with plans", [
        M("Private fostering arrangements found", "number", "high", "5 assessments under way or complete in 2019", "N/A", "", "", "004:5829-5916", "Three in all in 2018."),
        M("Assessments finished on time", "%", "high", "", "N/A", "", "", "004:5836-5868"),
    ]),
    (14, "G", "5980-6166", "Children on the edge of care, going home or with complex needs are assessed and planned for well",
     "Every child on the edge of care has a clear plan", [
        M("Children with three or more placements in the year", "%", "low", "TBC", "7.7% (March 2019)", "7.5%", "7%", "004:6003-6106", "", (45, 585)),
        M("Children in the same placement for two years", "%", "high", "TBC", "65.7% (March 2019)", "67%*", "68.5%", "004:6008-6112", "The asterisk is not explained here; see 7."),
    ]),
    (15, "G", "6200-6314", "More care leavers move into work, education or training that lasts",
     "Care leavers supported into work, education or training", [
        M("Care leavers in education, employment or training", "%", "high", "59.3%", "61% (March 2019)", "52%", "55%", "004:6222-6266", "Both targets lie below what had already been reached.", (139, 228)),
    ]),
    (16, "G", "6348-6485", "Homeless young people of 16 and 17 who should be accommodated are, without delay",
     "Assessed, planned for and supported at once", [
        M("Audits show need assessed and support given in time", "%", "high", "By audit", "By audit", "100% (by system report)", "100%", "004:6368-6443"),
    ]),
    (17, "G", "6519-6704", "Experienced staff and first managers are developed, and newly qualified workers overseen",
     "A strong, stable and well-informed workforce", [
        M("Turnover of staff", "%", "low", "13.7% (2018 return)", "13.3%", "", "", "004:6547-6608"),
        M("Qualified social workers", "number", "high", "228.1", "248", "", "", "004:6549-6604", "247 is printed elsewhere."),
        M("Vacancy rate", "%", "low", "14%", "4.6% (March 2019)", "", "", "004:6552-6595", "11.5 of 247 is 4.66, printed as 4.6."),
        M("Agency staff", "full-time equivalent", "low", "48.3", "", "", "", "004:6554-6578"),
    ]),
]  # fmt: skip
LEADS = {
    1: "Business intelligence manager, with the head of service for children in care", 2: "Head of service, practice excellence",
    3: "Assistant director, with the business intelligence manager", 4: "Head of service, field social work",
    5: "Heads of service, three together", 6: "Heads of service, fieldwork and practice excellence",
    7: "Head of service, children in care, fostering and adoption", 8: "Head of service, children in care",
    9: "Head of service, field social work, with the service manager for first response", 10: "Head of service, special needs and disabilities",
    11: "Head of service, children in care", 12: "Head of service, children in care", 13: "Head of service, children in care, with a service manager",
    14: "Head of service, field social work", 15: "Head of service, children in care", 16: "Heads of service, children in care and fieldwork",
    17: "Head of service, practice excellence",
}  # fmt: skip
NOTES = {
    3: "The outturn is the average from September 2018 to March 2019. Two of three caseloads miss their target, and progress is Green.",
    4: "All three measures miss the target of March 2019, and progress is Green.",
    7: "Measures miss the target of March 2019, and progress is Green.",
    8: "The text says that the head of service looks each year at every score over 17.",
    12: "The pathway plan and suitable accommodation miss the target of March 2019, and progress is Green.",
    14: "Both measures miss the target of March 2019, and progress is Green.", 17: "No target is printed.",
}  # fmt: skip
ABOUT = "Where each improvement stands: progress judges the action, attainment judges the figure against its target. The two are kept apart."
KEY = [
    ["G", "Good progress, moving towards completion"], ["A", "On track, over a longer time that was agreed"],
    ["R", "Needs more work, focused on it"],
]  # fmt: skip
# Earlier figures from the text, by recommendation and measure: label, first day, day after the last, words, counts, source.
EARLIER = {
    (5, 2): [("2017/18", date(2017, 4, 1), date(2018, 4, 1), "24% (2017/18)", (129, 538), "004:1941")],
    (12, 3): [("July 2018", date(2018, 7, 1), date(2018, 8, 1), "93.4% (July 2018)", (57, 61), "004:1966-1968")],
}
QUERIES = [
    ["004:1901-1907", "15 Green, 2 Amber, none Red", "15, 2 and 0 by the rows", "It judges progress of the action: 3, 4, 7, 12 and 14 are Green and miss a target of March 2019."],
    ["004:3256, 10349", "Referrals again: 23% and 22.3%; the year 24.6%", "", "A month, a quarter and a year."],
    ["004:3265, 10352", "Assessments in 45 days: 62.3% and 60.3%; the year 66.3%", "", "A month, a quarter and a year."],
    ["004:3526, 3566, 10346", "Second plans: 15.2%, 10.9% and 13.6%", "", "A year, a month and a quarter."],
    ["004:3894, 3351", "The same measure has targets of 100% and 85% for March 2020", "", ""],
    ["004:4206-4210, 6040-6044", "The target of 67% has an asterisk", "", "The document itself thinks it was changed by accident."],
    ["004:4285, 5639", "Pathway plans: 87.3% and 82.5%", "", "April, from 15; March, from 16."],
    ["004:4573, 10164, 10387", "The average SDQ is 15.6%, 15 and 15.0", "", "It is a score and no percentage; the Department published 14.4."],
    ["004:4567", "67% of children are in the normal range", "134 of 274 is 49%, as published", ""],
    ["004:1954, 4176, 10118, 6003", "The same figure counts “placement moves” and “placements”", "", "Three placements are two moves; the figure is of placements."],
    ["004:2065-2067", "11.5 of 247 posts are 4.6% vacant", "4.66%", "Cut off, not rounded."],
    ["004:2067, 6601", "247 and 248 qualified social workers", "", "Two places differ."],
    ["004:1979-1980", "Care leavers in work or learning rose from 45%", "", "No counts are printed."],
    ["004:2217-2219", "The heading says November 2018; columns say quarter 4", "", ""],
    ["004:2087, 6689", "Three and four trainees", "", "Two places differ."],
]  # fmt: skip
