"""The register of goals: what is promised, which tests prove it, and which show that the proof could fail.

A goal is a line `id | promise | what is tried | expected`. Below it stand the tests:

    + file, or file::test    proves it; part of every run
    * file::test             proves it at length; only with --full
    - file::test             its negative control: the defence is off, and the same look must find it
    ? words                  why there is no control, or what is not proved yet

A new proof is one line under its goal. A goal without a `+` is told as "not yet".
"""

from dataclasses import dataclass, field

TABLE = """
G01 | A place is never given twice | 64 askers in 8 processes at one moment, by the service and by raw SQL | exactly the places there are; the rest read "full"
+ tests/referrals/actions/test_capacity_race.py
- tests/referrals/actions/test_capacity_race.py::test_e5_with_lock_and_constraint_off_the_same_race_overfills
G02 | The cap holds at every commit | 16 threads give, end, move and resize; the database counts after each commit | never more in use than there are
+ tests/at_once/test_places_churn.py::test_g02_the_cap_holds_at_every_commit_under_churn
- tests/at_once/test_places_churn.py::test_g02_a_cap_lowered_behind_the_deeds_would_be_told
G03 | No deadlock reaches anybody | two services locked in both orders by many threads | 0 deadlocks
+ tests/at_once/test_places_churn.py::test_g03_two_services_locked_in_both_orders_never_deadlock
+ tests/core/test_busy.py
- tests/at_once/test_places_churn.py::test_g03_locked_in_any_order_they_do
G04 | A bed has one child a night | random stays on three beds by 16 threads, half by raw SQL, against a day-by-day count | 0 overlaps, 0 valid stays refused
+ tests/at_once/test_g04_one_child_a_night.py
- tests/at_once/test_g04_one_child_a_night.py::test_g04_control_without_the_constraint_two_children_have_one_bed
G05 | A form pressed again makes one record | four presses at one moment and a fifth later, of four deeds | one record, one answer to all
+ tests/at_once/test_g05_one_record.py
- tests/at_once/test_g05_one_record.py::test_g05_without_its_key_the_same_presses_make_several
G06 | No edit is lost | eight edits from one version; two signatures, two orders, two notes at once | one wins, the others keep their words
+ tests/at_once/test_g06_no_lost_update.py
- tests/at_once/test_g06_no_lost_update.py::test_g06_without_the_version_words_are_overwritten
- tests/at_once/test_g06_no_lost_update.py::test_g06_without_the_lock_both_signatures_are_judged_good
- tests/at_once/test_g06_no_lost_update.py::test_g06_without_looking_again_the_second_order_overwrites_the_first
G07 | Notice, cancellation and quorum follow the terms | 10,000 notices and proposals against a counter that walks the calendar | all equal
+ tests/panels/rules/test_g07_notice.py
- tests/panels/rules/test_g07_notice.py::test_g07_a_rule_that_forgets_holidays_or_counts_the_day_of_notice_is_found
G08 | A conflicted member takes no part | an interest declared before, during and after, by every channel | no paper, no vote, quorum counted without them
+ tests/panels/views/test_recusal.py
+ tests/panels/views/test_recusal_channels.py
+ tests/panels/views/test_recusal_depth.py
+ tests/panels/actions/test_late_interests.py
+ tests/panels/views/test_live_page.py::test_g08_a_recused_person_posts_nothing_of_the_item
- tests/panels/views/test_recusal.py::test_g08_with_the_rule_off_the_title_is_on_the_agenda
G09 | Money is exact | random contracts and random orders of deeds, counted by hand beside; floats looked for in money code | to the penny, no float
+ tests/contracts/test_shares.py::test_g09_random_contracts_lose_no_penny
+ tests/contracts/test_shares.py::test_g09_there_is_no_float_in_money_code
+ tests/contracts/test_every_pound.py
- tests/contracts/test_every_pound.py::test_the_hand_count_goes_red_where_a_pound_is_lost
- tests/contracts/test_shares.py::test_g09_sharing_without_the_remainder_loses_pennies
- tests/contracts/test_shares.py::test_g09_the_search_for_floats_finds_them
G10 | A payment or release happens once, with evidence | approved, paid and released by four presses at once; direct posts without evidence | once; never without evidence
+ tests/at_once/test_g10_paid_once.py
- tests/at_once/test_g10_paid_once.py::test_g10_without_the_lock_it_is_paid_more_than_once
G11 | A killed worker loses and doubles no pack | kill -9 of worker, timetable, queue and database at named points and at random; two of each | each meeting one issued pack, its hash its row’s; each email once
+ tests/once/test_g11_once.py::test_g11_g12_g16_whatever_dies_each_meeting_has_one_pack_and_nobody_two_emails
* tests/journeys/test_killed_worker.py
- tests/once/test_g11_once.py::test_the_control_that_marks_work_done_before_it_is_done_loses_packs
- tests/once/test_g11_once.py::test_the_control_that_sends_a_letter_again_when_its_worker_died_sends_it_twice
G12 | A long job is not done twice | messages delivered twice, a visibility time of 1 s, printing that outlasts its lease | one published file each
+ tests/once/test_g11_once.py::test_g11_g12_g16_whatever_dies_each_meeting_has_one_pack_and_nobody_two_emails
- tests/once/test_g11_once.py::test_the_control_that_marks_work_done_before_it_is_done_loses_packs
G13 | Two people for dangerous acts | each act tried whole by one person, by direct post, by replay, through a second role | 0 done by one person
+ tests/at_once/test_g10_paid_once.py::test_g13_nobody_gives_two_of_the_three_steps_also_not_through_a_second_role
+ tests/at_once/test_g10_paid_once.py::test_g13_a_replayed_approval_approves_nothing_more
+ tests/at_once/test_g10_paid_once.py::test_g13_a_step_of_another_role_is_not_allowed_by_direct_post
+ tests/referrals/actions/test_restriction.py::test_k8_lifting_takes_two_people_and_ends_every_name
+ tests/referrals/actions/test_restriction.py::test_k8_the_database_refuses_a_lifting_by_one_person
+ tests/referrals/actions/test_emergency.py::test_g13_nobody_signs_both_by_rule_or_by_the_database
+ tests/core/test_exports.py::test_n2_nobody_agrees_their_own_and_a_second_answer_is_refused
+ tests/kpis/views/test_api_clients.py::test_g13_whoever_made_it_does_not_agree_by_any_way
+ tests/core/test_people.py::test_g13_a_role_asked_for_opens_nothing_until_a_head_of_service_agrees
+ tests/core/test_people.py::test_g13_nobody_gives_a_role_alone_by_any_way
+ tests/core/test_people.py::test_g13_the_database_refuses_a_role_agreed_by_one_person
- tests/core/test_people.py::test_g13_with_the_rule_off_one_person_would_and_the_database_still_says_no
- tests/at_once/test_g10_paid_once.py::test_g13_with_the_rule_off_one_person_gives_two_steps_and_the_database_still_says_no
G14 | The queue may go: nothing is lost | killed, then silent, then emptied, while four people write and read in the real service | no page fails or waits; all that was due is done once when it is back
+ tests/trust/test_g14_queue_away.py
- tests/trust/test_g14_queue_away.py::test_g14_a_web_that_spoke_to_the_queue_would_fail_with_it
? a worker that lives and takes no work is seen by the health check of its container, and not by a test
G15 | The database may restart in mid-act | stopped at once and its connections killed, while eight people write; pages asked for while it is away | 0 half done, what was said to be saved is there; others read so and keep their words
+ tests/trust/test_g15_database_restarts.py
- tests/trust/test_g15_database_restarts.py::test_g15_without_transactions_the_same_stop_leaves_half_done_deeds
G16 | The timetable neither doubles nor misses | two timetables, one killed, clocks set back and through both changes of the hour | each due thing once; what was missed is made late and says so
+ tests/once/test_g11_once.py::test_g11_g12_g16_whatever_dies_each_meeting_has_one_pack_and_nobody_two_emails
? the timetable is part of the program: nothing switches a line of it off, so that is not tried
G17 | One bad record stops no other | documents that crash the printer among others | set aside after three tries with a reason; all others made
+ tests/trust/test_g17_one_bad_record.py
+ tests/core/test_printing.py::test_g17_a_document_set_aside_says_why_and_is_tried_again_by_whoever_may
+ tests/core/test_printing.py::test_g17_whoever_may_not_reads_who_may
? no control: without the order of tries the others only wait longer
G18 | A full disk never yields a wrong pack | no room at each tenth of a write; kill -9 before the rename; flipped bits | nothing torn is served; every flip is found
+ tests/trust/test_g18_torn_write.py
+ tests/core/test_documents.py::test_g18_a_flipped_bit_is_shown_as_wrong_and_nobody_gets_the_file
+ tests/core/test_printing.py::test_g18_no_room_on_the_disk_is_said_on_the_page_and_nothing_is_half_done
- tests/trust/test_g18_torn_write.py::test_g18_written_in_place_it_would_be_torn
G19 | Costly acts do not take the site down | lists with names, the biggest files, searches of 8,000 letters and deep pages asked for by many at one moment | lists are queued, five for each person; every answer within 10 s, pages go on
+ tests/trust/test_g19_costly_acts.py
- tests/trust/test_g19_costly_acts.py::test_g19_without_the_limit_one_person_fills_the_queue
? files without names are made while one waits: how many at once is the number of web workers
G20 | Nobody reads or changes a foreign record | every address, role and nobody, for records of seven kinds, by every method; canaries in every text | 0 canaries; a foreign record is answered as none
+ tests/access/test_sweep.py::test_every_address_and_every_role_is_in_the_table
+ tests/access/test_sweep.py::test_everybody_gets_what_the_table_says_and_nothing_of_anybody_elses
+ tests/access/test_sweep.py::test_nothing_foreign_changes_and_nothing_breaks_by_any_method
+ tests/access/test_sweep.py::test_every_model_that_keeps_rows_from_somebody_has_a_control
+ tests/access/test_g20_policies_off.py::test_every_permission_opens_a_door_or_is_asked_inside_one
- tests/access/test_g20_policies_off.py::test_g20_with_one_permission_opened_to_everybody_the_sweep_goes_red
- tests/access/test_sweep.py::test_with_one_visible_to_switched_off_the_sweep_goes_red
G21 | Rights change at once | a role, a person, a case and a row ended in an open session, a queued export and a live link | the next request is denied
+ tests/referrals/views/test_restricted.py::test_g21_a_right_that_ends_opens_nothing_from_the_next_request_on
+ tests/referrals/views/test_restricted.py::test_g21_a_provider_loses_a_restricted_child_at_once
+ tests/core/test_exports.py::test_g21_a_role_removed_between_asking_and_making_makes_nothing
+ tests/core/test_exports.py::test_g21_what_changed_between_making_and_taking_stops_the_taking
+ tests/core/test_exports.py::test_g21_another_role_of_the_same_person_does_not_take_it
+ tests/kpis/test_api.py::test_g21_revoked_is_refused_at_once
+ tests/core/test_people.py::test_g21_a_role_ended_on_its_page_opens_nothing_at_the_next_click
+ tests/core/test_people.py::test_g21_a_closed_account_ends_every_session_and_role
+ tests/access/test_g21_at_once.py
- tests/access/test_g21_at_once.py::test_g21_a_right_that_did_not_end_would_be_found
G22 | A restricted record leaks by no channel | every list, order, filter, count, page, export and mail, for every role | 0 canaries
+ tests/trust/test_g22_restricted.py
+ tests/referrals/views/test_restricted.py
+ tests/panels/views/test_recusal_channels.py
+ tests/kpis/views/test_activity.py::test_g22_a_restricted_child_is_in_nobodys_changes_but_those_named
- tests/trust/test_g22_restricted.py::test_g22_the_channels_would_tell_if_nothing_kept_them
G23 | Provider, council and commissioner are apart | the sweep as both providers and as commissioner; every answer of the interface for machines | 0 canaries
+ tests/access/test_api.py
+ tests/kpis/views/test_review_papers.py::test_g23_what_other_bodies_read_stays_closed_to_a_commissioner_even_in_a_seat
+ tests/kpis/views/test_review_papers.py::test_g23_an_item_about_a_child_stays_closed_on_a_review_too
? its control is that of G20, one policy after another
G24 | No change by GET, from elsewhere or by extra fields | every address by GET and HEAD with every write watched; every form with fields it does not ask | 0 writes, 0 extra fields
+ tests/access/test_gets_do_not_write.py::test_no_address_writes_when_it_is_opened[GET]
+ tests/access/test_gets_do_not_write.py::test_a_reading_is_kept_and_the_session_is_marked_once_a_minute
* tests/access/test_gets_do_not_write.py
+ tests/access/test_g24_from_elsewhere.py
+ tests/referrals/views/test_tasks.py::test_g24_a_field_that_no_page_asks_is_not_saved
+ tests/trust/test_g25_bad_input.py::test_g24_fields_that_a_form_does_not_ask_change_nothing
- tests/access/test_g24_from_elsewhere.py::test_g24_without_the_token_asked_for_they_are_let_in
- tests/access/test_gets_do_not_write.py::test_a_page_that_wrote_would_be_found
G25 | Bad input never breaks a page | the corpus into every form, query and address; bytes that are no text | 0 errors, nothing over 2 s, nothing typed lost
+ tests/trust/test_g25_bad_input.py
+ tests/referrals/views/test_tasks.py::test_g25_every_name_comes_back_as_it_was_typed
- tests/trust/test_g25_bad_input.py::test_g25_a_page_that_broke_would_be_found
G26 | No script from data | hostile words in every text, every page in a real browser | 0 run, 0 stopped by the policy
+ tests/trust/test_stored_script.py::test_g26_words_in_records_run_no_script_on_any_page[SW]
* tests/trust/test_stored_script.py::test_g26_words_in_records_run_no_script_on_any_page
- tests/trust/test_stored_script.py::test_g26_a_page_that_did_not_escape_would_be_found
G27 | No injection | statements in every query of every address; filters no list offers; SQL by hand looked for in the source | never in the text of a statement; the same rows
+ tests/trust/test_g27_no_injection.py
+ tests/core/test_session.py::test_signing_in_never_leads_elsewhere
- tests/trust/test_g27_no_injection.py::test_g27_a_statement_put_together_from_a_query_would_be_found
- tests/trust/test_g27_no_injection.py::test_g27_a_statement_put_together_would_be_found_in_the_source
G28 | The PDF engine asks nobody and reads no file | hostile snippets by themselves and in every text of every document; every call of the engine in the source | 0 requests, 0 files, 0 attachments
+ tests/trust/test_g28_reaches_nothing.py
+ tests/architecture/test_printer.py::test_g28_only_the_printer_knows_weasyprint_and_each_of_its_calls_has_our_fetcher
- tests/trust/test_g28_reaches_nothing.py::test_g28_with_the_default_fetcher_they_would
- tests/trust/test_g28_reaches_nothing.py::test_g28_words_let_through_would_reach_out_by_the_default_fetcher
- tests/architecture/test_printer.py::test_g28_a_call_without_our_fetcher_would_be_found
G29 | The PDF engine cannot hang the queue | text, tables, nesting and pictures without end, in a process with limits | each ends, and the part to blame is named
+ tests/trust/test_g29_no_hang.py
? no control: without limits the machine itself would stand still
G30 | Uploads are safe | a scanner that is down, slow, or finds something; files served back | never passed unchecked, never run
+ tests/core/test_scanner.py
+ tests/core/test_files.py
+ tests/kpis/imports/test_others.py::test_g30_a_workbook_that_is_none_or_a_bomb_is_refused_unopened
- tests/core/test_scanner.py::test_g30_with_the_verdict_not_read_a_virus_is_passed
G31 | Exports are inert | formulas in every exported field | 0 formula cells
+ tests/trust/test_g31_exports.py
+ tests/architecture/test_printer.py::test_g31_only_one_module_writes_cells
+ tests/architecture/test_printer.py::test_g31_every_formula_of_ours_is_written_out_in_the_code
+ tests/kpis/test_figures_export.py::test_g31_no_cell_of_either_file_is_a_formula
+ tests/referrals/views/test_lists.py::test_n4_no_words_become_a_formula
- tests/trust/test_g31_exports.py::test_g31_without_the_defence_they_would_be
G32 | Tampering with the trail is found | eleven kinds of tampering behind the product, and eleven ways of the service’s own role | all found, the first bad event named; the service is refused
+ tests/core/test_g32_tampering.py
- tests/core/test_g32_tampering.py::test_g32_with_the_seals_not_compared_it_is_not_found
- tests/core/test_g32_tampering.py::test_g32_without_the_marks_outside_the_database_it_is_not_found
G33 | Every write and every read is in the trail | every address that opens a child’s record, one line looked for after each; the trail made unwritable; both logs against a count | a line each; nothing shown and nothing done without one
+ tests/trust/test_g33_g34_g35_walk.py::test_g33_every_opening_of_a_childs_record_is_in_the_trail
+ tests/trust/test_g33_g34_g35_walk.py::test_g33_where_the_trail_cannot_be_written_nothing_is_shown_and_nothing_is_done
+ tests/core/test_reading_log.py::test_g33_each_opening_is_one_line_on_both_pages
+ tests/architecture/test_actions.py
- tests/trust/test_g33_g34_g35_walk.py::test_g33_an_opening_that_was_not_written_would_be_found
G34 | No personal data outside the database and the files | names and birth dates looked for in addresses, titles, comments, headers, logs, the trail, letters, due work, sessions, calendars | 0; no page kept by a browser
+ tests/trust/test_g33_g34_g35_walk.py::test_g34_no_name_birth_date_or_home_leaves_the_database_and_the_pages
+ tests/trust/test_g33_g34_g35_walk.py::test_g34_no_page_is_kept_by_a_browser
- tests/trust/test_g33_g34_g35_walk.py::test_g34_a_name_in_a_title_or_a_log_would_be_found
G35 | Headers | every address over HTTPS, with refusals, absences, redirects and files | all carry policy, HSTS, nosniff, referrer policy and charset
+ tests/trust/test_g33_g34_g35_walk.py::test_g35_every_answer_carries_every_header
+ tests/launch/test_served.py::test_every_answer_carries_every_header
- tests/trust/test_g33_g34_g35_walk.py::test_g35_with_the_policy_off_every_page_lacks_it
G36 | Sessions | idle, at most 12 hours, a new key at sign-in, every copy ended | the old cookie opens nothing, nothing typed is lost
+ tests/core/test_sign_in.py::test_g36_a_session_ends_after_12_hours_however_much_it_is_used
+ tests/core/test_sign_in.py::test_g36_use_does_not_put_off_the_end
+ tests/core/test_sign_in.py::test_g36_signing_in_gives_a_new_key_and_the_one_before_opens_nothing
+ tests/core/test_sign_in.py::test_g36_signing_out_kills_every_copy
+ tests/core/test_sign_in.py::test_g36_a_new_password_and_a_closed_account_end_every_session
+ tests/core/test_sign_in.py::test_g36_production_cookies_belong_to_this_host_alone
+ tests/core/test_session.py
+ tests/core/test_second_step.py::test_g36_a_second_factor_that_changes_ends_every_other_session_and_so_does_its_owner
- tests/core/test_sign_in.py::test_g36_with_nobody_looking_at_the_time_a_session_goes_on
G37 | Second factor and passwords | wrong and replayed codes, forty at once, unknown accounts timed; deeds that cannot be undone 15 minutes and a second after the last proof; directories with a token wrong in each thing, codes used before, other organisations’ people | ten looked at; nobody learns who has an account; asked again, with what was typed kept
+ tests/core/test_second_step.py
+ tests/core/test_step_up.py
+ tests/access/test_step_up.py
+ tests/core/test_passkeys.py
+ tests/core/test_people.py::test_g37_a_link_sets_a_password_once_signs_nobody_in_and_the_second_factor_is_asked
+ tests/core/test_people.py::test_g37_a_password_that_is_short_known_or_mistyped_is_not_set
+ tests/core/test_people.py::test_g37_a_link_that_was_changed_has_run_out_or_is_of_a_closed_account_opens_nothing
+ tests/core/test_directory.py
+ tests/journeys/test_passkeys.py
+ tests/core/test_sign_in.py::test_g37_nobody_learns_from_the_answer_or_its_time_who_has_an_account
- tests/core/test_second_step.py::test_g37_control_without_the_count_in_the_database_guesses_go_on
- tests/core/test_step_up.py::test_g37_without_the_question_the_same_deed_is_done
- tests/access/test_step_up.py::test_g37_with_the_question_off_none_of_them_asks
- tests/core/test_second_step.py::test_g37_control_without_the_mark_in_the_database_another_process_would_take_it_again
- tests/core/test_directory.py::test_g37_control_a_token_that_is_not_read_with_care_would_sign_in
- tests/journeys/test_passkeys.py::test_g37_control_a_code_that_was_not_marked_as_used_would_work_twice
G38 | Guessing is stopped without locking out the office | many guesses, forged senders, then the owner | ten in five minutes; the owner signs in
+ tests/core/test_sign_in.py::test_g38_ten_guesses_are_looked_at_in_five_minutes_and_a_forged_sender_gives_no_more
+ tests/core/test_sign_in.py::test_g38_another_account_is_not_locked
+ tests/core/test_sign_in.py::test_g38_an_office_behind_one_address_signs_in_at_nine
+ tests/core/test_sign_in.py::test_g38_its_owner_signs_in_from_a_browser_that_is_known_while_a_stranger_guesses
+ tests/core/test_sign_in.py::test_g38_a_known_browser_guesses_ten_times_too_and_only_at_its_own_account
+ tests/core/test_sign_in.py::test_g38_a_made_up_browser_is_no_browser
+ tests/core/test_sign_in.py::test_g38_after_five_minutes_its_owner_signs_in_though_the_guessing_went_on
- tests/core/test_sign_in.py::test_g38_without_the_limit_every_guess_would_be_looked_at
G39 | Small numbers cannot be worked out | every possibility tried against what was told; files that leave | no small count has one possible value
+ tests/kpis/rules/test_release.py
+ tests/kpis/rules/test_differencing.py
+ tests/kpis/test_kept_back.py::test_g39_a_year_that_would_give_a_quarter_back_is_hidden_on_every_page
+ tests/kpis/test_api.py::test_g39_no_filter_page_or_day_gives_a_small_count_back
+ tests/kpis/rules/test_returned_shown.py::test_g39_brute_force_leaves_two_values_for_every_hidden_band
+ tests/kpis/test_figures_export.py::test_g39_small_counts_and_what_gives_them_back_are_hidden_wholly_with_a_flag
- tests/kpis/rules/test_release.py::test_g39_without_the_look_back_it_is_worked_out
- tests/kpis/rules/test_differencing.py::test_g39_with_the_look_at_earlier_figures_off_the_attack_finds_something
G40 | Retention dates are right, disposal is complete | thousands of lives against a rule written a second way; a child’s canaries in every table, and every file’s bytes, after a disposal | all equal; 0 canaries of the child, all of another’s
+ tests/referrals/rules/test_retention.py
+ tests/kpis/records/test_disposal.py
+ tests/access/test_g40_nothing_left.py
? no control of the dates: the second rule is it
G41 | A legal hold beats everything | disposal, deletion, cascade and raw SQL, for a child, a team, a service and the council | 0 rows gone; placed and lifted by two people
+ tests/kpis/records/test_disposal.py::test_g41_a_hold_beats_disposal_deletion_and_raw_sql
+ tests/access/test_g40_nothing_left.py::test_g41_a_hold_on_a_service_reaches_those_who_stayed_there
+ tests/kpis/records/test_disposal.py::test_g41_every_table_of_a_childs_record_is_kept_by_the_database
+ tests/kpis/records/test_pages.py::test_g41_a_hold_is_placed_and_lifted_on_its_page_by_two_people
- tests/kpis/records/test_disposal.py::test_g41_lifted_by_two_people_the_record_may_go
G42 | A subject access pack is complete and safe | every column of every table; a child’s canaries and other people’s, in words, files and older versions | every column mapped; theirs all in, others’ all out
+ tests/kpis/records/test_subject_access.py
+ tests/access/test_g40_nothing_left.py::test_g42_all_of_the_childs_words_are_in_and_nobody_elses
+ tests/kpis/records/test_subject_map.py::test_g42_every_column_of_every_table_is_mapped
+ tests/kpis/records/test_subject_map.py::test_g42_what_a_child_is_told_holds_the_tables_that_are_theirs
- tests/kpis/records/test_subject_map.py::test_g42_the_control_a_column_that_is_not_mapped_is_found
G43 | Each reader gets only their own pages | each member’s own copy of a meeting’s papers, with canaries in what they are out of | 0 foreign canaries; every sheet names its reader
+ tests/panels/test_g43_copies.py
- tests/panels/test_g43_copies.py::test_the_control_with_nothing_kept_back_has_a_foreign_page
? the issued pack itself is one for all its readers; what somebody is out of is left out of their own copy of it
G44 | Backup and restore, drilled | the borough copied while people write, put back, compared row by row; copies with a byte flipped, cut off, or a part gone; back to a moment by the archived log | rows, hashes, sequences, seals and a file as they were; every damage refused before anything is overwritten
+ tests/trust/test_g44_backup.py
+ tests/trust/test_g44_moment.py
- tests/trust/test_g44_backup.py::test_g44_without_the_hashes_a_flipped_byte_goes_unseen
G45 | Supply chain and settings | unsafe settings, a deployment check, pins with hashes, what is committed, the bill of materials | start refused; nothing unpinned, nothing unnamed
+ tests/launch/test_production.py
+ tests/launch/test_repository.py
+ tests/trust/test_g45_made_of.py
- tests/trust/test_g45_made_of.py::test_g45_a_pin_that_is_not_named_would_be_found
? known vulnerabilities are looked up by hand (README): that asks the network
G46 | Upgrades neither lose nor lock | three migrations of the usual kinds forward and back over many rows while people write; one killed half-way | nobody waits two seconds, no row changes, killed it is as before
+ tests/trust/test_g46_upgrades.py
- tests/trust/test_g46_upgrades.py::test_g46_a_migration_in_the_way_would_be_seen
? three stand-ins of the usual kinds: the product’s own later migrations are run by every test, on few rows
"""


@dataclass
class Goal:
    """One goal and where it is proved."""

    id: str
    promise: str
    tried: str = ""
    expected: str = ""
    proofs: list[str] = field(default_factory=list)
    at_length: list[str] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def places(self) -> list[str]:
        """Every test named, in files or one by one."""
        return [*self.proofs, *self.at_length, *self.controls]


def goals() -> dict[str, Goal]:
    """The table, read."""
    found: dict[str, Goal] = {}
    for line in filter(None, TABLE.splitlines()):
        mark, _, rest = line.partition(" ")
        if mark in "+*-?":
            goal = list(found.values())[-1]
            {"+": goal.proofs, "*": goal.at_length, "-": goal.controls, "?": goal.remarks}[mark].append(rest)
        else:
            found[mark] = Goal(*(part.strip() for part in line.split("|")))
    return found


def within(node: str, places: list[str]) -> bool:
    """Whether a test is one of those named: its file, itself, or one of its parameters."""
    return any(node == place or (node.startswith(place) and node[len(place)] in ":[") for place in places)
