"""Each table that figures are counted from writes down what changed in it, in the same transaction, until it has been counted."""

from django.db import migrations

# The table, the authorities that a row of it concerns, and what it tells. {r} is a row as it was, and as it is.
#   points  a month each of some days        when: the columns of which a change tells it
#   span    from a day to a day, or on       whole  every month there is
BY_CHILD = (
    "SELECT authority_id FROM referrals_child WHERE id = {r}.child_id UNION SELECT p.authority_id FROM referrals_stay s"
    " JOIN referrals_place l ON l.id = s.place_id JOIN referrals_provision p ON p.id = l.provision_id WHERE s.child_id = {r}.child_id"
)
BY_REFERRAL = "SELECT authority_id FROM referrals_referral WHERE id = {r}.referral_id"
BY_PROVISION = "SELECT authority_id FROM referrals_provision WHERE id = {r}.provision_id"
BY_PLACE = "SELECT p.authority_id FROM referrals_place l JOIN referrals_provision p ON p.id = l.provision_id WHERE l.id = {r}.place_id"
BY_STAY = (
    "SELECT p.authority_id FROM referrals_stay s JOIN referrals_place l ON l.id = s.place_id"
    " JOIN referrals_provision p ON p.id = l.provision_id WHERE s.id = {r}.stay_id"
)
BY_PANEL = "SELECT authority_id FROM panels_panel WHERE id = {r}.panel_id"
BY_MEETING = "SELECT p.authority_id FROM panels_meeting m JOIN panels_panel p ON p.id = m.panel_id WHERE m.id = {r}.meeting_id"
BY_ITEM = (
    "SELECT p.authority_id FROM panels_agendaitem i JOIN panels_meeting m ON m.id = i.meeting_id"
    " JOIN panels_panel p ON p.id = m.panel_id WHERE i.id = {r}.item_id"
)
BY_CONTRACT = "SELECT authority_id FROM contracts_contract WHERE id = {r}.contract_id"
BY_ROUND = "SELECT c.authority_id FROM contracts_feedbackround f JOIN contracts_contract c ON c.id = f.contract_id WHERE f.id = {r}.round_id"
BY_BUDGET = "SELECT c.authority_id FROM contracts_budget b JOIN contracts_contract c ON c.id = b.contract_id WHERE b.id = {r}.budget_id"
BY_INDICATOR = "SELECT authority_id FROM kpis_indicator WHERE id = {r}.indicator_id"
OWN = "SELECT {r}.authority_id"


def day(moment):
    """The day of a moment in London, as figures are counted."""
    return f"({moment} AT TIME ZONE 'Europe/London')::date"


def begun(row):
    return f"({row}.state IN ('begun', 'ended'))"


def waits(row):
    return f"({row}.was IN ('WAITING', 'OFFERED') OR {row}.now IN ('WAITING', 'OFFERED'))"


MEETS = f"(SELECT {day('m.starts_at')} FROM panels_meeting m WHERE m.id = {{r}}.meeting_id)"
MEETS_OF_ITEM = f"(SELECT {day('m.starts_at')} FROM panels_agendaitem i JOIN panels_meeting m ON m.id = i.meeting_id WHERE i.id = {{r}}.item_id)"
SIGNED = f"(SELECT {{which}}({day('o.signed_at')}) FROM referrals_signoff o WHERE o.referral_id = {{{{r}}}}.{{key}})"
AGREED = f"ARRAY(SELECT {day('d.agreed_at')} FROM panels_decision d JOIN panels_agendaitem i ON i.id = d.item_id WHERE i.referral_id = {{r}}.id)"
HAS_WAITED = f"EXISTS (SELECT FROM referrals_statuschange c WHERE c.referral_id = OLD.id AND {waits('c')})"
# What has not moved but its end is told from the earlier of its two ends; anything else from its first day.
STAYED = f"""CASE WHEN TG_OP = 'UPDATE' AND {begun('OLD')} AND {begun('NEW')} AND (OLD.starts_on, OLD.place_id, OLD.child_id) = (NEW.starts_on, NEW.place_id, NEW.child_id)
    THEN least(OLD.ended_on, NEW.ended_on) WHEN {begun('{r}')} THEN {{r}}.starts_on END"""
# Homes that ended and scores of a child count from the day on which somebody begins to support the child.
OF_THE_CHILD = f"""CASE WHEN TG_OP <> 'UPDATE' OR {begun('OLD')} <> {begun('NEW')} OR (OLD.child_id, OLD.place_id) <> (NEW.child_id, NEW.place_id)
    THEN CASE WHEN {begun('{r}')} THEN least((SELECT min(h.ends_on) FROM referrals_placement h WHERE h.child_id = {{r}}.child_id),
    (SELECT min(q."on") FROM referrals_sdqscore q WHERE q.child_id = {{r}}.child_id)) END END"""

