-- A county's worth of rows in bulk: as many referrals and children as bench_size says, and what hangs on them.
-- Triggers are off while it runs, so that no history is written; constraints, keys and indexes are all on.

-- Six signs for a number, unique below 113,379,904: a permutation, not a draw.
CREATE OR REPLACE FUNCTION pg_temp.reference_of(n bigint) RETURNS varchar LANGUAGE sql IMMUTABLE AS $$
    SELECT substr(s, 1 + (k % 22)::int, 1) || substr(s, 1 + (k / 22 % 22)::int, 1) || substr(s, 1 + (k / 484 % 22)::int, 1) || '-'
        || substr(s, 1 + (k / 10648 % 22)::int, 1) || substr(s, 1 + (k / 234256 % 22)::int, 1) || substr(s, 1 + (k / 5153632 % 22)::int, 1)
    FROM (SELECT '23467CDFGHJKMNPQRTVWXY'::text AS s, (n * 48271 + 7919) % 113379904 AS k) AS one
$$;

-- One row a number: whose it is, and how old. The first authority has a fifth of everything, and its small team one in a thousand.
CREATE TEMP TABLE bench_rows AS
SELECT n, whose.*, (CASE WHEN whose.place = 0 AND n % 1000 = 0 THEN (whose.teams)[3] ELSE (whose.teams)[1 + (n / 5 % 2)] END) AS team,
    (whose.workers)[1 + (n / 65 % cardinality(whose.workers))] AS worker,
    now() - (size.most - n) * (interval '1826 days' / size.most) - interval '1 hour' AS at,
    CASE WHEN n <= size.most * 0.94 THEN (ARRAY['ENDED','ENDED','ENDED','ENDED','ENDED','ENDED','ENDED','ENDED','DECLINED','WITHDRAWN'])[1 + n / 7 % 10]
         ELSE (ARRAY['DRAFT','WITH_TM','WITH_SM','SENT','READY','BOOKED','AGREED','WAITING','WAITING','SUPPORTED','SUPPORTED','SUPPORTED'])[1 + n / 7 % 12] END AS status,
    (ARRAY['outreach','outreach','outreach','hub','properties'])[1 + n / 3 % 5] AS wants
FROM (SELECT max(most) AS most FROM bench_size) AS size, generate_series(1, size.most) AS n
JOIN bench_whose AS whose ON whose.place = CASE WHEN n % 5 = 0 THEN 0 ELSE 1 + n % (SELECT count(*) - 1 FROM bench_whose) END;
ANALYZE bench_rows;

INSERT INTO referrals_child (id, reference, authority_id, case_number, full_name, preferred_name, previous_name, born_on, gender, ethnicity, language,
    address, legal_status, is_looked_after, lives_now, social_worker_id, team_id, is_restricted, restricted_because, hold_because, added_at)
SELECT n, pg_temp.reference_of(n), authority, 'C' || n,
    (ARRAY['Amelia','Anna','Aoife','Ben','Chloë','Daniel','Ella','Fatima','George','Hannah','Isaac','Jade','Kofi','Leo','Maya','Nadia','Omar','Priya','Rhys','Siân','Thomas','Uzma','Victor','Zoë'])[1 + n * 7 % 24] || ' ' ||
    (ARRAY['Smith','Jones','Brown','O''Brien','Khan','Patel','Wright','Ahmed','Hughes','Evans','Walker','Begum','Cooper','Ward','Okafor','Nowak','Lloyd','Reid','Mannering','Thompson'])[1 + n * 11 % 20]
        || (ARRAY['','','','','son','-Hill','-Brook','-Lee','field','worth'])[1 + n / 13 % 10],
    '', CASE WHEN n % 50 = 0 THEN 'Before Name' ELSE '' END, date '2008-01-01' + (n * 37 % 6000)::int, 'F', 'WBRI', '', n || ' Long Street', '', n % 3 > 0, '',
    worker, team, n % 400 = 0, CASE WHEN n % 400 = 0 THEN 'profile' ELSE '' END, '', at
FROM bench_rows;

INSERT INTO referrals_referral (id, reference, authority_id, child_id, author_id, team_id, wants, status, status_since, started_at, edited_at, first_sent_at,
    sent_at, band, decided_at, released_at, agreed_weeks, waiting_since, placed_on, ended_at)
