"""A care placement strategy's outcome measures (004:1124-1143), and its growth of homes (004:884-916, 1136-1140)."""

from datetime import date
from decimal import Decimal

D = Decimal
BOARD = "Care placement strategy board, chaired by the director"
MARCH_2021 = date(2021, 3, 31)
SLUG, NAME = "placement-strategy", "Care placement strategy: outcome measures"
ABOUT = "What the strategy is measured by. Its board meets every month and writes down how each is going."
SOURCE = "004:373, 1124-1143"
# slug, name, unit, better, scheme, baseline (value, day, words), targets, values, source, flag, numerator, denominator
MEASURES = [
    ("children-in-care-rate", "Children in care for each 10,000 under 18", "per 10,000", "", "none", None,
     [(MARCH_2021, D("42.5"), "Kept at 42.5 per 10,000")], [], "004:1125-1129",
     "To be kept, neither raised nor lowered, so it has no better way and no colour. No baseline is printed.", "Children in care", "Children under 18, each 10,000"),
    ("mainstream-growth", "Growth of the council’s own mainstream homes, instead of agencies and the private market", "%", "high", "target", None,
     [(MARCH_2021, D("65"), "65% more")], [], "004:1131-1134", "What it is counted from is not printed.", "Own mainstream homes added", "Own mainstream homes at the start"),
    ("residential-share", "Children in care who live in residential care", "%", "low", "target", (D("10.6"), date(2018, 3, 31), "59 children, printed as 10.6%"),
     [(MARCH_2021, D("8"), "8%")], [(date(2017, 4, 1), date(2018, 4, 1), "31 March 2018", D("10.6"), 59, 553, "10.6% (59)")], "004:706-712, 1136-1140",
     "59 of 553 is 10.7%. The measure itself says “from 10%”.", "Children in residential care", "Children in care"),
    ("permanence-by-second-review", "Children in care with a plan for a lasting home by the second statutory review", "%", "high", "target", None,
     [(MARCH_2021, D("100"), "100%")], [], "004:1142-1143", "No day is printed; the strategy’s end is taken.", "Children with a plan by then", "Children whose second review was held"),
]  # fmt: skip
QUERIES = [
    ["004:695-697", "355 children in 2010 to 553 in 2018 is a growth of 48%", "55.8%", ""],
    ["004:699-700", "553 children to 769 by March 2021 is a further 18%", "39%", ""],
    ["004:706-708", "59 children are 10.6% of those in care", "59 of 553 is 10.7%", ""],
    ["004:887-888, 916", "24 carers lost were 14%, and there are 124 carers", "24 as 14% means 171 carers", ""],
    ["004:652, 1133, title", "The strategy ends in 2021 and, by its footer, in 2022", "", "One place prints “2017-2012”."],
]  # fmt: skip
NEEDS_SLUG, NEEDS_NAME = "sufficiency", "Sufficiency: homes there are against homes needed"
NEEDS_ABOUT = "How many carers, specialist homes and lodgings are to be added, beside how often panels wrote down that what a child needed could not be had."
NEEDS_SOURCE = "004:499-500, 884-902, 1136-1140, 8615"
NEEDS = [
    ("carers-added", "In-house foster carers added", "carers", "high", "target", (D("124"), date(2018, 3, 31), "124 carers in house"),
     [(MARCH_2021, D("130"), "130 more")], [(date(2018, 4, 1), date(2019, 4, 1), "2018/19", D("25"), None, None, "25 new households")], "004:499, 884-916",
     "24 were lost in 2016/17, printed as 14%; a loss of 13% a year, 60 in three years, is expected. Households are not carers.", "Carers approved since the strategy began", ""),
    ("specialist-homes-growth", "Growth of specialist homes", "%", "high", "target", None,
     [(MARCH_2021, D("100"), "100% more")], [(date(2018, 4, 1), date(2019, 4, 1), "2018/19", None, None, None, "8 specialist carers approved")], "004:499-500, 1136-1140, 8615",
     "The starting number is not printed. Carers for the most complex needs were hard to find.", "Specialist homes added", "Specialist homes at the start"),
    ("lodgings-growth", "Growth of supported lodgings", "%", "high", "target", None,
     [(MARCH_2021, D("45"), "45% more")], [], "004:1136-1140", "The starting number is not printed.", "Lodgings added", "Lodgings at the start"),
]  # fmt: skip
