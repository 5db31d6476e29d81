"""A specification's tables of SDQ scores and of stability (002:121-258, 263-474, 491-616), with their counts.

Every percentage is printed with its count and what it is out of, so that the product's own functions can be held
against it. Years are financial years; the last is part of one.
"""

from datetime import date
from decimal import Decimal

D = Decimal
YEARS = {
    name: (date(first, 4, 1), date(first + 1, 4, 1)) for name, first in (("2014-15", 2014), ("2015-16", 2015), ("2016-17", 2016), ("2017-18", 2017))
}
SDQ_SLUG, SDQ_NAME = "sdq-tables", "SDQ scores and how they moved"
SDQ_SOURCE = "002:121-258, 263-474"
SDQ_ABOUT = "Scores of children in care for more than a year, in two groups at 17; all children, and those in a small group home. The last year is part of one."
ALL, SGH = "All children", "In a small group home"
# By group and year: below 17, its per cent, 17 and over, its per cent, all, average, median
SCORES = {
    ALL: {"2014-15": (131, "61.5", 82, "38.5", 213, "14.4", "14"), "2015-16": (160, "58.0", 116, "42.0", 276, "14.9", "15"),
          "2016-17": (203, "58.2", 146, "41.8", 349, "14.3", "14"), "2017-18": (155, "63.5", 89, "36.5", 244, "14", "13")},
    SGH: {"2014-15": (4, "30.8", 9, "69.2", 13, "18.6", None), "2015-16": (6, "35.3", 11, "64.7", 17, "20.1", None),
          "2016-17": (3, "25.0", 9, "75.0", 12, "19.1", None), "2017-18": (5, "41.7", 7, "58.3", 12, "18.9", None)},
}  # fmt: skip
# By group and year: worsened, same, improved with their per cents, children, of the year before's scores in per cent, mean change
MOVES = {
    ALL: {"2015-16": (68, "45.3", 8, "5.3", 74, "49.3", 150, "70.4", "0.7"), "2016-17": (92, "41.3", 23, "10.3", 108, "48.4", 223, "80.8", "0.76"),
          "2017-18": (90, "48.9", 11, "6.0", 83, "45.1", 184, "52.7", "0.41")},
    SGH: {"2015-16": (3, "60.0", 0, "0.0", 2, "40.0", 5, "38.5", "1.0"), "2016-17": (3, "42.9", 0, "0.0", 4, "57.1", 7, "41.2", "1.6"),
          "2017-18": (3, "60.0", 0, "0.0", 2, "40.0", 5, "41.7", "-1.4")},
}  # fmt: skip
LINES = {(ALL, "scores"): "002:123-183", (SGH, "scores"): "002:263-313", (ALL, "moves"): "002:188-258", (SGH, "moves"): "002:318-388"}
# What the Department published of the same council: scores received, 17 and over, average.
PUBLISHED = {"2014-15": (211, 80, "14.3"), "2015-16": (276, 116, "14.9"), "2016-17": (349, 146, "14.3"), "2017-18": (368, 134, "13.9")}
SDQ_QUERIES = [
    ["002:188-258", "Worsened, same and improved of 2015-16 are 45.3%, 5.3% and 49.3%", "99.9%", "Rounding only."],
    ["002:172, 414", "The average of 2017-18 is 14 in the table and 13.9 in the chart", "13.9", "The table was rounded to a whole number."],
    ["002:203-256", "The mean change is above nought in all three years", "", "Its sign is not defined: in 2016-17 more improved than worsened, and it is +0.76. Here a change is later less earlier, so below nought is better."],
    ["002:333-386", "In small group homes 3 worsened and 2 improved in two years, with +1.0 and −1.4", "", "The same split has opposite signs."],
    ["002:132, 170", "2017-18 has 244 scores, after 349 the year before", "", "The year was not over. It cannot be compared."],
    ["002:622", "Scores are parted at 17", "", "The Department’s middle band, 14 to 16, is inside “below 17”. Both are shown for our own children."],
    ["002:263-375", "Counts of 2, 3, 4 and 5 children are printed", "", "Those who watch see them as c."],
    ["Published figures", "Scores of 2014-15: 213, with 82 at 17 and over", "211 and 80 as published", "2015-16 and 2016-17 equal what was published."],
]  # fmt: skip
STABILITY_SLUG, STABILITY_NAME = "stability-tables", "Placements, breakdowns and stability"
STABILITY_SOURCE = "002:491-616"
STABILITY_ABOUT = "Children in care on 31 December 2017, the placements that broke down in 2017, and how long children stayed."
YEAR_2017, DAY_2017 = (date(2017, 1, 1), date(2018, 1, 1)), (date(2017, 12, 31), date(2018, 1, 1))
BREAKDOWNS = "Placements that broke down in 2017"
OWN, AGENCY = "In house", "Agency"
# group, name, unit, better, period, value, numerator, denominator, as printed, source, flag
STABILITY = [
    ("Children in care on 31 December 2017", "Children in care", "number", "", DAY_2017, D(697), 697, None, "697", "002:493", ""),
    ("Children in care on 31 December 2017", "Mean days in the placement, all", "days", "high", DAY_2017, D(513), None, 697, "513", "002:493", "Cannot be worked out from what is printed."),
    ("Children in care on 31 December 2017", "With in-house foster carers", "%", "", DAY_2017, D("27.8"), 194, 697, "194 (27.8%)", "002:497", ""),
    ("Children in care on 31 December 2017", "With agency foster carers", "%", "", DAY_2017, D("28.1"), 196, 697, "196 (28.1%)", "002:501", ""),
    (BREAKDOWNS, "Breakdowns", "number", "low", YEAR_2017, D(153), 153, None, "153", "002:505", "21 in house and 62 of agencies leave 70 (45.8%) that are not explained."),
    (BREAKDOWNS, "Children whose placement broke down", "number", "low", YEAR_2017, D(114), 114, None, "114", "002:505", ""),
    (BREAKDOWNS, "Mean days they had lasted", "days", "high", YEAR_2017, D(350), None, 153, "350", "002:505", ""),
    (BREAKDOWNS, "In house, of all breakdowns", "%", "low", YEAR_2017, D("13.7"), 21, 153, "21 (13.7%), 19 children, 263 days", "002:509", ""),
    (BREAKDOWNS, "Agency, of all breakdowns", "%", "low", YEAR_2017, D("40.5"), 62, 153, "62 (40.5%), 51 children, 505 days", "002:538", "31.6 for each 100 agency placements on the day, against 10.8 in house; 505 days are 1.92 times 263."),
    *((f"{OWN}: how long those placements had lasted", band, "%", "", YEAR_2017, D(percent), n, 21, f"{n} ({percent}%)", "002:511-533", "")
      for band, n, percent in (("1 day to 1 month", 5, "23.8"), ("1 to 6 months", 6, "28.6"), ("6 months to 1 year", 4, "19.0"), ("More than 1 year", 6, "28.6"))),
    *((f"{AGENCY}: how long those placements had lasted", band, "%", "", YEAR_2017, D(percent), n, 62, f"{n} ({percent}%)", "002:540-562", "")
      for band, n, percent in (("1 day to 1 month", 8, "12.9"), ("1 to 6 months", 17, "27.4"), ("6 months to 1 year", 7, "11.3"), ("More than 1 year", 30, "48.4"))),
    ("Two years in the same placement", "Children, of those in care for two and a half years", "number", "high", DAY_2017, D(213), 213, None, "213", "002:567", "No denominator is printed, so there is no percentage."),
    ("Two years in the same placement", "Of them, in house", "%", "", DAY_2017, D("31.5"), 67, 213, "67 (31.5%)", "002:567", ""),
    ("Two years in the same placement", "Of them, with an agency", "%", "", DAY_2017, D("29.6"), 63, 213, "63 (29.6%)", "002:567", ""),
    ("Placements in the year: three or more", "All children", "%", "low", YEAR_2017, D("8.8"), 56, 636, "56", "002:571-607", "8.8% is worked out; it is never printed."),
    ("Placements in the year: three or more", "In house", "%", "low", YEAR_2017, D("0.9"), 6, 636, "6 (0.9%)", "002:571-607", "Of all 636. Of the 167 in house it is 3.6%."),
    ("Placements in the year: three or more", "External", "%", "low", YEAR_2017, D("2.2"), 14, 636, "14 (2.2%)", "002:571-607", "Of all 636. Of the 175 external it is 8.0%."),
    ("Placements in the year: two", "All children", "%", "", YEAR_2017, D("23.4"), 149, 636, "149", "002:571-607", "23.4% is worked out."),
    ("Placements in the year: two", "In house", "%", "", YEAR_2017, D("5.3"), 34, 636, "34 (5.3%)", "002:571-607", ""),
    ("Placements in the year: two", "External", "%", "", YEAR_2017, D("7.7"), 49, 636, "49 (7.7%)", "002:571-607", ""),
    ("Placements in the year: one", "All children", "%", "high", YEAR_2017, D("67.8"), 431, 636, "431", "002:571-607", "67.8% is worked out."),
    ("Placements in the year: one", "In house", "%", "high", YEAR_2017, D("20.0"), 127, 636, "127 (20.0%)", "002:571-607", ""),
    ("Placements in the year: one", "External", "%", "high", YEAR_2017, D("17.6"), 112, 636, "112 (17.6%)", "002:571-607", ""),
    ("Placements in the year: all", "In house", "%", "", YEAR_2017, D("26.3"), 167, 636, "167 (26.3%)", "002:571-607", ""),
    ("Placements in the year: all", "External", "%", "", YEAR_2017, D("27.5"), 175, 636, "175 (27.5%)", "002:571-607", ""),
]  # fmt: skip
# Moves out of the city from small group homes, by year: 2015/16 is not printed.
OUT_OF_CITY = [("2014-15", 8), ("2016-17", 3)]
STABILITY_QUERIES = [
    ["002:573-607", "In-house and external per cents stand beside their own sector", "Of all 636 children", "Three or more is 3.6% of those in house and 8.0% of those external; 8.8% of all."],
    ["002:567", "213 children were two years in the same placement", "", "It is a numerator: no denominator is printed."],
    ["002:505-538", "153 breakdowns, 21 in house and 62 of agencies", "70 are left", "45.8% are of neither, and not explained."],
    ["002:613", "Agency placements break down more often, and had lasted about twice as long", "31.6 against 10.8 for each 100; 1.92 times", "It holds, set against the placements of one day."],
    ["002:493", "Mean of 513 days for 697 children", "", "It cannot be worked out."],
    ["002:616", "8 children moved out of the city in 2014/15 and three in 2016/17", "", "2015/16 is missing, and the counts are small."],
]  # fmt: skip