SELECT n, pg_temp.reference_of(n + 20000000), authority, n, worker, team, wants, status, at, at - interval '90 days', at - interval '80 days',
    CASE WHEN status <> 'DRAFT' THEN at - interval '80 days' END,
    CASE WHEN status NOT IN ('DRAFT','WITH_TM','WITH_SM') THEN at - interval '75 days' END,
    (ARRAY['standard','standard','standard','high','urgent'])[1 + n / 11 % 5],
    CASE WHEN status IN ('ENDED','DECLINED','AGREED','WAITING','SUPPORTED') THEN at - interval '60 days' END,
    CASE WHEN status IN ('ENDED','DECLINED','WAITING','SUPPORTED') THEN at - interval '59 days' END,
    CASE WHEN status IN ('ENDED','WAITING','SUPPORTED') THEN 12 END, CASE WHEN status = 'WAITING' THEN at END,
    CASE WHEN status IN ('ENDED','SUPPORTED') THEN (at - interval '50 days')::date END, CASE WHEN status = 'ENDED' THEN at END
FROM bench_rows;

INSERT INTO referrals_statuschange (referral_id, was, now, at, by_id, reason, terms)
SELECT n, was, now, at - ago, worker, '', '' FROM bench_rows, LATERAL (VALUES
    ('DRAFT', 'WITH_TM', interval '80 days'), ('WITH_TM', 'SENT', interval '75 days'), ('SENT', status, interval '0')) AS move(was, now, ago)
WHERE now <> 'DRAFT' AND was <> now AND (ago = interval '0' OR status <> 'DRAFT');

INSERT INTO referrals_referraltask (referral_id, name, answers, version, saved_at, saved_by_id, says_complete, to_mend, changed_because)
SELECT n, name, answers, 1, at - interval '85 days', worker, true, '', '' FROM bench_rows, LATERAL (VALUES
    ('request', jsonb_build_object('service', wants, 'weeks', '12', 'ask', 'Agree twelve weeks', 'goal', 'stay in family')),
    ('views', jsonb_build_object('child_view', 'I want to stay with nan.', 'says_complete', 'yes'))) AS task(name, answers);

-- One in two goes before a panel, with a decision; the chair is told of it, and the provider once it is released.
CREATE TEMP TABLE bench_heard AS
SELECT rows.*, row_number() OVER (PARTITION BY place ORDER BY n) AS nth FROM bench_rows AS rows
WHERE n % 2 = 0 AND status IN ('ENDED','DECLINED','AGREED','WAITING','SUPPORTED','BOOKED');
INSERT INTO panels_meeting (id, reference, panel_id, terms_id, kind, status, starts_at, lasts_minutes, venue, reason, short_notice_because, holidays, breach, sequence)
SELECT place * 100000 + nth / 30 + 1, pg_temp.reference_of(40000000 + place * 100000 + nth / 30), panel, terms, 'ordinary', 'minutes agreed', min(at) - interval '60 days',
    120, 'Town Hall', '', '', '[]', '', 0
FROM bench_heard GROUP BY place, nth / 30, panel, terms;
INSERT INTO panels_agendaitem (id, meeting_id, number, kind, title, minutes, is_reserved, state, note, draft, note_version, written, chooses_provider, referral_id)
SELECT n, place * 100000 + nth / 30 + 1, 1 + nth % 30, 'referral', 'Referral', 10, false, 'closed', '', '{}', 0, '', false, n FROM bench_heard;
INSERT INTO panels_decision (id, reference, item_id, number, kind, outcome, reasons, conditions, resource, short_term, long_term, tried_first, rate_because, principles,
    unmet_need, weeks, budget, sentence, state, awaiting, quorum, recorded_at, recorded_by_id, agreed_at, agreed_by_id, released_at, held_back_because,
    entry_reopened_because, settled_as, settled_words)
SELECT n, pg_temp.reference_of(50000000 + n), n, '', 'resource', CASE WHEN status = 'DECLINED' THEN 'not agreed' ELSE 'agree' END, 'It meets the need.', '', '', '', '', '',
    '', '{}', '', 12, '', 'Agreed for twelve weeks.', 'decided', '', '{}', at - interval '60 days', chair, at - interval '60 days', chair,
    CASE WHEN status <> 'AGREED' THEN at - interval '59 days' END, '', '', '', ''
