"""What was done while the borough's children waited: contacts, plans, lead workers, messages and cover."""

from datetime import timedelta

from core import clock
from referrals.actions.cover import add_cover
from referrals.actions.health import record_health_link
from referrals.actions.lead_worker import name_lead_worker
from referrals.actions.message import write_message
from referrals.actions.waiting import agree_waiting_plan, log_contact, plan_waiting
from referrals.models import Referral

MEANWHILE = (
    "Keep the Tuesday club and the bedtime plan going. Write down which evenings were hard. Ring before it gets too much:"
    " somebody can come the same day."
)


def while_they_wait(borough) -> None:
    """Contacts with most, a plan agreed for one and one to agree, and who leads whom."""
    waiting = list(Referral.objects.filter(status="WAITING").select_related("child", "author").order_by("waiting_since", "pk"))
    today = clock.today()
    for turn, referral in enumerate(waiting):
        since = referral.waiting_since + timedelta(hours=20)
        if turn != 1 and since < clock.now():
            with clock.held_at(since):
                log_contact(referral, with_whom=("carer", "referrer")[turn % 2], note="They manage for now and know whom to ring.", by=borough.art)
        if turn in {0, 1, 2}:
            plan = plan_waiting(
                referral, meanwhile=MEANWHILE, ring_name="Tom Whitlock", ring_number="01632 960000",
                ring_hours="8am to 8pm, every day", by=borough.art,
            )  # fmt: skip
            if referral.author != borough.sw:
                agree_waiting_plan(plan, by=referral.author)
    for referral in Referral.objects.filter(status="SUPPORTED").order_by("pk")[:4]:
        name_lead_worker(referral, borough.worker, by=borough.art)
    _words(borough)
    add_cover(acts=borough.tm2, from_on=today, last_on=today + timedelta(days=4), by=borough.tm)
    add_cover(acts=borough.strategic, from_on=today + timedelta(days=20), last_on=today + timedelta(days=31), by=borough.sm)


def _words(borough) -> None:
    """A question and its answer on a referral that was sent, and how one child stands with mental health services."""
    sent = Referral.objects.filter(status="SENT").select_related("child", "author").order_by("pk").first()
    if sent is not None:
        write_message(sent, words="Has the school kept the place open until January?", to_roles=["SW"], by=borough.pa)
        write_message(sent, words="Yes. The head wrote on Monday; I have added the letter.", to_roles=["PA"], by=sent.author)
    supported = Referral.objects.filter(status="SUPPORTED").select_related("child").order_by("pk").first()
    if supported is not None:
        record_health_link(
            supported, state="open", home_is_stable=True, by=borough.art,
            shared_care_note="They see the child every fortnight; we plan the evenings with the carer. Both read the plan.",
        )  # fmt: skip
