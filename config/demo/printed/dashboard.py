"""A quarter's dashboard as it was printed (004:10308-10458): figures, changes, colours, quartiles, neighbours.

Each row: group, name, quarter of the figure, as printed, value, count, change, colour, quartile, neighbours,
better, unit, source line, and what is odd about it. A figure of an earlier quarter is in arrears and says so.
"""

from datetime import date
from decimal import Decimal

SLUG, NAME = "quarter-4-2018-19", "Quarter 4 of 2018/19"
PERIOD_END = date(2019, 4, 1)
SOURCE = "004:10308-10458"
ABOUT = "One quarter’s figures beside the change since the last, the colour, the national quartile and statistical neighbours. Some are a quarter or two in arrears."
KEY = [
    ["G", "In the top quartile, or high in the second and getting better"],
    ["A", "In the second or third quartile, with room to get better"],
    ["R", "In the fourth quartile, or low in the third and getting worse"],
]
QUARTERS = {
    "Q2": (date(2018, 7, 1), date(2018, 10, 1)),
    "Q3": (date(2018, 10, 1), date(2019, 1, 1)),
    "Q4": (date(2019, 1, 1), date(2019, 4, 1)),
}
SAFE, HEALTH, SELF = "Protected from harm and kept safe", "Health, wellbeing and special needs", "Families able to cope"
DAILY, SCHOOL, WORK = "Safe in daily life", "A good education", "Skilled and employable"
D = Decimal
ROWS = [
    (SAFE, "Child protection plans reviewed on time", "Q4", "97.3%", D("97.3"), None, "Better", "G", 2, D("91.2"), "high", "%", "004:10342-10343", "251 of 258 by the text (004:10072-10074), which puts neighbours at 89.1% (004:1950)."),
    (SAFE, "Plans that are a child’s second or later", "Q4", "13.6% (19)", D("13.6"), 19, "Better", "G", 1, D("21.9"), "low", "%", "004:10345-10346", "A month is 10.9% and the year 15.2%; neighbours are 21.8% elsewhere (004:1943)."),
    (SAFE, "Referrals again within 12 months", "Q4", "22.3% (257)", D("22.3"), 257, "Similar", "A", 3, D("24.4"), "low", "%", "004:10348-10349", "No denominator is printed: about 1,152. A month is 23% and the year 24.6%."),
    (SAFE, "Single assessments finished within 45 days", "Q4", "60.3% (631)", D("60.3"), 631, "Lower", "R", 4, D("82.0"), "high", "%", "004:10351-10352", "A month is 62.3% and the year 66.3%."),
    (SAFE, "Plans open for two years or more", "Q4", "0.0%", D("0.0"), 0, "Lower", "G", 1, D("1.8"), "low", "%", "004:10354-10355", ""),
    (SAFE, "Three or more placements in a year", "Q4", "7.7% (45)", D("7.7"), 45, "Better", "G", 1, D("10.7"), "low", "%", "004:10357-10358", "45 of 585 (004:1954), where it is called “moves”; three placements are two moves."),
    (SAFE, "Same placement for two years, or placed for adoption", "Q4", "65.7% (117)", D("65.7"), 117, "Lower", "A", 3, D("70.0"), "high", "%", "004:10360-10361", "The text gives 139 children (004:10122), which no whole denominator makes 65.7%; 139 is the count in work or learning."),
    (SAFE, "Care leavers in suitable accommodation", "Q4", "89.5% (204)", D("89.5"), 204, "Lower", "G", 2, D("83.8"), "high", "%", "004:10363-10364", ""),
    (SAFE, "Care leavers in education, employment or training", "Q4", "61% (139)", D("61"), 139, "Similar", "G", 1, D("53.2"), "high", "%", "004:10366-10367", "Second quartile by the other report (004:1978)."),
    (SAFE, "Referrals about sexual exploitation", "Q4", "95", D("95"), 95, "Higher - no polarity", "", None, None, "", "number", "004:10369-10374", "Printed without polarity: neither more nor fewer is better. Some are about criminal exploitation."),
    (HEALTH, "Dental check of children in care in 12 months", "Q4", "79.5% (465)", D("79.5"), 465, "Better", "", None, None, "high", "%", "004:10379-10380", ""),
    (HEALTH, "Yearly health assessment of children in care", "Q4", "85.6% (501)", D("85.6"), 501, "Better", "", None, None, "high", "%", "004:10382-10384", ""),
    (HEALTH, "Average SDQ score of children in care", "Q4", "15.0", D("15.0"), None, "Similar", "A", 2, D("15.58"), "low", "score", "004:10386-10387", "15.6 with a per cent sign elsewhere (004:4573); the Department published 14.4."),
    (SELF, "People open to early help", "Q2", "7,245", D("7245"), 7245, "Lower", "", None, None, "", "number", "004:10390-10392", "Which way is better is not printed."),
    (SELF, "People with an early help assessment", "Q4", "2,058", D("2058"), 2058, "Similar", "", None, None, "", "number", "004:10394-10395", "Which way is better is not printed."),
    (SELF, "Families with an early help assessment", "Q4", "762", D("762"), 762, "Similar", "", None, None, "", "number", "004:10397-10398", "Which way is better is not printed."),
    (SELF, "Families claimed for, of the payment-by-results target", "Q3", "1596 (58%)", D("58"), 1596, "n/a", "", None, None, "high", "%", "004:10400-10401", "No change is printed."),
    (SELF, "What families say, and evaluation", "Q4", "See the appendix", None, None, "n/a", "", None, None, "", "words", "004:10403-10405", "No figure is printed."),
    (DAILY, "Young people of 10 to 17 new to the justice system, so far this year", "Q3", "76", D("76"), 76, "Similar", "", None, None, "low", "number", "004:10410-10412", ""),
    (DAILY, "Offending again, young offenders", "Q2", "0.78", D("0.78"), None, "Worse", "", None, None, "low", "rate", "004:10414-10415", ""),
    (DAILY, "Use of custody for young people", "Q3", "0", D("0"), 0, "Better", "", None, None, "low", "number", "004:10417-10418", ""),
    (SCHOOL, "Two-year-olds who take up free early education", "Q4", "73.0%", D("73.0"), None, "Similar", "A", 3, D("75.3"), "high", "%", "004:10421-10422", ""),
    (SCHOOL, "Three and four-year-olds who take up free early education", "Q4", "99.0%", D("99.0"), None, "Similar", "G", 1, D("98.6"), "high", "%", "004:10424-10425", ""),
    (SCHOOL, "Childcare providers rated good or outstanding", "Q4", "95.0%", D("95.0"), None, "Same", "A", 3, D("95.2"), "high", "%", "004:10427-10428", ""),
    (SCHOOL, "Schools rated good or outstanding", "Q4", "86.0%", D("86.0"), None, "Same", "A", 2, D("85.9"), "high", "%", "004:10430-10431", ""),
    (SCHOOL, "Primary schools rated good or outstanding", "Q4", "87.0%", D("87.0"), None, "Similar", "A", 3, D("86.8"), "high", "%", "004:10433-10434", ""),
    (SCHOOL, "Secondary schools rated good or outstanding", "Q4", "79.2%", D("79.2"), None, "Higher", "A", 2, D("78.4"), "high", "%", "004:10436-10437", ""),
    (SCHOOL, "Special schools rated good or outstanding", "Q4", "100%", D("100"), None, "Same", "G", 1, D("93.4"), "high", "%", "004:10439-10440", ""),
    (SCHOOL, "Pupils in schools rated good or outstanding", "Q4", "84.3%", D("84.3"), None, "Better", "A", 3, D("85.6"), "high", "%", "004:10442", ""),
    (WORK, "Of 16 and 17 with special needs, not in work or learning", "Q4", "4.5% (45)", D("4.5"), 45, "Similar", "", None, None, "low", "%", "004:10446-10447", ""),
    (WORK, "Of 16 and 17, not in work or learning", "Q4", "2.3% (302)", D("2.3"), 302, "Worse", "G", 2, D("2.2"), "low", "%", "004:10449-10450", ""),
]  # fmt: skip
QUERIES = [
    ["004:10122, 10361", "65.7% is given with 139 children and with 117", "117 of 178 is 65.7%", "139 is the count of care leavers in work or learning. The Department published 114 of 176 for that day."],
    ["004:10058", "27 measures: nine improved, 14 unchanged, five declined", "9 + 14 + 5 = 28", "By the rows 13 are unchanged."],
    ["004:10364, 10450 and the key at 10452-10458", "Suitable accommodation and not in work or learning are Green", "The key gives Amber", "Both are in the second quartile and getting worse."],
    ["004:10360 and the key", "Two years in the same placement is Amber", "Red, if it is low in the third quartile", "Whether it is low in it is not printed."],
    ["004:1950, 10343", "Neighbours’ plans reviewed on time are 89.1% and 91.2%", "", "Two reports differ."],
    ["004:1943, 10346", "Neighbours’ second plans are 21.8% and 21.9%", "", "Two reports differ."],
    ["004:1978, 10136, 10367", "Care leavers in work or learning are in the second quartile and in the top one", "", "Two reports differ."],
    ["004:10349", "257 children are 22.3%", "A denominator of about 1,152", "It is not printed."],
    ["004:10346", "19 children are 13.6%", "A denominator of about 140", "It is not printed."],
]  # fmt: skip
