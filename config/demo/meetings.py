"""The borough's meetings: called, circulated, held, minuted and agreed at the next."""

from datetime import timedelta
from decimal import Decimal

from config.demo.cases import CONDITIONS, REASONS, Case
from core import clock
from panels.actions.act import send_papers_for_act
from panels.actions.agenda import add_item, circulate_agenda, list_referral
from panels.actions.altering import propose_alteration, sign_terms
from panels.actions.attendance import answer_invitation
from panels.actions.decision import agree_all, record_decision
from panels.actions.dispute import raise_dispute
from panels.actions.entries import enter_on_case_system
from panels.actions.follow_up import finish_action
from panels.actions.interest import declare_interest
from panels.actions.live import arrive_together, finish_meeting, save_note, start_meeting, take_item
from panels.actions.meeting import agree_year, call_meeting
from panels.actions.minutes import agree_minutes, check_minutes, send_minutes_to_chair
from panels.models import Action, Decision, Minutes

PRICES = {"outreach": 660, "hub": 5200}
UNMET = "A foster home for two brothers within 20 miles"
HELD_BACK = "The chair speaks with the family first."
OUTCOMES = {
    "declined": "not agreed", "declined and ended": "not agreed", "deferred": "defer", "redirected": "redirect",
    "in part": "part", "conditions held back": "conditions", "supported on conditions": "conditions",
}  # fmt: skip
PLACED = {"a": "chair", "b": "school", "c": "health", "d": "art"}
GROUP = ["chair", "hos", "sm", "fostering", "com", "art"]
# What each steering group, counted back, decided; and who could not come.
REPORTS = [
    "The three properties: when the first opens", "Speech and language support: the empty post",
    "Which measures the group watches next year", "How carers are told of a place",
    "The hub’s impact assessments", "Consultations with schools", "Step-down: how long is enough",
    "Evenings and nights: the on-call rota", "What the group will watch in its first year",
]  # fmt: skip
# Proposals to change the terms, by the meeting that considers each first: one clause, and why.
PROPOSALS = {
    3: ({
        "number": "3.4",
        "text": "These terms and the standing agenda are themselves considered each time the group meets. Papers sent "
        "in time are taken as read.",
    }, "Meetings run over when papers are read out."),
    0: ({
        "number": "7.4",
        "text": "Every Representative is told that a meeting is cancelled at least 48 hours before it was to start.",
        "numbers": {"cancellation_hours": 48},
    }, "Members arrange cover for these mornings, and a day is too short to undo it."),
}  # fmt: skip
AWAY = {4: "hos", 6: "fostering", 2: "sm"}


