"""Papers: issued once, and what comes after them."""

from dataclasses import dataclass
from datetime import date

from core.dates import day_in_words


@dataclass(frozen=True)
class Circulating:
    """What is asked: one agenda sent out today."""

    is_open: bool
    today: date
    due_on: date
    went_out_on: date | None = None
    short_because: str = ""
    unsigned: tuple[str, ...] = ()


def why_not_circulate(asked: Circulating) -> list[str]:
    """PAP-1. Papers go out once; what comes later is a supplement."""
    if asked.went_out_on is not None:
        return [f"These papers went out on {day_in_words(asked.went_out_on)}. A later paper goes as a supplement."]
    closed = [] if asked.is_open else ["This meeting has been held, cancelled or closed."]
    return closed + list(asked.unsigned) + why_not_circulate_short(asked)


def why_not_circulate_short(asked: Circulating) -> list[str]:
    """PAP-2. Papers that go out later than the terms allow say why, and that is a breach."""
    if asked.today <= asked.due_on or asked.short_because.strip():
        return []
    return [f"The last day to circulate was {day_in_words(asked.due_on)}. Say why these go out late."]


def why_not_release(asked: Circulating) -> list[str]:
    """PAP-9. An agenda that could go out now may be left to go out by itself, in the morning of its last day."""
    reasons = why_not_circulate(asked)
    if reasons or asked.today < asked.due_on:
        return reasons
    return [f"The last day to circulate is {day_in_words(asked.due_on)}: circulate it now."]


def why_not_offer_late(*, went_out: bool, is_open: bool) -> list[str]:
    """PAP-3. A late paper stands beside papers that have gone out, for a meeting still to come."""
    if not is_open:
        return ["This meeting has been held, cancelled or closed."]
    return [] if went_out else ["These papers have not gone out: put it with them."]


def why_not_answer_late(*, chairs: bool, is_out: bool, is_answered: bool, refuses: bool, because: str) -> list[str]:
    """PAP-4. The chair, and one who is not out of the item, accepts or refuses a late paper once."""
    reasons = []
    if not chairs:
        reasons.append("Only the chair accepts or refuses a late paper.")
    if is_out:
        reasons.append("You are out of this item.")
    if is_answered:
        reasons.append("The chair has answered this already.")
    if refuses and not because.strip():
        reasons.append("Say why it is refused.")
    return reasons


def why_not_renumber(went_out: bool) -> list[str]:
    """PAP-5. Issued pages never change or renumber."""
    return ["The papers have gone out, and issued pages keep their numbers."] if went_out else []


def why_not_tell_presenters(*, is_on: bool, minutes: int) -> list[str]:
    """PAP-6. Presenters are told of a meeting that runs late, while it is still to be held or is on."""
    reasons = [] if is_on else ["This meeting has been held, cancelled or closed."]
    return reasons if 5 <= minutes <= 180 else [*reasons, "Say by how many minutes, from 5 to 180."]


def why_not_take_file(*, has_file: bool, may_be_opened: bool) -> list[str]:
    """PAP-7. A late paper whose file has a virus, or waits to be checked for one, is not taken."""
    return ["Its file has a virus, or has not been checked for one yet: it cannot be taken."] if has_file and not may_be_opened else []


def why_not_copy(*, went_out: bool, has_papers: bool) -> list[str]:
    """PAP-8. A reader's own copy is made once papers are out, of what that reader may open."""
    if not went_out:
        return ["These papers have not gone out yet."]
    return [] if has_papers else ["There is no paper here for you to read."]
