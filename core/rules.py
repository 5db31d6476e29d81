"""How a rule says no: in sentences, all of them at once."""

from collections.abc import Iterable


class RuleBroken(Exception):
    """What was asked breaks a rule; `reasons` says why, in sentences a person can read out."""

    def __init__(self, reasons: Iterable[str]):
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


class FieldReason(str):
    """A reason that belongs beside one field of the form."""

    field: str

    def __new__(cls, field: str, sentence: str):
        """The sentence, knowing its field."""
        reason = super().__new__(cls, sentence)
        reason.field = field
        return reason


def refuse_if(reasons: Iterable[str]) -> None:
    """Raise RuleBroken with every reason, or return where there is none."""
    reasons = list(reasons)
    if reasons:
        raise RuleBroken(reasons)