FROM bench_heard WHERE status <> 'BOOKED';
INSERT INTO referrals_access (child_id, referral_id, person_id, organisation_id, roles, basis, depth, from_at, because, withheld_because, told_by)
SELECT n, n, chair, NULL, '[]'::jsonb, 'paper', 'record', at - interval '65 days', '', '', 'panels' FROM bench_heard
UNION ALL
SELECT n, n, NULL, provider, '["PRM"]', 'released', 'record', at - interval '59 days', '', '', 'panels' FROM bench_heard WHERE status IN ('ENDED','WAITING','SUPPORTED');

-- Those placed have a stay: ended ones on any place, and one begun stay a place.
INSERT INTO referrals_stay (id, reference, child_id, referral_id, place_id, is_living, state, starts_on, ended_on, planned_end_on, follow_plan, impact_assessment,
    out_of_order_because, risk_because, kept_because, transferred_from, proposed_at, ending_reason)
SELECT n, pg_temp.reference_of(60000000 + n), n, n, (places)[1 + nth % cardinality(places)], false, 'ended', (at - interval '50 days')::date, at::date,
    at::date, '', '', '', '', '', '', at - interval '55 days', 'Support ended as planned'
FROM bench_heard WHERE status = 'ENDED';
INSERT INTO referrals_stay (id, reference, child_id, referral_id, place_id, is_living, state, starts_on, planned_end_on, follow_plan, impact_assessment,
    out_of_order_because, risk_because, kept_because, transferred_from, proposed_at, ending_reason)
SELECT n, pg_temp.reference_of(60000000 + n), n, n, (places)[turn], false, 'begun', (at - interval '50 days')::date, (now() + interval '30 days')::date, '', '', '', '', '', '',
    at - interval '55 days', ''
FROM (SELECT *, row_number() OVER (PARTITION BY place ORDER BY n) AS turn FROM bench_heard WHERE status = 'SUPPORTED') AS supported WHERE turn <= cardinality(places);

-- Forty indicators an authority, a value a month for five years.
INSERT INTO kpis_indicator (slug, authority_id, "group", "order", name, owner_role, checked_by_role, source, flag)
SELECT 'bench-' || place || '-' || nth, authority, '', nth, 'Indicator ' || nth, '', '', '', '' FROM bench_whose, generate_series(1, 40) AS nth;
INSERT INTO kpis_indicatordefinition (indicator_id, version, from_on, numerator, denominator, reading, unit, better, frequency, is_rolling, counts_children, tolerance,
    tolerance_is_relative, scheme, baseline_words, because, made_at)
SELECT id, 1, '2020-01-01', '', '', 'as printed', '%', 'high', 'month', false, false, 0.1, true, 'target', '', '', now() FROM kpis_indicator WHERE slug LIKE 'bench-%';
INSERT INTO kpis_indicatorvalue (reference, indicator_id, definition_id, period_start, period_end, period_label, reading, numerator, denominator, value, printed, state,
    is_final, in_quartile, change, printed_rating, flag, corrected_because, source, entered_at)
SELECT pg_temp.reference_of(80000000 + row_number() OVER ()), one.indicator_id, one.id, month::date, (month + interval '1 month')::date, to_char(month, 'Mon YYYY'),
    'as printed', said.number, 100, said.number, '', 'entered', true, '', '', '', '', '', '', now()
FROM kpis_indicatordefinition AS one JOIN kpis_indicator AS indicator ON indicator.id = one.indicator_id AND indicator.slug LIKE 'bench-%',
    generate_series(date_trunc('month', now()) - interval '60 months', date_trunc('month', now()) - interval '1 month', interval '1 month') AS month,
    LATERAL (SELECT 50 + (one.id * 7 + extract(epoch FROM month)::bigint / 86400 * 13) % 45 AS number) AS said;

INSERT INTO core_auditevent (at, verb, sentence, subject_type, subject_id, subject_reference, child_id, authority_id, person_id, person_name, role)
SELECT at - ago, verb, sentence, 'referrals.referral', n::text, pg_temp.reference_of(n + 20000000), n, authority, worker, 'A worker', 'SW' FROM bench_rows, LATERAL (VALUES
    ('referral.started', 'Started a referral.', interval '90 days'), ('record.read', 'Opened referral.', interval '10 days')) AS event(verb, sentence, ago);