TOLD = {
    "referrals_referral": (OWN, [
        ("steps", "status wants first_sent_at sent_at decided_at placed_on status_since authority_id", "points",
         f"ARRAY[{day('{r}.decided_at')}, {{r}}.placed_on, CASE WHEN {{r}}.status = 'WITHDRAWN' THEN {day('{r}.status_since')} END]"),
        ("signatures", "first_sent_at sent_at wants authority_id", "span",
         SIGNED.format(which="min", key="id").format(r="{r}") + ", " + SIGNED.format(which="max", key="id").format(r="{r}")),
        ("decisions", "wants authority_id", "points", AGREED),
        ("waiting", "wants authority_id", f"whole if TG_OP = 'UPDATE' AND {HAS_WAITED}", ""),
    ]),
    "referrals_signoff": (BY_REFERRAL, [
        ("signatures", "outcome voided_at signed_at referral_id", "span",
         f"least({day('{r}.signed_at')}, " + SIGNED.format(which="min", key="referral_id").format(r="{r}")
         + f"), greatest({day('{r}.signed_at')}, " + SIGNED.format(which="max", key="referral_id").format(r="{r}") + ")"),
    ]),
    "referrals_statuschange": (BY_REFERRAL, [
        ("waiting", "was now at referral_id", "span", f"CASE WHEN {waits('{r}')} THEN {day('{r}.at')} END, NULL"),
    ]),
    "referrals_place": (BY_PROVISION, [("places", "opens_on closes_on provision_id", "whole", "")]),
    "referrals_provision": (OWN, [("all", "kind authority_id", "whole if TG_OP = 'UPDATE'", "")]),
    "referrals_stay": (BY_PLACE, [
        ("stays", "state starts_on ended_on place_id child_id", "span", f"{STAYED}, NULL"),
        ("endings", "state ended_on planned_end_on place_id", "points", "ARRAY[CASE WHEN {r}.state = 'ended' THEN {r}.ended_on END]"),
        ("children", "state place_id child_id", "span", f"{OF_THE_CHILD}, NULL"),
    ]),
    "referrals_ending": (BY_STAY, [
        ("endings", "goal_achieved stay_id", "points", "ARRAY[(SELECT s.ended_on FROM referrals_stay s WHERE s.id = {r}.stay_id)]"),
    ]),
    "referrals_placement": (BY_CHILD, [
        ("homes", "starts_on ends_on child_id", "span", "{r}.starts_on, NULL"),
        ("homes ended", "starts_on ends_on was_planned child_id", "points", "ARRAY[{r}.ends_on]"),
    ]),
    "referrals_sdqscore": (BY_CHILD, [("scores", "on score completed_by child_id", "span", '{r}."on", NULL')]),
    "referrals_child": (OWN, [("all", "authority_id", "whole if TG_OP = 'UPDATE'", "")]),
    "panels_panel": (OWN, [("all", "authority_id kind", "whole if TG_OP = 'UPDATE'", "")]),
    "panels_meeting": (BY_PANEL, [
        ("meetings", "starts_at status circulated_at last_day_for_notice holidays terms_id panel_id", "points", f"ARRAY[{day('{r}.starts_at')}]"),
        ("all", "panel_id", "whole if TG_OP = 'UPDATE'", ""),
    ]),
    "panels_meetingmove": (BY_MEETING, [("meetings", "moved_at meeting_id", "points", f"ARRAY[{MEETS}]")]),
    "panels_service": (BY_MEETING, [("meetings", "kind meeting_id person_id served_at ends_id", "points", f"ARRAY[{MEETS}]")]),
    "panels_termsofreference": (BY_PANEL, [("meetings", "papers_working_days panel_id", "whole if TG_OP = 'UPDATE'", "")]),
    "panels_agendaitem": (BY_MEETING, [
        ("all", "meeting_id referral_id", "whole if TG_OP = 'UPDATE'", ""),
        ("decisions", "meeting_id", "points if TG_OP = 'DELETE'", f"ARRAY[{MEETS}]"),
    ]),
    "panels_decision": (BY_ITEM, [
        ("decisions", "quorum agreed_at outcome state item_id", "points", f"ARRAY[{day('{r}.agreed_at')}, {MEETS_OF_ITEM}]"),
    ]),
    "panels_action": (BY_ITEM, [("actions", "due_on done_at item_id", "span", "{r}.due_on, NULL")]),
    "contracts_contract": (OWN, [("all", "authority_id", "whole if TG_OP = 'UPDATE'", "")]),
    "contracts_complaint": (BY_CONTRACT, [
        ("complaints", "kind received_on due_on answered_on contract_id", "points", "ARRAY[{r}.received_on, {r}.due_on]"),
    ]),
    "contracts_feedbackround": (BY_CONTRACT, [("marks", "contract_id", "whole if TG_OP = 'UPDATE'", "")]),
    "contracts_feedbackanswer": (BY_ROUND, [
        ("marks", "given_on listened respected reached helped better round_id", "points", "ARRAY[{r}.given_on]"),
    ]),
    "contracts_payment": (BY_CONTRACT, [("money", "ends_on contract_id", "whole if TG_OP = 'UPDATE'", "")]),
    "contracts_move": (BY_BUDGET, [("money", "budget_id target payment_id amount", "whole", "")]),
    "contracts_budget": (BY_CONTRACT, [("money", "from_on until_on amount confirmed_at contract_id", "whole", "")]),
    "kpis_indicator": (OWN, [("indicators", "*", "whole", "")]),
    "kpis_indicatordefinition": (BY_INDICATOR, [("indicators", "*", "whole", "")]),
    "kpis_indicatortarget": (BY_INDICATOR, [("indicators", "*", "whole", "")]),
    "kpis_indicatorvalue": (BY_INDICATOR, [("indicators", "*", "whole", "")]),
    "kpis_recommendation": (OWN, [("indicators", "*", "whole", "")]),
    "kpis_rebase": (OWN, [("indicators", "*", "whole", "")]),
    "kpis_returntarget": (BY_CONTRACT, [("indicators", "*", "whole", "")]),
}


