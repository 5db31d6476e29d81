"""What the borough's contracts say and have been through: terms, budgets, gates, plans and names, from the documents."""

from datetime import date, timedelta
from decimal import Decimal

from config.demo.baseline import TABLES
from contracts.actions.contract import add_contract, add_lot, end_contract
from contracts.actions.gate import (
    add_evidence,
    add_steps,
    decide_gate,
    freeze_baseline,
    judge_reports,
    open_gate,
)
from contracts.actions.price import confirm_budget, set_budget
from contracts.actions.record import add_capital, add_clauses, add_data_role, add_name
from contracts.actions.variation import (
    agree_variation,
    ask_subcontract,
    decide_subcontract,
    propose_variation,
)
from contracts.models import Contract, Price
from contracts.models.reports import due_reports
from core import clock
from core.dates import months_after
from core.models import User
from referrals.rules.cost import financial_year

CLAUSES = [
    ("term", "Extension", ("One more year may be agreed. The term hangs on funding, on keeping to the contract, and on satisfactory "
     "reports each month, quarter and year."), "002:955"),
    ("calendar", "When the service is open", "Every week of the year, evenings and weekends too, but not on bank holidays, Christmas Day or Boxing Day.",
     "002:716-718"),
    ("people", "Sub-contracting", "Nobody else does a part without the commissioner’s leave. Later changes are put in writing and agreed.", "002:797-798"),
    ("communication", "How the parties talk", ("A formal route, kept up regularly, with the strategic manager for children in care, the senior "
     "team, social workers and residential staff."), "002:794"),
    ("data", "Publication", "Figures on how the contract does are shared only when the commissioner has validated them and agreed.", "002:876"),
    ("money", "Modelled, and not realised", ("Had all of the new provision been there in 2019/20, about £359,000 might have been avoided. It is a model, and "
     "is never added to benefits that were realised."), "001:308-311"),
    ("ending", "Handing over", "Whether staff transfer is looked at together, and children keep their support without a gap.", "001:155-160"),
]  # fmt: skip
# amount of the core lot, of the pilot, from, until, confirmed by, what is doubtful, lines (002:923-954).
BUDGETS = [
    (60_000, 30_000, date(2018, 7, 1), date(2019, 4, 1), None, "", "002:923-931"),
    (80_000, 40_000, date(2019, 4, 1), date(2020, 4, 1), date(2019, 1, 31), "", "002:933-942"),
    (80_000, 40_000, date(2020, 4, 1), date(2021, 4, 1), date(2020, 1, 31),
     ("What is held back of 2020/21 is printed as paid in quarter 1 of 2020/21, inside the same year. The two years before pay it in "
     "quarter 1 of the next, so 30 June 2021 is shown until the commissioner says."), "002:943-952"),
]  # fmt: skip
MOBILISE = [
    (-70, "Team leads appointed", "Provider"), (-42, "Clinical supervision in place", "Provider"),
    (-28, "How to refer is agreed and told", "Both"), (-7, "Outreach open", "Provider"), (30, "Last of the hub’s beds open", "Provider"),
]  # fmt: skip
ENDING = [
    (-90, "Staff who may transfer are listed, and consulted", "Both providers"), (-60, "Each child and family is told who comes next", "Council"),
    (-30, "Records handed over; nothing is lost or kept twice", "Both providers"), (0, "Last invoice and what was held back settled", "Council"),
]  # fmt: skip


