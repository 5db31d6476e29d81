"""Progress: every status a referral can have, and every move between them."""

LABELS = {
    "DRAFT": "Draft",
    "WITH_TM": "With team manager",
    "WITH_SM": "With service manager",
    "WITH_STRATEGIC": "With strategic manager",
    "RETURNED": "Returned to you",
    "SENT": "Sent",
    "MORE_INFO": "More information needed",
    "READY": "Ready for panel",
    "BOOKED": "Booked for panel",
    "RECOMMENDED": "Recommended",
    "AGREED": "Agreed",
    "CONDITIONS": "Agreed with conditions",
    "PART": "Agreed in part",
    "DEFERRED": "Deferred",
    "DECLINED": "Not agreed",
    "REDIRECTED": "Sent to another panel",
    "WAITING": "Waiting for a place",
    "OFFERED": "Place offered",
    "SUPPORTED": "Supported",
    "STEP_DOWN": "Step-down",
    "ENDED": "Ended",
    "WITHDRAWN": "Withdrawn",
}

STEPS = ("WITH_TM", "WITH_SM", "WITH_STRATEGIC")
OUTCOMES = ("AGREED", "CONDITIONS", "PART", "DEFERRED", "DECLINED", "REDIRECTED")
LAST = ("ENDED", "WITHDRAWN")

NEXT = {
    "DRAFT": {"WITH_TM", "WITHDRAWN"},
    "WITH_TM": {"WITH_SM", "RETURNED", "WITHDRAWN"},
    "WITH_SM": {"WITH_STRATEGIC", "SENT", "RETURNED", "WITHDRAWN"},
    "WITH_STRATEGIC": {"SENT", "RETURNED", "WITHDRAWN"},
    "RETURNED": {*STEPS, "WITHDRAWN"},
    "SENT": {"MORE_INFO", "READY", "RETURNED", "WITHDRAWN"},
    "MORE_INFO": {"SENT", "WITHDRAWN"},
    "READY": {"BOOKED", *STEPS, "WITHDRAWN"},
    "BOOKED": {"READY", "RECOMMENDED", *STEPS, *OUTCOMES, "WITHDRAWN"},
    "RECOMMENDED": {*OUTCOMES, "WITHDRAWN"},
    "AGREED": {"WAITING", "ENDED", "WITHDRAWN"},
    "CONDITIONS": {"WAITING", "ENDED", "WITHDRAWN"},
    "PART": {"WAITING", "ENDED", "WITHDRAWN"},
    "DEFERRED": {"READY", "WITHDRAWN"},
    "DECLINED": {"READY", "ENDED", "WITHDRAWN"},
    "REDIRECTED": {"READY", "WITHDRAWN"},
    "WAITING": {"OFFERED", "ENDED", "WITHDRAWN"},
    "OFFERED": {"SUPPORTED", "WAITING", "WITHDRAWN"},
    "SUPPORTED": {"STEP_DOWN", "ENDED"},
    "STEP_DOWN": {"SUPPORTED", "ENDED"},
    "ENDED": set(),
    "WITHDRAWN": set(),
}


def why_not_move(was: str, now: str, *, marked: bool = False, undone: bool = False, taken_back: bool = False) -> list[str]:
    """PRG-1. A referral moves only along its table; an emergency start or a transfer is marked.

    A marked move reaches SUPPORTED from anywhere; undoing a closing entered by mistake leads back from the last, and
    taking back an agreement that does not stand leads back to booked.
    """
    back = (undone and was in LAST and now not in LAST) or (taken_back and was in {"RECOMMENDED", *OUTCOMES} and now == "BOOKED")
    if now in NEXT[was] or (marked and now == "SUPPORTED" != was) or back:
        return []
    return [f"A referral that is “{LABELS[was]}” cannot become “{LABELS[now]}”."]


def diagram() -> str:
    """Draw the table as a mermaid status diagram; every state inside BEFORE may be withdrawn."""
    before = [was for was, nexts in NEXT.items() if "WITHDRAWN" in nexts]
    arrows = [
        (was, now) for was, nexts in NEXT.items() for now in LABELS if now in nexts - {"WITHDRAWN"}
    ]
    inside = [f"    {a} --> {b}" for a, b in arrows if a in before and b in before]
    outside = [f"  {a} --> {b}" for a, b in arrows if a not in before or b not in before]
    names = [f"  {status}: {words}" for status, words in LABELS.items()]
    return "\n".join(
        [
            "stateDiagram-v2",
            *names,
            "  [*] --> DRAFT",
            '  state "Before support" as BEFORE {',
            *inside,
            "  }",
            "  BEFORE --> WITHDRAWN",
            *outside,
            *[f"  {status} --> [*]" for status in LAST],
        ]
    )
