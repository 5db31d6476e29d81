"""The figures of the specification's evidence of need (002 section 1.4.2), as they are frozen.

Counts of 1 to 5 children, and what would give them away, are frozen as c.
"""

TABLES = [
    {"title": "Children in care on 31 December 2017", "source": "002:493-501", "columns": ["Where", "Children", "Per cent", "Average days in the placement"],
     "rows": [["All", "697", "100", "513"], ["In-house foster carers", "194", "27.8", "564"], ["Agency foster carers", "196", "28.1", "519"]]},
    {"title": "Placements that broke down unplanned in 2017", "source": "002:505-562", "columns": ["Where", "Breakdowns", "Children", "Average days"],
     "rows": [["All", "153", "114", "350"], ["In-house foster carers", "21", "19", "263"], ["Agency foster carers", "62", "51", "505"]]},
    {"title": "How long those placements had lasted", "source": "002:511-562", "columns": ["Lasted", "In-house", "Agency"],
     "rows": [["1 day to 1 month", "c", "8"], ["1 to 6 months", "6", "17"], ["6 months to 1 year", "c", "7"], ["More than 1 year", "6", "30"]]},
    {"title": "Same placement for two years, of those in care for two and a half", "source": "002:567",
     "columns": ["Where", "Children", "Per cent of them"], "rows": [["All", "213", "100"], ["In-house", "67", "31.5"], ["Agency", "63", "29.6"]]},
    {"title": "Placements in the year to 31 December 2017", "source": "002:571-607", "columns": ["Placements", "All", "In-house", "External"],
     "rows": [["3 or more", "56", "6", "14"], ["2", "149", "34", "49"], ["1", "431", "127", "112"], ["All", "636", "167", "175"]]},
    {"title": "SDQ scores of children in care for more than a year", "source": "002:123-183",
     "columns": ["Year", "Below 17", "17 and above", "All", "Average"],
     "rows": [["2014-15", "131", "82", "213", "14.4"], ["2015-16", "160", "116", "276", "14.9"], ["2016-17", "203", "146", "349", "14.3"],
              ["2017-18, part of the year", "155", "89", "244", "14"]]},
    {"title": "SDQ scores against the year before", "source": "002:188-258", "columns": ["Year", "Worsened", "Same", "Improved", "Children"],
     "rows": [["2015-16", "68", "8", "74", "150"], ["2016-17", "92", "23", "108", "223"], ["2017-18", "90", "11", "83", "184"]]},
    {"title": "Average SDQ score in small group homes", "source": "002:400-424", "columns": ["Year", "Average"],
     "rows": [["2014-15", "18.6"], ["2015-16", "20.1"], ["2016-17", "19.1"], ["2017-18", "18.9"]]},
    {"title": "Moves out of the city from small group homes", "source": "002:616", "columns": ["Year", "Children"],
     "rows": [["2014/15", "8"], ["2016/17", "c"]]},
]  # fmt: skip
