"""Records whose time is up, a legal hold, a subject access request, and documents that clauses rely on: the demonstration's."""

from datetime import date, timedelta

from core import clock
from kpis.actions.disposal import propose_disposal
from kpis.actions.relied_on import add_relied_document
from kpis.actions.subject_access import gather_record, receive_request
from referrals.actions.child import add_child
from referrals.actions.hold import answer_hold, ask_for_hold
from referrals.models import Child

# name, what relies on it, owner, source, what is done meanwhile
DOCUMENTS = (
    ("Terms of reference of the ART Referral Panel", "The steering group considers them each year.", "Panel administrator", "000:206", "An example is in force, marked so, until they come."),
    ("Clause 59 of the main agreement", "Disputes that a meeting cannot settle are taken under it.", "Commissioner", "000:178", "A dispute keeps a day for an answer; how it is settled is written by hand."),
    ("Performance Management Framework", "Each quarter’s achieving part is judged by it.", "Commissioner", "002:913", "The commissioner decides what each quarter earned, with a reason."),
    ("Appendix A: examples of provision and costs", "The prices of the six rooms are examples from it.", "Commissioner", "001:362", "Prices are shown as indicative until somebody confirms them."),
    ("Local information sharing protocols", "The service works in line with them.", "Information governance officer", "002:683", "Each is listed with whether its text is held."),
    ("National rates for expert assessments", "A cost above the rate needs a reason and the chair.", "Finance", "003:33", "Whoever asks types the rate they compared with."),
)  # fmt: skip


def tell(borough, today: date) -> None:
    """What information governance has on its desk."""
    for title, relied_on_by, owner, source, meanwhile in DOCUMENTS:
        add_relied_document(
            borough.authority, title=title, relied_on_by=relied_on_by, owner_role=owner, source=source, meanwhile=meanwhile, by=borough.ig
        )
    _old_records(borough, today)
    child, came = Child.objects.get(full_name="Jayden Marlow"), today - timedelta(days=12)
    with clock.held_at(came):
        asked = receive_request(
            child, asked_by="self", asker_name="Jayden Marlow", identity_seen="Known to his social worker, who was there when he asked.",
            received_on=came, by=borough.ig,
        )  # fmt: skip
    with clock.held_at(today - timedelta(days=4)):
        gather_record(asked, by=borough.ig)


def _old_records(borough, today: date) -> None:
    """Records taken over from paper files; one is proposed for disposal, and an inquiry holds another."""
    _, proposed, held = (
        add_child(
            authority=borough.authority, team=borough.teams["south"], full_name=name, born_on=date(today.year - 76, month, day),
            is_looked_after=True, by=borough.ig,
        )
        for name, month, day in (("Walter Pym", 1, 23), ("Edith Crane", 1, 30), ("Doris Hallam", 1, 31))
    )  # fmt: skip
    with clock.held_at(today - timedelta(days=40)):
        hold = ask_for_hold(child=held, because="An inquiry into children’s homes of the 1950s and 1960s.", by=borough.ig)
        answer_hold(hold, agrees=True, by=borough.hos)
    with clock.held_at(today - timedelta(days=2)):
        propose_disposal(proposed, note="The paper file, destroyed in 1996; nothing else names her.", by=borough.ig)