def tells(whose, source, columns, how, days):
    """One thing that a table tells, for the row as it was and as it is."""
    kind, _, condition = how.partition(" if ")
    span = {"points": "date_trunc('month', d)::date, date_trunc('month', d)::date", "span": "since, until", "whole": "NULL::date, NULL::date"}[kind]
    asks = {"points": "unnest({days}) AS d", "span": "{days}", "whole": "NULL::date, NULL::date"}[kind].format(days=days)
    names = {"points": "(a, d)", "span": "(a, since, until)", "whole": "(a, since, until)"}[kind]
    there = {"points": "WHERE d IS NOT NULL", "span": "WHERE since IS NOT NULL", "whole": ""}[kind]
    if days.endswith("NULL"):
        asks += "::date"
    image = f"SELECT (SELECT w.a FROM ({whose}) AS w(a) LIMIT 1), {asks} WHERE TG_OP <> '{{not}}'"
    if whose == BY_CHILD:
        image = f"SELECT w.a, {asks} FROM (SELECT 1) AS one LEFT JOIN ({whose}) AS w(a) ON true WHERE TG_OP <> '{{not}}'"
    images = " UNION ".join(image.replace("{r}", row).replace("{not}", other) for row, other in (("OLD", "INSERT"), ("NEW", "DELETE")))
    pairs = ("OLD", "NEW") if columns == "*" else tuple(", ".join(f'{row}."{name}"' for name in columns.split()) for row in ("OLD", "NEW"))
    moved = "{} IS DISTINCT FROM {}" if columns == "*" else "({}) IS DISTINCT FROM ({})"
    asked = f" AND ({condition})" if condition else ""
    return f"""
    IF (TG_OP <> 'UPDATE' OR {moved.format(*pairs)}){asked} THEN
        INSERT INTO kpis_figurechange (source, authority_id, since, until, at)
        SELECT '{source}', a, {span}, clock_timestamp() FROM ({images}) AS told{names} {there};
    END IF;"""


def function_of(table, whose, told):
    said = "".join(tells(whose, *each) for each in told)
    return f"CREATE OR REPLACE FUNCTION {table}_tells() RETURNS trigger LANGUAGE plpgsql AS $told$\nBEGIN{said}\n    RETURN NULL;\nEND\n$told$"


# Whoever fills an empty database, of which no figure is kept yet, says so for their transaction (config/management/commands/seed_demo.py).
UNLESS_TOLD = "WHEN (current_setting('throughline.nothing_is_kept', true) IS DISTINCT FROM 'yes')"


def trigger_of(table):
    when = f"AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW {UNLESS_TOLD}"
    return f"CREATE OR REPLACE TRIGGER tells_kept_figures {when} EXECUTE FUNCTION {table}_tells()"


class Migration(migrations.Migration):
    """One function and one trigger for each table, each in a transaction of its own: cut short, it is begun again."""

    atomic = False

    dependencies = [("kpis", "0006_kept_figures")]

    operations = [
        migrations.RunSQL(
            [(function_of(table, *told), None) for table, told in TOLD.items()] + [(trigger_of(table), None) for table in TOLD],
            [(f"DROP TRIGGER IF EXISTS tells_kept_figures ON {table}", None) for table in TOLD]
            + [(f"DROP FUNCTION IF EXISTS {table}_tells()", None) for table in TOLD],
        )
    ]
