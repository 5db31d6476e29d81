"""A late paper with a file that the chair took, and one member's own copy of the papers."""

from core import outbox
from panels.actions.own_papers import ask_for_copy
from panels.actions.paper import accept_supplement, offer_supplement


def late(borough, own, acting_as) -> dict:
    """A late paper of the meeting to come, whose papers are out."""
    offered = offer_supplement(
        own["item"], words="", change_note="What is new.", upload=("A late paper.txt", b"Words that came late."), by=borough.panel_administrator
    )
    return {"late": accept_supplement(offered, by=acting_as(borough.chair))}


def copied(borough, own, acting_as) -> None:
    """The member's copy of that meeting's papers, made once nothing more is kept from them."""
    ask_for_copy(own["meeting"], by=acting_as(borough.member))
    outbox.sweep(kinds=["papers.print"])
