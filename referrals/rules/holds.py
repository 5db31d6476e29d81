"""Legal holds: what keeps every record it reaches, placed and lifted by two people."""

from core.rules import FieldReason


def why_not_ask_hold(*, may: bool, because: str, is_ours: bool) -> list[str]:
    """HLD-1. Information governance asks for a hold on a child, a team, a service or the whole council, and says why."""
    reasons = [] if may else ["Information governance asks for this."]
    if not is_ours:
        reasons.append("That is not this council’s.")
    return reasons if because.strip() else [*reasons, FieldReason("because", "Say why the records must be kept")]


def why_not_answer_hold(*, may: bool, waits: bool, is_asker: bool) -> list[str]:
    """HLD-2. A second person agrees to a hold or turns it down; until then it keeps all that it would keep."""
    if not waits:
        return ["This hold does not wait for an answer."]
    reasons = [] if may else ["A head of service answers this."]
    return [*reasons, "You asked for this: a second person has to answer."] if is_asker else reasons


def why_not_ask_lift(*, may: bool, stands: bool, because: str) -> list[str]:
    """HLD-3. Information governance asks for a hold that stands to be lifted, and says why; it keeps everything meanwhile."""
    reasons = [] if may else ["Information governance asks for this."]
    if not stands:
        reasons.append("Only a hold that stands, and that nobody has asked to lift, is lifted.")
    return reasons if because.strip() else [*reasons, FieldReason("because", "Say why the records need not be kept any more")]


def why_not_lift(*, may: bool, waits: bool, is_asker: bool) -> list[str]:
    """HLD-4. A second person, never the one who asked, lifts a hold or lets it stand."""
    if not waits:
        return ["Nobody has asked for this hold to be lifted."]
    reasons = [] if may else ["A head of service answers this."]
    return [*reasons, "You asked for this: a second person has to answer."] if is_asker else reasons