def before_and_after(borough, since: date) -> None:
    """The service for small group homes as it was, the names before ART, and what ART's own contract says."""
    _group_homes(borough)
    art, before = (Contract.objects.get(slug=slug) for slug in ("art", "before-art"))
    for of, name, source in (
        ("service", "Wrap-Around Therapeutic Support Service", "000:3-5"),
        ("service", "Multi-Disciplinary Intervention Support Team Leicestershire (MISTLE)", "000:8-9, 001:153-154"),
        ("service", "Multi Intensive Systemic Team Leicestershire (MISTLE)", "004:528"),
        ("service", "Multi-disciplinary Intensive Support Team Leicestershire (MISTLE)", "004:768"),
        ("provider", "Action for Children", "000:6-7"),
    ):
        add_name(before, of=of, name=name, from_on=date(2017, 11, 1) if source.startswith("000") else None, until_on=since, source=source, by=borough.com)
    add_name(art, of="provider", name="Barnardo’s", source="000:9-11", by=borough.com)
    add_clauses(art, CLAUSES, by=borough.com)
    for what, controller, processor, note in (
        ("Referrals, panels and decisions", borough.council, borough.provider, "For most services the commissioner is the controller."),
        ("Clinicians’ own notes", borough.provider, None, "Kept by the provider as its clinicians’ record."),
    ):
        add_data_role(art, what=what, controller=controller, processor=processor, note=note, source="002:858", by=borough.com)
    _capital(art, borough)
    _plans(borough, art, before, since)


def _capital(art, borough) -> None:
    """What was decided about the properties' capital (001:283-304)."""
    for what, amount, body, decided, source in (
        ("Any one scheme, by officers under delegated powers", 2_000_000, "Cabinet", "June 2019", "001:283-293"),
        ("Added to the capital programme, and allocated already", 10_000_000, "Cabinet", "October 2019", "001:286-288"),
        ("Four properties bought and adapted, or built", 2_500_000, "Cabinet, asked to decide", "24 March 2020", "001:299-308"),
    ):
        add_capital(art, what=what, amount=Decimal(amount), body=body, decided=decided, source=source, by=borough.com)


def _plans(borough, art, before, since: date) -> None:
    """The steps before ART opened, and of ending the service before it; all done but the last."""
    lot = art.lots.first()
    done = {"done_by": borough.com, "done_at": clock.now()}
    steps = [
        {"plan": "mobilise", "what": what, "owner": owner, "due_on": since + timedelta(days=days), "lot": lot, "source": "002:919",
         "done_by": borough.com, "done_at": clock.moment(since + timedelta(days=days - 1))}
        for days, what, owner in MOBILISE
    ]  # fmt: skip
    add_steps(art, steps, by=borough.com)
    add_steps(
        before,
        [{"plan": "ending", "what": what, "owner": owner, "due_on": since + timedelta(days=days), "source": "001:155-160", **done} for days, what, owner in ENDING],
        by=borough.com,
    )  # fmt: skip
    end_contract(before, by=borough.com)


def _group_homes(borough) -> None:
    """The specification's own contract: its lots, term, budgets, frozen baseline and pilot gate, each in its day."""
    com = User.objects.get(pk=borough.com.pk)  # in those years the person held no role here
    contract = add_contract(
        slug="group-homes-support", authority=borough.authority, name="Psychological support to small group homes", provider=borough.before,
        starts_on=date(2018, 7, 1), ends_on=date(2021, 6, 30), extension_months=12, no_direct_work=True, source="002:10-13, 955", by=com,
    )  # fmt: skip
    core = add_lot(contract, kind="core", name="Core service", starts_on=date(2018, 7, 1), by=com)
    pilot = add_lot(
        contract, kind="pilot", name="Pilot with foster carers", starts_on=date(2018, 7, 1), awarded_on=date(2018, 5, 1),
        pilot_months=12, mobilise_within_months=3, by=com,
    )  # fmt: skip
    with clock.held_at(date(2018, 6, 15)):
        baseline = freeze_baseline(
            contract, title="Evidence of need, before the pilot", as_of_on=date(2017, 12, 31), tables=TABLES, source="002:108-616", by=com
        )
        gate = open_gate(contract, kind="pilot", due_on=date(2019, 6, 30), lot=pilot, baseline=baseline, source="002:13, 934", by=com)
    _gate(gate, com)
    for core_sum, pilot_sum, first, until, confirm_by, query, source in BUDGETS:
        for lot, amount in ((core, core_sum), (pilot, pilot_sum)):
            doubt = query if lot == core else ""
            budget = set_budget(
                contract, lot=lot, amount=Decimal(amount), from_on=first, until_on=until, confirm_by=confirm_by, query=doubt, source=source, by=com
            )
            with clock.held_at((confirm_by or first) - timedelta(days=7)):
                confirm_budget(budget, by=com)
    set_budget(
        contract, lot=None, amount=Decimal(30_000), from_on=date(2021, 4, 1), until_on=date(2021, 7, 1), confirm_by=date(2021, 1, 31),
        retention_percent=Decimal(0), query="For these three months no split by lot is printed, and nothing to be held back.",
        source="002:953-954", by=com,
    )  # fmt: skip
    add_steps(
        contract,
        [{"plan": "mobilise", "lot": lot, "what": what, "owner": "Provider", "due_on": due, "source": "002:919", "done_by": com, "done_at": clock.moment(due)}
         for lot, what, due in ((core, "Core service under way", date(2018, 7, 1)), (pilot, "Pilot under way, within three months of the award", date(2018, 7, 31)))],
        by=com,
    )  # fmt: skip
    end_contract(contract, by=com)


