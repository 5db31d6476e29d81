"""The numbers of kpis that a council settles by date."""

from core.readings import Reading, declare

RETURN_DUE = "return-due-after"
REPORT_DRAFTED, REPORT_FROZEN, REPORT_SENT = "report-drafted-after", "report-frozen-after", "report-sent-after"
OURS = "000:65-74 give no day; figures of a quarter are told on the fifth"

declare(
    Reading(
        RETURN_DUE, "Provider’s return due after a quarter, within", "day", 14, 1, 60, "Returns",
        "002:955, 960 give no day; 14 is the house’s own reading",
    ),
    *(
        Reading(key, f"Quarterly reports {word} after a quarter, on Working Day", "day", usual, 1, 60, "Reports", OURS)
        for key, word, usual in ((REPORT_DRAFTED, "drafted", 6), (REPORT_FROZEN, "frozen", 10), (REPORT_SENT, "sent", 12))
    ),
)  # fmt: skip