class Meetings:
    """Every meeting of the story, found by which it is."""

    def __init__(self, story):
        self.story, self.borough = story, story.borough
        self.panels, self.groups, self.items = {}, {}, {}

    def referral(self, back: int, cases: list[Case]) -> None:
        """One fortnightly panel and everything about it."""
        day, at = self.story.panel_day(back), self.story.at
        at(day - timedelta(days=24), 9, lambda: self._call(self.panels, back, self.borough.panel, day))
        at(day - timedelta(days=6), 15, lambda: self._circulate(self.panels[back]))
        at(day, 10, lambda: self._begin(self.panels[back], PLACED.values()))
        for number, case in enumerate(cases):
            at(day, 10.2 + number * 0.3, lambda case=case: self._decide(case))
        at(day, 12.5, lambda: self._close(self.panels, back))
        self._minute(self.panels, back, day)

    def steering(self, back: int) -> None:
        """One meeting of the steering group and everything about it."""
        day, at = self.story.group_day(back), self.story.at
        at(day - timedelta(days=33), 9.5, lambda: self._call(self.groups, back, self.borough.group, day))
        at(day - timedelta(days=30), 11, lambda: self._report(back))
        at(day - timedelta(days=9), 15, lambda: self._circulate(self.groups[back]))
        self._alter(back, day)
        here = [who for who in GROUP if who != AWAY.get(back)]
        at(day, 10, lambda: self._begin(self.groups[back], here))
        at(day, 11, lambda: self._discuss(back))
        at(day, 12.2, lambda: self._close(self.groups, back))
        if back == 1:
            at(day, 12.5, self._dispute)
        self._minute(self.groups, back, day)

    def tripartite(self) -> None:
        """Three dates of the tripartite group, each with another agency in the chair."""
        first = self.story.today - timedelta(days=self.story.today.weekday()) + timedelta(days=15)
        moments = [clock.moment(self._open(first + timedelta(weeks=5 * n)), clock.TEN) for n in range(3)]
        self.story.at(first - timedelta(days=30), 9.2, lambda: agree_year(
            self.borough.tripartite, moments=moments, venue="Room 3, Ashmere House", by=self.borough.pa
        ))  # fmt: skip

    def _call(self, kept, back, panel, day):
        """Notice is served on everybody."""
        kept[back] = call_meeting(
            panel, starts_at=clock.moment(self._open(day), clock.TEN), venue="Room 3, Ashmere House", by=self.borough.pa
        )

    def _open(self, day):
        """The day itself, or the Working Day before where it is a holiday."""
        while day in self.story.calendar.holidays:
            day -= timedelta(days=1)
        return day

    def _alter(self, back, day):
        """Proposals to change the terms: one adopted and signed some meetings ago, one for the next meeting."""
        if back not in PROPOSALS:
            return
        at, borough = self.story.at, self.borough
        at(day - timedelta(days=22), 10, lambda: self._propose(back))
        at(day, 11.5, lambda: record_decision(
            self.items[f"proposal {back}"], outcome="agree", reasons="Everybody was for it.", by=borough.pa
        ))  # fmt: skip
        at(day + timedelta(days=5), 10, lambda: self._sign(borough.chair, "Assistant Director"), later=True)
        at(day + timedelta(days=7), 10, lambda: self._sign(borough.art, "Children’s Services Manager"), later=True)

    def _propose(self, back):
        """One clause changed, sent to the chair."""
        change, reason = PROPOSALS[back]
        proposal = propose_alteration(
            self.borough.group, changes=[change], reason=reason, meeting=self.groups[back], by=self.borough.fostering
        )
        self.items[f"proposal {back}"] = proposal.item

    def _sign(self, person, position):
        """A party signs the newest version."""
        sign_terms(self.borough.group.terms.order_by("-version").first(), position=position, by=person)

    def _report(self, back):
        """One paper of the group's own beside the standing items."""
        self.items[f"report {back}"] = add_item(
            self.groups[back], kind="report", title=REPORTS[back % len(REPORTS)], presenter=self.borough.com,
            by=self.borough.pa,
        )  # fmt: skip

    def _circulate(self, meeting):
        """Papers go out, and members say whether they are coming."""
        circulate_agenda(meeting, by=self.borough.pa)
        if meeting.panel_id == self.borough.group.pk and clock.today() > self.story.today - timedelta(days=14):
            answer_invitation(meeting, answer="attending", by=self.borough.hos)

    def _begin(self, meeting, people):
        """The meeting starts, with these people in the room."""
        start_meeting(meeting, by=self.borough.pa)
        meeting.refresh_from_db()
        arrive_together(meeting, people=[("", getattr(self.borough, who)) for who in people], by=self.borough.pa)

    def list(self, case: Case, referral) -> None:
        """A signed-off referral is put on its panel's agenda."""
        self.items[case.name] = list_referral(referral, self.panels[case.panel], by=self.borough.pa)
        if case.name == "Reece Hadley":
            declare_interest(
                self.panels[case.panel], person=self.borough.school, item=self.items[case.name],
                nature="Taught the child’s brother", by=self.borough.pa,
            )  # fmt: skip

    def send_for_act(self, referral) -> None:
        """A referral that cannot wait for the next panel: its paper goes to everybody, and the chair is asked to act."""
        send_papers_for_act(referral, self.borough.panel, by=self.borough.pa)

    def _dispute(self):
        """The group does not settle who pays for step-down weeks: clause 59."""
        raise_dispute(
            self.borough.group, about="Who pays for step-down weeks beyond those agreed", on=clock.today(),
            words="The group heard both parties and did not settle it.", due_on=clock.today() + timedelta(days=28), by=self.borough.pa,
        )  # fmt: skip

    def _decide(self, case: Case):
        """The panel hears one child's referral and says what it recommends."""
        item, turn = self.items[case.name], len(case.name)
        take_item(item, by=self.borough.pa)
        conditional = OUTCOMES.get(case.ends) in {"conditions", "part"}
        record_decision(
            item, outcome=OUTCOMES.get(case.ends, "agree"), reasons=REASONS[turn % len(REASONS)],
            conditions=CONDITIONS if conditional else "", weeks=case.weeks,
            sent_to=self.borough.resources if OUTCOMES.get(case.ends) == "redirect" else None,
            review_on=clock.today() + timedelta(weeks=12), weekly_cost=PRICES[case.service],
            amount=Decimal(PRICES[case.service] * case.weeks), budget="ART budget", resource=item.referral.ask_sentence,
            short_term="The child stays where things go well, with one worker.", long_term="The child lives with family or a family’s carers.",
            unmet_need=UNMET if case.ends == "redirected" else "",
            held_back_because=HELD_BACK if case.ends in {"conditions held back", "agreed held back", "in part"} else "",
            awaiting="Director of children’s services" if case.ends == "recommended" else "",
            actions=[{
                "what": "Tell the child what was decided, in plain words", "owner": item.presenter,
                "due_on": clock.today() + timedelta(days=5),
            }],
            by=self.borough.pa,
        )  # fmt: skip

    def _discuss(self, back):
        """The group takes its own paper and agrees what follows."""
        item = self.items[f"report {back}"]
        take_item(item, by=self.borough.pa)
        save_note(item, note="The group heard what had changed since the last meeting.", version=item.note_version, by=self.borough.pa)
        record_decision(
            item, outcome="agree", reasons="The figures and what workers say point the same way.",
            sentence="The group agreed to go on as proposed and to look again at the next meeting.",
            actions=[{
                "what": f"Report progress: {item.title[0].lower()}{item.title[1:]}", "owner": self.borough.com,
                "due_on": clock.today() + timedelta(weeks=6),
            }],
            by=self.borough.pa,
        )  # fmt: skip

    def _close(self, kept, back):
        """The chair agrees what was recommended, the last minutes are agreed, and the meeting ends."""
        meeting = kept[back]
        agree_all(meeting, by=self.borough.chair)
        before = Minutes.objects.filter(meeting=kept.get(back + 1), checked_at__isnull=False).first()
        if before:
            agree_minutes(before, at_meeting=meeting, by=self.borough.chair)
        for action in _with_owners(Action.objects.open().filter(item__meeting=kept.get(back + 1))):
            finish_action(action, by=action.owner)
        finish_meeting(meeting, by=self.borough.pa)
        meeting.refresh_from_db()

    def _minute(self, kept, back, day):
        """What follows a meeting: minutes to the chair and checked, decisions copied, actions done."""
        if self.story.panel_day(1) == day:
            return
        at = self.story.at
        at(day + timedelta(days=1), 9, lambda: send_minutes_to_chair(kept[back].minutes, by=self.borough.pa), later=True)
        at(day + timedelta(days=4), 16, lambda: check_minutes(kept[back].minutes, by=self.borough.chair), later=True)
        at(day + timedelta(days=4), 9, lambda: self._copy_and_do(kept[back]), later=True)

    def _copy_and_do(self, meeting):
        """Decisions go onto the case system, and children are told."""
        decided = Decision.objects.filter(item__meeting=meeting, released_at__isnull=False)
        for decision in decided.filter(item__referral__isnull=False).order_by("item__number"):
            enter_on_case_system(decision, by=self.borough.pa)
        for action in _with_owners(Action.objects.open().filter(item__meeting=meeting, item__referral__isnull=False)):
            finish_action(action, by=action.owner)


def _with_owners(actions):
    """Actions in their order, each with who is to do it, and with its item and meeting."""
    return actions.select_related("owner", "item__meeting__panel__authority", "item__referral").order_by("pk")
