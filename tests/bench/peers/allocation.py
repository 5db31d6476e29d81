"""A place taken in plain SQL: the same lock, the first free place, the stay, and the referral's status; no rule, no order, no trail. And a look for one."""

from django.db import connection

from core.references import new_reference

FREE = """
SELECT p.id FROM referrals_place p WHERE p.provision_id = %s
AND NOT EXISTS (SELECT FROM referrals_stay s WHERE s.place_id = p.id AND s.state IN ('offered', 'planned', 'begun')) ORDER BY p.number LIMIT 1
"""
STAY = """
INSERT INTO referrals_stay (reference, child_id, referral_id, place_id, is_living, state, starts_on, planned_end_on, follow_plan, impact_assessment,
    out_of_order_because, risk_because, kept_because, transferred_from, proposed_at, ending_reason)
VALUES (%s, %s, %s, %s, false, 'begun', %s, %s::date + 84, '', '', 'A race.', '', '', '', now(), '')
"""


def take_place(referral: int, child: int, provision: int, today) -> None:
    """Lock the service, take its first free place for a child, and mark the referral as supported."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM referrals_provision WHERE id = %s FOR UPDATE", [provision])
        cursor.execute("SELECT id FROM referrals_referral WHERE id = %s FOR UPDATE", [referral])
        cursor.execute(FREE, [provision])
        cursor.execute(STAY, [new_reference(), child, referral, cursor.fetchone()[0], today, today])
        cursor.execute("UPDATE referrals_referral SET status = 'SUPPORTED', status_since = now(), placed_on = %s WHERE id = %s", [today, referral])


def look_for_place(provision: int) -> None:
    """The first free place that nobody else has locked, locked; no service is locked, and nobody waits."""
    with connection.cursor() as cursor:
        cursor.execute(f"{FREE} FOR UPDATE OF p SKIP LOCKED", [provision])
        cursor.fetchone()
