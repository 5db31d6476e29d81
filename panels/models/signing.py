"""What the rule on signing asks of one person and one version of the terms."""

from core import clock
from panels.choices import TermsState
from panels.rules.alteration import Signing


def signing_by(terms, person, position: str) -> Signing:
    """Whether they act for a party, hold a seat of this version, and have authority on record."""
    acts_for = person.acting.organisation if person.acting else None
    row = terms.signatures.filter(party=acts_for).first()
    invited = terms.seats.filter(is_invitee=True).values("letter")
    held = list(terms.panel.seat_holders.on(clock.today()).filter(person=person).exclude(letter__in=invited))
    return Signing(
        party=str(acts_for or "your organisation"), acts_for_party=row is not None, holds_a_seat=bool(held),
        authority_is_recorded=any(seat.may_decide_because for seat in held),
        is_signed_already=row is not None and row.signed_on is not None,
        awaits_signatures=terms.state in {TermsState.ADOPTED, TermsState.IN_FORCE} and terms.signatures.exists(),
        position=position,
    )  # fmt: skip
