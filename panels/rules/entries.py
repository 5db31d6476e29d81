"""A decision's entry on the council's case system: made, checked, and made again where it was varied."""


def why_not_enter(is_released: bool, is_entered: bool) -> list[str]:
    """ENT-1. A decision is entered on the case system once it is released, and once."""
    if is_entered:
        return ["It was entered before."]
    return [] if is_released else ["Only a released decision is entered on the case system."]


def why_not_check_entry(is_entered: bool, is_checked: bool, is_own: bool) -> list[str]:
    """ENT-2. An entry on the case system is checked once, by somebody who did not make it."""
    if not is_entered:
        return ["It is not on the case system yet."]
    if is_checked:
        return ["It was checked before."]
    return ["Somebody else checks what you entered."] if is_own else []
