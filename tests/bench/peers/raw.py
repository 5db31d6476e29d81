"""The same answers in plain SQL over psycopg: no model, no template, and no rule of who may see but the authority or the team."""

from django.db import connection

LIST = """
SELECT r.reference, c.full_name, c.born_on, r.wants, r.band, r.status, r.first_sent_at, r.status_since, u.full_name, t.name
FROM referrals_referral r JOIN referrals_child c ON c.id = r.child_id JOIN core_user u ON u.id = r.author_id JOIN core_team t ON t.id = r.team_id
WHERE r.{whose} = %s ORDER BY r.status_since DESC, r.id DESC LIMIT 51
"""
NAMED = """
SELECT id, reference, full_name FROM referrals_child
WHERE authority_id = %s AND child_names(full_name, preferred_name, previous_name) LIKE '%%' || %s || '%%' LIMIT 21
"""
BEGINS = """
(SELECT id, reference, full_name FROM referrals_child WHERE authority_id = %s AND folded_name(full_name) LIKE %s || '%%' ORDER BY folded_name(full_name) LIMIT 21)
UNION (SELECT id, reference, full_name FROM referrals_child WHERE authority_id = %s AND family_name(full_name) LIKE %s || '%%' LIMIT 21)
"""
VALUES = """
SELECT i.slug, i.name, v.period_end, v.numerator, v.denominator, v.value FROM kpis_indicator i JOIN kpis_indicatorvalue v ON v.indicator_id = i.id
WHERE i.authority_id = %s ORDER BY i."order", i.id, v.period_end
"""

COUNTS = """
SELECT i.slug, v.period_start, v.numerator, v.denominator FROM kpis_indicator i JOIN kpis_indicatorvalue v ON v.indicator_id = i.id WHERE i.authority_id = %s
"""


def rows(sql: str, *words) -> list[tuple]:
    """What a statement gives, read whole."""
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        return cursor.fetchall()


def newest_of_authority(authority: int) -> list[tuple]:
    """Fifty-one referrals of an authority with three joins, newest move first."""
    return rows(LIST.format(whose="authority_id"), authority)


def newest_of_team(team: int) -> list[tuple]:
    """The same of a team."""
    return rows(LIST.format(whose="team_id"), team)


def named(authority: int, words: str) -> list[tuple]:
    """Children with a part of a name, by trigram; by their first letters where there are one or two."""
    return rows(NAMED, authority, words) if len(words) > 2 else rows(BEGINS, authority, words, authority, words)


# One indicator's sixty months counted from the rows themselves, as forty of them would be without anything kept.
AGGREGATE = """
SELECT date_trunc('month', status_since), count(*), count(*) FILTER (WHERE band = 'urgent'), avg(extract(epoch FROM status_since - started_at))
FROM referrals_referral WHERE authority_id = %s AND status_since >= now() - interval '60 months' AND id %% 40 <> %s GROUP BY 1 ORDER BY 1
"""


def counted_from_rows(authority: int) -> list[tuple]:
    """Forty indicators of sixty months, each counted from the rows."""
    return [row for nth in range(40) for row in rows(AGGREGATE, authority, nth)]
