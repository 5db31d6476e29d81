"""One child's way through: started, signed, triaged, listed, placed, ended, each by who would do it."""

from datetime import timedelta

from config.demo.cases import Case, answers
from config.demo.endings import ended, ended_early, written
from config.demo.intake import ask_exceptions, more_answers
from core import clock
from referrals.actions.allocation import allocate_place, propose_bed
from referrals.actions.child import add_child, add_person_round_child
from referrals.actions.ending import step_down
from referrals.actions.offer import accept_bed
from referrals.actions.outcome import end_referral
from referrals.actions.referral import save_tasks, send_referral, start_referral, withdraw_referral
from referrals.actions.sign_off import return_referral, sign_off_referral
from referrals.actions.stay import start_stay
from referrals.actions.stay_changes import change_dates
from referrals.actions.triage import ask_for_more, make_ready
from referrals.models import Referral, Stay
from referrals.models.holdings import waiting_in_order
from referrals.rules.sign_off import CONFIRMATIONS

# Days from a panel to its children's first day, in the order of panels: never overtaking.
WAITS = {12: 4, 11: 11, 10: 11, 9: 12, 8: 4, 7: 4, 6: 11, 5: 4, 4: 4, 3: 4}
NORTH = {"sw", "sw2"}
# Those not yet heard by a panel: which steps are behind them, and how many days apart.
STEPS_DONE = {
    "draft": 0, "with team manager": 1, "returned": 1, "with service manager": 2, "with strategic manager": 3,
    "sent": 3, "more information": 3, "ready": 4, "booked": 4, "withdrawn": 4,
}  # fmt: skip
TASKS = ("child", "request", "views", "needs", "risk", "support", "consent")