def _gate(gate, com) -> None:
    """What was put before the pilot's gate, and the decision; an example."""
    with clock.held_at(date(2019, 5, 20)):
        for criterion, text in (
            ("outcomes", "Targets of the first three quarters were met in the quarterly returns."),
            ("value", "The pilot cost less than the external placements that its foster homes made unnecessary; finance has seen the working."),
            ("stability", "Fewer unplanned endings in the pilot’s foster homes than in the year of the baseline."),
        ):
            add_evidence(gate, criterion=criterion, text=text, is_met=True, by=com)
    with clock.held_at(date(2019, 6, 14)):
        decide_gate(gate, decision="go on", reason="Outcomes and value for money are shown against the frozen baseline.", by=com)


def art_of_late(borough, today: date) -> None:
    """ART's budgets, reports, extension gate, a variation that waits for the provider, and a consent."""
    art = Contract.objects.get(slug="art")
    lot = art.lots.first()
    _budgets(borough, art, lot, today)
    periods = due_reports(art)
    by_return = [one for one in periods if one.kind == "quarterly"][-3:]  # kept when the quarter's return is accepted
    judge_reports(art, [one for one in periods[:-2] if one not in by_return], by=borough.com)
    open_gate(art, kind="extension", due_on=months_after(art.ends_on, -6), source="002:955", by=borough.com)
    asked = ask_subcontract(
        art, who="Ashmere Speech Practice", what="Speech and language assessments while the post is vacant", from_on=today, by=borough.art
    )
    decide_subcontract(asked, is_consented=True, reason="For six months, with the same checks of staff.", by=borough.com)
    ask_subcontract(art, who="Ashmere Music Trust", what="Music sessions on Saturdays at the hub", from_on=months_after(today, 2), by=borough.art)
    outreach = Price.objects.get(lot=lot, label="Outreach", until_on=None)
    more = propose_variation(
        art, kind="places", what="Two more outreach places", why="Nobody on the waiting list should wait more than eight weeks.",
        from_on=months_after(today.replace(day=1), 2), price=outreach, places=14, weekly_rate=Decimal(660), by=borough.com,
    )  # fmt: skip
    agree_variation(more, by=borough.com)


def _budgets(borough, art, lot, today: date) -> None:
    """This year's and next year's: every place for the weeks of the year at its price; an example of the borough's own."""
    for day in (today, months_after(today, 12)):
        first, until, _ = financial_year(day)
        budget = set_budget(
            art, lot=lot, amount=Decimal(12 * 660 * 52 + 3 * 5200 * 52), from_on=max(first, art.starts_on), until_on=until,
            confirm_by=date(first.year, 1, 31), source="12 and 3 places at their prices", by=borough.com,
        )  # fmt: skip
        if day == today:
            confirm_budget(budget, by=borough.finance)