class Path:
    """The deeds of one case, put into the story."""

    def __init__(self, story, meetings, turn: int, case: Case):
        self.story, self.meetings, self.turn, self.case = story, meetings, turn, case
        self.borough, self.at = story.borough, story.at
        self.worker = getattr(self.borough, case.worker)
        self.lead = self.borough.tm if case.worker in NORTH else self.borough.tm2
        self.key = None
        self.bed = self.stay = None

    @property
    def referral(self) -> Referral:
        """As it stands now."""
        return Referral.objects.select_related("child", "author").get(pk=self.key)

    @property
    def named(self) -> Referral:
        """By its key alone, for a deed that reads it anew under its lock."""
        return Referral(pk=self.key)

    def begin(self) -> None:
        """From the first day to triage, for as many steps as are behind this referral."""
        started, gaps = self._started()
        steps = STEPS_DONE.get(self.case.ends, 4)
        hour = 9 + self.turn % 7
        self.at(started, hour, self._start)
        deeds = [self._send, lambda: self._sign(self.lead), lambda: self._sign(self.borough.sm), self._ready]
        if self.case.service == "properties":
            deeds = deeds[:3]
        day = started
        for gap, deed in list(zip(gaps, deeds, strict=False))[:steps]:
            day += timedelta(days=gap)
            self.at(day, hour + 0.5, deed)

    def _started(self):
        """The first day, and the days between its steps."""
        if self.case.panel is None:
            return self.story.today - timedelta(days=self.case.more["ago"]), (1, 2, 2, 3)
        gaps = (self.turn % 3, 2 + self.turn % 4, 1 + self.turn % 3, 2)
        ready = self.story.panel_day(self.case.panel) - timedelta(days=10)
        if self.case.panel == 0:
            ready = self.story.today - timedelta(days=2)
        return ready - timedelta(days=sum(gaps) + self.turn % 5), gaps

    def go_on(self) -> None:
        """From triage to where this referral stands."""
        case = self.case
        if case.panel is not None:
            listed = min(self.story.panel_day(case.panel) - timedelta(days=8), self.story.today - timedelta(days=1))
            self.at(listed, 16, lambda: self.meetings.list(case, self.referral))
        after = {
            "returned": (3, self._return), "more information": (2, self._ask), "withdrawn": (40, self._withdraw),
            "papers out": (1, lambda: self.meetings.send_for_act(self.referral)),
        }.get(case.ends)  # fmt: skip
        if after:
            self.at(self.story.today - timedelta(days=after[0]), 14, after[1])
        if case.ends == "declined and ended":
            day = self.story.panel_day(case.panel) + timedelta(days=12)
            self.at(day, 11, lambda: end_referral(self.named, reason="Another service is helping.", by=self.borough.pa))
        if case.panel in WAITS and (
            case.ends.startswith(("ended", "supported", "stepping")) or case.service == "hub"
        ):
            self._place()
        if case.ends == "offered":
            self.at(self.story.today - timedelta(days=4), 15, self._offer_next)

    def _start(self):
        """The child is added, and the tasks are filled."""
        case, first = self.case, self.case.name.split()[0]
        born_on = clock.today() - timedelta(days=case.age * 365 + 40 + self.turn * 5)
        child = add_child(
            authority=self.borough.authority, full_name=case.name, born_on=born_on, case_number=f"LCS{41000 + self.turn * 37}",
            preferred_name=first, social_worker=self.worker, by=self.worker,
            team=self.borough.teams["north" if case.worker in NORTH else "south"],
        )  # fmt: skip
        add_person_round_child(
            child, full_name=f"Carer of {case.name}", relationship="Carer", is_carer=True,
            has_parental_responsibility=self.turn % 2 == 0, contact="01632 960000", by=self.worker,
        )  # fmt: skip
        if self.turn % 2:
            add_person_round_child(
                child, full_name=f"Parent of {case.name}", relationship="Mother",
                has_parental_responsibility=True, by=self.worker,
            )  # fmt: skip
        referral = start_referral(child, by=self.worker)
        self.key = referral.pk
        typed, more = answers(case, self.turn, self.worker), more_answers(case, self.turn)
        told = {name: {**typed[name], **more.get(name, {})} for name in TASKS[: case.more.get("tasks", len(TASKS))]}
        finished = [name for name, said in told.items() if said.pop("says_complete", "") == "yes"]
        save_tasks(referral, answers=told, finished=finished, by=self.worker)
        if case.service == "properties" or case.ends == "draft":
            ask_exceptions(self.borough, case, self.referral, self.worker)

    def _send(self):
        send_referral(self.named, by=self.worker)

    def _sign(self, signer):
        sign_off_referral(self.named, confirmations=CONFIRMATIONS, by=signer)

    def _ready(self):
        make_ready(
            self.named, band=self.case.band, reason="Agreed at the weekly call.", agreed_by=self.borough.strategic,
            by=self.borough.pa,
        )  # fmt: skip

    def _return(self):
        comment = "Say what has changed since June, and attach the plan for evenings."
        return_referral(self.named, comment=comment, tasks=["needs"], by=self.lead)

    def _ask(self):
        ask_for_more(self.named, question="Is there a current risk assessment?", tasks=["risk"], by=self.borough.pa)

    def _withdraw(self):
        withdraw_referral(self.named, reason="The family asked for other help.", by=self.worker)

    def _place(self):
        """A place from the first day the panel's children start, and its end where it has ended."""
        case = self.case
        first = self.story.panel_day(case.panel) + timedelta(days=WAITS[case.panel])
        over = first + timedelta(weeks=case.weeks)
        if case.service == "outreach":
            self._queue(first, over)
            if case.ends.startswith("ended"):
                early = over - timedelta(weeks=2) if case.ends == "ended early" else over
                deed = self._end_early if case.ends == "ended early" else self._end_stay
                self.at(early, 16, deed, later=True)
            if case.ends == "stepping down":
                self.at(self.story.today - timedelta(days=15), 10, self._step_down)
            return
        self.at(first - timedelta(days=3), 9, lambda: self._propose(first, over), later=True)
        self.at(first - timedelta(days=3), 11, lambda: accept_bed(self.bed, by=self.worker), later=True)
        self.at(first, 14, lambda: start_stay(self.bed, on=clock.today(), by=self.borough.art), later=True)
        if case.ends == "followed":
            self.at(over, 9, lambda: ended(self.bed, self.turn, "Assessed; outreach goes on at home.", by=self.borough.art), later=True)
            self.at(over, 10, self._start_after, later=True)

    def _queue(self, first, over):
        """One panel's children are placed on one day, in the agreed order."""
        self.over = over
        queue = self.story.placing.setdefault(self.case.panel, [])
        if not queue:
            self.at(first, 11, lambda: self._place_all(queue), later=True)
        queue.append(self)

    def _place_all(self, queue):
        order = [row.pk for row in waiting_in_order(self.borough.outreach)]
        for path in sorted(queue, key=lambda path: order.index(path.key)):
            path.allocate(path.over)

    def allocate(self, over) -> None:
        """This child's outreach place, from today."""
        self.stay = allocate_place(
            self.referral, self.borough.outreach, starts_on=clock.today(), planned_end_on=over, by=self.borough.art
        )

    def _propose(self, first, over):
        free = self.borough.hub.places.exclude(
            stays__state__in=["begun", "planned", "offered"], stays__planned_end_on__gt=first
        )
        self.bed = propose_bed(
            self.referral, free.order_by("number").first(), starts_on=first, planned_end_on=over,
            impact_assessment="Both residents were asked. Bedrooms are on different floors.",
            risk_because="Somebody is awake all night, and each has a plan for evenings.", by=self.borough.art,
        )  # fmt: skip

    def _offer_next(self):
        """The bed that is free soonest, from the day it is."""
        soonest = self.borough.hub.places.filter(stays__state="begun").order_by("stays__planned_end_on").first()
        first = soonest.stays.get(state="begun").planned_end_on + timedelta(days=1)
        self.bed = propose_bed(
            self.referral, soonest, starts_on=first, planned_end_on=first + timedelta(weeks=self.case.weeks),
            impact_assessment="The two who stay know each other and agree.",
            risk_because="Somebody is awake all night, and each has a plan for evenings.",
            follow_plan="The outreach place is planned at the first review.", by=self.borough.art,
        )  # fmt: skip

    def _end_stay(self):
        ended(self.stay, self.turn, self.case.more.get("reason", "What was agreed is done."), by=self.borough.art)

    def _end_early(self):
        ended_early(self.stay, self.turn, by=self.borough.art)

    def _step_down(self):
        step_down(self.referral, by=self.borough.art)
        written(self.stay, self.turn, by=self.borough.art, tasks=("reason", "next"))

    def _start_after(self):
        """Outreach that was held after the bed begins, and may be lengthened."""
        after = Stay.objects.get(follows=self.bed)
        self.stay = start_stay(after, on=clock.today(), by=self.borough.art)
        if "until" in self.case.more:
            end = self.story.today + timedelta(weeks=self.case.more["until"])
            change_dates(self.stay, planned_end_on=end, reason="The review asked for a longer ending.", by=self.borough.art)
