"""The table: what a GET of every address answers, by role, for the record a person has a right to.

Columns are the roles of core.roles (by their codes), then nobody. Words:

    opens    the page, or the file
    barred   not allowed (403): the record may be there, and this is not for this role
    -        not found (404): the same bytes whether or not it exists
    moves    leads on to another page; a deed's address, opened, does nothing
    posts    there is nothing to open: a deed that is only ever posted (405)
    sign-in  sent to sign in

`about` is the record in the address, of "ours" in scene.py: a referral that was decided and placed
unless it says draft, unsigned, sent or ready; the exception asked for another draft; the meeting to come unless it says held. Judged by the
access matrix; where that lets a role read more than is here, the product is stricter for now
(information governance has no meetings, the auditor no trail, a social worker no figures). The
steering group's pack is figures with small numbers hidden, so the commissioner has it once it is out.
"""

COLUMNS = ["SW", "TM", "SM", "STM", "HOS", "PA", "CH", "PM", "PRV", "PRM", "COM", "FIN", "IG", "AUD", "SYS", "nobody"]

TABLE = """
address                    about     SW      TM      SM      STM     HOS     PA      CH      PM      PRV     PRM     COM     FIN     IG      AUD     SYS     nobody

live                       -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens
ready                      -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens
help                       -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens
guide                      -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens
accessibility-statement    -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens
privacy                    -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens
cookies                    -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens
account_login              -         moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   opens
account_logout             -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   moves
account_inactive           -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens
demonstration_sign_in      -         posts   posts   posts   posts   posts   posts   posts   posts   posts   posts   posts   posts   posts   posts   posts   posts
stay_signed_in             -         moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   moves   sign-in
account                    -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
roles                      -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
search                     -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
messages                   -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
notifications              -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
remove_view                view      -       -       -       -       moves   -       -       -       -       -       -       -       -       -       -       sign-in
usual_view                 view      -       -       -       -       moves   -       -       -       -       -       -       -       -       -       -       sign-in
exports                    -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
export                     export    -       -       opens   -       opens   -       -       -       -       -       -       -       opens   opens   -       sign-in
take_export                export    -       -       moves   -       moves   -       -       -       -       -       -       -       moves   moves   -       sign-in
components                 -         -       -       -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
settings                   -         barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  opens   opens   sign-in
setting                    -         barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  opens   opens   sign-in
working_days               -        opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
close_day                  -        barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  opens   sign-in
reopen_day                 closure  -       -       -       -       -       moves   -       -       -       -       -       -       -       -       moves   sign-in
mail                       -         -       -       -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in

kpis:to_do                 -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
kpis:activity              -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
kpis:calendar              -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
kpis:calendar_month        -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
kpis:calendar_link         -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
kpis:calendar_feed         -         -       -       -       -       -       -       -       -       -       -       -       -       -       -       -       -
kpis:kpis                  -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   opens   barred  barred  barred  barred  sign-in
kpis:indicator             indicator barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   opens   barred  barred  barred  barred  sign-in
kpis:waiting_report        -         barred  barred  opens   opens   opens   opens   barred  barred  barred  opens   opens   barred  barred  barred  barred  sign-in
kpis:reports               -         barred  barred  barred  barred  opens   barred  opens   barred  barred  barred  opens   barred  barred  opens   barred  sign-in
kpis:draft_report          -         barred  barred  barred  barred  opens   barred  opens   barred  barred  barred  opens   barred  barred  opens   barred  sign-in
kpis:report                report    barred  barred  barred  barred  opens   barred  opens   barred  barred  barred  opens   barred  barred  opens   barred  sign-in
kpis:report_file           report    barred  barred  barred  barred  opens   barred  opens   barred  barred  barred  opens   barred  barred  opens   barred  sign-in
kpis:packs                 -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   opens   barred  barred  opens   barred  sign-in
kpis:pack                  pack      barred  barred  opens   -       opens   opens   opens   -       barred  opens   opens   barred  barred  opens   barred  sign-in
kpis:pack_file             pack      barred  barred  opens   -       opens   opens   opens   -       barred  opens   opens   barred  barred  opens   barred  sign-in
kpis:approve_pack          pack      -       -       barred  -       barred  barred  opens   -       -       barred  barred  -       barred  barred  -       sign-in

panels:panels              -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   opens   barred  barred  opens   barred  sign-in
panels:panel               panel     barred  barred  -       -       opens   opens   opens   opens   barred  opens   opens   barred  barred  opens   barred  sign-in
panels:call                panel     -       -       -       -       barred  opens   barred  barred  -       barred  barred  -       barred  barred  -       sign-in
panels:year                panel     -       -       -       -       barred  opens   barred  barred  -       barred  barred  -       barred  barred  -       sign-in
panels:extraordinary       panel    -       -       -       -       barred  opens   barred  barred  -       barred  barred  -       barred  barred  -       sign-in
panels:seats               panel    barred  barred  -       -       opens   opens   opens   opens   barred  opens   opens   barred  barred  opens   barred  sign-in
panels:attendance          panel    barred  barred  -       -       opens   opens   opens   opens   barred  opens   opens   barred  barred  opens   barred  sign-in
panels:give_seat           panel    -       -       -       -       barred  opens   barred  barred  -       barred  barred  -       barred  barred  -       sign-in
panels:standing_delegate   panel    -       -       -       -       barred  opens   barred  barred  -       barred  barred  -       barred  barred  -       sign-in
panels:change_seat         panel    -       -       -       -       barred  opens   barred  barred  -       barred  barred  -       barred  barred  -       sign-in
panels:end_delegate        panel    -       -       -       -       barred  opens   barred  barred  -       barred  barred  -       barred  barred  -       sign-in
panels:terms_list          -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  opens   opens   opens   sign-in
panels:terms               panel     opens   opens   opens   opens   opens   opens   opens   opens   -       opens   opens   barred  opens   opens   -       sign-in
panels:propose_terms       panel    -       -       -       -       opens   opens   opens   opens   -       opens   barred  -       barred  barred  -       sign-in
panels:alteration          proposal -       -       -       -       opens   opens   opens   opens   -       opens   opens   barred  opens   opens   -       sign-in
panels:terms_version       panel    opens   opens   opens   opens   opens   opens   opens   opens   -       opens   opens   barred  opens   opens   -       sign-in
panels:compare_terms       panel    opens   opens   opens   opens   opens   opens   opens   opens   -       opens   opens   barred  opens   opens   -       sign-in
panels:sign_terms          steering -       -       opens   -       opens   opens   opens   -       -       opens   opens   -       opens   opens   -       sign-in
panels:meetings            -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   opens   barred  barred  opens   barred  sign-in
panels:meeting             meeting   barred  barred  -       -       opens   opens   opens   opens   barred  opens   -       barred  barred  opens   barred  sign-in
panels:agenda              meeting   -       -       -       -       barred  opens   barred  barred  -       barred  -       -       barred  barred  -       sign-in
panels:item_request        item      -       -       -       -       -       opens   opens   -       -       -       -       -       -       -       -       sign-in
panels:late                meeting   -       -       -       -       -       opens   opens   -       -       -       -       -       -       -       -       sign-in
panels:circulate           meeting   -       -       -       -       barred  opens   barred  barred  -       barred  -       -       barred  barred  -       sign-in
panels:papers              meeting   barred  barred  -       -       opens   opens   opens   opens   barred  opens   barred  barred  barred  opens   barred  sign-in
panels:paper               item      -       -       -       -       opens   opens   opens   opens   -       opens   -       -       barred  -       -       sign-in
panels:attend              meeting   -       -       -       -       opens   opens   opens   opens   -       opens   -       -       barred  barred  -       sign-in
panels:delegate            meeting   -       -       -       -       opens   opens   opens   opens   -       opens   -       -       barred  barred  -       sign-in
panels:interests           meeting   -       -       -       -       opens   opens   opens   opens   -       opens   -       -       barred  barred  -       sign-in
panels:live                meeting   -       -       -       -       -       opens   opens   -       -       -       -       -       -       -       -       sign-in
panels:live_item           item      -       -       -       -       -       opens   opens   -       -       -       -       -       -       -       -       sign-in
panels:note                item      -       -       -       -       -       moves   moves   -       -       -       -       -       -       -       -       sign-in
panels:minutes             held      -       -       -       -       opens   opens   opens   opens   -       opens   -       -       barred  opens   -       sign-in
panels:minutes_file        held      barred  barred  -       -       opens   opens   opens   opens   barred  opens   barred  barred  barred  opens   barred  sign-in
panels:cancel              meeting   -       -       -       -       barred  barred  opens   barred  -       barred  -       -       barred  barred  -       sign-in
panels:service             meeting   barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
panels:record_service      meeting  -       -       -       -       barred  opens   barred  barred  -       barred  -       -       barred  barred  -       sign-in
panels:book                ready     barred  barred  barred  barred  barred  opens   -       -       -       -       -       -       barred  -       -       sign-in
panels:referral_panel      referral  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
panels:my_papers           -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   barred  barred  barred  opens   barred  sign-in
panels:decisions           -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
panels:decision            decision  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
panels:enter_decision      decision  barred  barred  barred  barred  barred  moves   barred  barred  barred  barred  -       -       barred  -       -       sign-in
panels:high_cost           -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   barred  barred  barred  opens   barred  sign-in
panels:register            -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   barred  barred  barred  barred  barred  sign-in
panels:actions             -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
panels:finish_action       action    -       -       -       -       moves   moves   moves   moves   -       moves   -       -       -       moves   -       sign-in
panels:reasons             panel     -       -       -       -       barred  opens   barred  barred  -       barred  barred  -       barred  barred  -       sign-in
panels:between             panel     -       -       -       -       -       opens   opens   -       -       -       -       -       -       -       -       sign-in
panels:present             meeting   -       -       -       -       opens   opens   opens   opens   -       opens   -       -       barred  opens   -       sign-in
panels:act                 item      -       -       -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
panels:agree_minutes       held      -       -       -       -       -       -       opens   -       -       -       -       -       -       -       -       sign-in
panels:minutes_word        held      barred  barred  -       -       opens   opens   opens   opens   barred  opens   barred  barred  barred  opens   barred  sign-in
panels:check_entry         decision  barred  barred  barred  barred  barred  moves   barred  barred  barred  barred  -       -       barred  -       -       sign-in
panels:release_decision    decision  -       -       -       -       -       moves   moves   -       -       -       -       -       -       -       -       sign-in
panels:hold_back           decision  -       -       -       -       -       opens   opens   -       -       -       -       -       -       -       -       sign-in
panels:present_again       decision  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  -       -       barred  -       -       sign-in
panels:decided_elsewhere   decision  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  -       -       barred  -       -       sign-in
panels:unmet_needs         -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   barred  barred  barred  opens   barred  sign-in
panels:disputes            -         barred  barred  opens   opens   opens   opens   opens   opens   barred  opens   barred  barred  barred  opens   barred  sign-in
panels:raise_dispute       -         barred  barred  barred  barred  opens   opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  sign-in
panels:dispute             dispute   -       -       opens   -       opens   opens   opens   -       -       opens   barred  -       barred  opens   -       sign-in

contracts:contracts        -         barred  barred  barred  barred  opens   barred  opens   barred  barred  opens   opens   opens   barred  barred  barred  sign-in
contracts:contract         contract  barred  barred  barred  barred  opens   barred  opens   barred  barred  opens   opens   opens   barred  barred  barred  sign-in
contracts:confirm_price    contract  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  moves   barred  barred  barred  barred  sign-in
contracts:escalations      -         barred  barred  barred  barred  opens   barred  opens   barred  barred  barred  opens   opens   barred  opens   barred  sign-in
contracts:escalate         -         barred  barred  barred  barred  opens   barred  opens   barred  barred  barred  opens   barred  barred  barred  barred  sign-in
contracts:escalation       escalation barred  barred  barred  barred  opens   barred  opens   barred  barred  barred  opens   opens   barred  opens   barred  sign-in
contracts:record_answer    escalation -       -       -       -       opens   -       opens   -       -       -       opens   barred  -       barred  -       sign-in

referrals:referrals        -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:several_leads    -         barred  barred  barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:several_ready    -         barred  barred  opens   barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:find_child       -         opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:word_form        -         opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:import_form      -         opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:imported_form    referral  -       -       barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:start            child     opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:add_child        -         opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:children         -         opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:child            child     opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:who_has_looked   child     opens   opens   opens   barred  opens   barred  barred  barred  barred  barred  barred  barred  opens   opens   barred  sign-in
referrals:restrict         child     barred  opens   opens   barred  opens   barred  -       -       barred  barred  -       -       opens   -       -       sign-in
referrals:sharing          child     opens   opens   opens   barred  opens   barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  sign-in
referrals:sharing_sheet    child     opens   opens   opens   barred  opens   barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  sign-in
referrals:record_agreement child     opens   opens   opens   barred  barred  barred  -       -       barred  barred  -       -       opens   -       -       sign-in
referrals:record_basis     child     opens   opens   opens   barred  barred  barred  -       -       barred  barred  -       -       opens   -       -       sign-in
referrals:record_told      child     opens   opens   opens   barred  barred  barred  -       -       barred  barred  -       -       opens   -       -       sign-in
referrals:record_disclosure child    opens   opens   opens   barred  barred  barred  -       -       barred  barred  -       -       opens   -       -       sign-in
referrals:sharing_protocols -        opens   opens   opens   barred  opens   barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  sign-in
referrals:restricted_records -       barred  opens   opens   barred  opens   barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  sign-in
referrals:restricted_record kept     barred  opens   -       barred  -       barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  sign-in
referrals:name_person      kept      barred  opens   -       -       -       -       -       -       -       -       -       -       opens   -       -       sign-in
referrals:unname_person    kept      barred  moves   -       -       -       -       -       -       -       -       -       -       moves   -       -       sign-in
referrals:lift_restriction kept      barred  opens   -       -       -       -       -       -       -       -       -       -       opens   -       -       sign-in
referrals:break_glass      -         opens   opens   opens   barred  opens   barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  sign-in
referrals:referral         referral  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:answers          referral  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:history          referral  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:tasks            referral  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:edit_task        draft     opens   barred  -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:save_task        draft     moves   barred  -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:document         draft     opens   opens   -       -       -       -       -       -       -       -       barred  barred  -       barred  barred  sign-in
referrals:remove_document  draft     moves   barred  -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:send             draft     opens   barred  -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:sent             unsigned  opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:withdraw         draft     opens   barred  -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:child_sheet      referral  opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:copy             referral  opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  -       -       barred  -       -       sign-in
referrals:documents        referral  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   -       -       opens   -       -       sign-in
referrals:ask_to_join      referral  moves   moves   barred  barred  barred  barred  barred  barred  barred  barred  -       -       barred  -       -       sign-in
referrals:contact          referral  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  -       -       barred  -       -       sign-in
referrals:turn_down_joiner joining   moves   barred  -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:second_referrer  draft     opens   barred  -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:keep_draft       draft     barred  moves   -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:let_draft_go     draft     barred  moves   -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:old_drafts       -         barred  opens   opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:residents        -         opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:move_resident    child     opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:consultations    -         opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:log_consultation -         opens   opens   barred  barred  barred  barred  barred  barred  opens   opens   barred  barred  barred  barred  barred  sign-in
referrals:agencies         -         opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   sign-in
referrals:add_agency       -         barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:agency           agency    barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:eligibility      referral  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:ask_exception    draft     opens   barred  -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:exceptions       -         barred  barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:exception        exception barred  barred  -       opens   -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:sign_off         unsigned  barred  opens   opens   -       barred  barred  -       -       -       -       -       -       barred  -       -       sign-in
referrals:return           unsigned  barred  opens   opens   -       barred  opens   -       -       -       -       -       -       barred  -       -       sign-in
referrals:signatures       referral  opens   opens   opens   opens   opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:cover            -         barred  opens   opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:end_cover        cover     -       moves   moves     -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:sign_off_queue   -         barred  opens   opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:triage_queue     -         barred  barred  opens   barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:triage           sent      barred  barred  opens   barred  barred  opens   -       -       -       -       -       -       barred  -       -       sign-in
referrals:places           -         barred  opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  barred  barred  sign-in
referrals:place            place     barred  opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  barred  barred  sign-in
referrals:allocate         place     barred  barred  barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:stay             stay      opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:places_list      -         barred  opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  barred  barred  sign-in
referrals:duty             -         barred  opens   opens   opens   opens   barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:on_call          -         barred  opens   opens   opens   opens   barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:name_on_call     -         barred  opens   opens   opens   opens   barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:log_call         -         barred  barred  barred  barred  barred  barred  barred  barred  opens   opens   barred  barred  barred  barred  barred  sign-in
referrals:service          outreach  barred  opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  barred  barred  sign-in
referrals:set_team_post    outreach  barred  barred  barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:give_kite_mark   outreach  barred  barred  barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:hold_demand_review outreach  barred  barred  barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:transfer_caseload outreach  barred  barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:take_out_of_use  place     barred  barred  barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:bring_back_into_use place     barred  barred  barred  barred  barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:start_in_emergency place     barred  barred  opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:accept_bed       stay      opens   barred  barred  barred  barred  barred  barred  -       barred  barred  -       -       barred  -       -       sign-in
referrals:decline_bed      stay      opens   barred  barred  barred  barred  barred  barred  -       barred  barred  -       -       barred  -       -       sign-in
referrals:start_stay       stay      barred  barred  barred  barred  barred  barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:change_dates     stay      barred  barred  barred  barred  barred  barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:move_stay        stay      barred  barred  barred  barred  barred  barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:hold_for_one     stay      barred  barred  barred  barred  barred  barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:let_place_go     stay      barred  barred  opens   opens   opens   barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:keep_place       stay      barred  barred  opens   opens   opens   barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:agree_extra_support stay      barred  barred  barred  opens   barred  barred  barred  -       barred  barred  -       -       barred  -       -       sign-in
referrals:second_emergency stay      barred  barred  opens   opens   opens   barred  barred  -       barred  barred  -       -       barred  -       -       sign-in
referrals:waiting_list     -         barred  opens   opens   opens   opens   opens   opens   barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:ask_for_more     sent      barred  barred  opens   barred  barred  opens   -       -       -       -       -       -       barred  -       -       sign-in
referrals:messages         referral  opens   opens   opens   barred  barred  opens   barred  barred  barred  opens   -       -       barred  -       -       sign-in
referrals:read_messages    referral  moves   moves   moves   barred  barred  moves   barred  barred  barred  moves   -       -       barred  -       -       sign-in
referrals:lead_worker      referral  barred  barred  barred  barred  barred  barred  barred  barred  barred  opens   -       -       barred  -       -       sign-in
referrals:mental_health    referral  opens   opens   opens   barred  barred  barred  barred  barred  barred  opens   -       -       barred  -       -       sign-in
referrals:order_waiting    -         barred  barred  opens   opens   barred  barred  barred  barred  barred  opens   barred  barred  barred  barred  barred  sign-in
referrals:log_contact      waiting   barred  barred  barred  barred  barred  opens   -       -       -       opens   -       -       barred  -       -       sign-in
referrals:plan_waiting     waiting   barred  barred  barred  barred  barred  opens   -       -       -       opens   -       -       barred  -       -       sign-in
referrals:agree_waiting_plan waiting   opens   opens   barred  barred  barred  barred  -       -       -       barred  -       -       barred  -       -       sign-in
referrals:waiting_sheet    waiting   opens   opens   opens   opens   opens   opens   -       -       -       opens   barred  barred  opens   barred  barred  sign-in

referrals:early_endings    -         opens   opens   opens   opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:child_homes      child     opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:record_move      child     opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:add_earlier_home child     opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:end_home         home      opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:correct_home     home      opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:set_home_price   home      opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:child_journey    child     opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:compare_journeys child     opens   opens   opens   opens   opens   barred  barred  barred  barred  barred  barred  barred  barred  barred  barred  sign-in
referrals:add_scenario     child     opens   opens   opens   opens   opens   barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:write_narrative  child     opens   opens   opens   opens   opens   barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:record_week      child     opens   opens   barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:add_event        child     opens   opens   barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:this_week        -         barred  barred  barred  barred  barred  barred  barred  barred  moves   moves   barred  barred  barred  barred  barred  sign-in
referrals:weekly_round     -         barred  barred  barred  barred  barred  barred  barred  barred  opens   opens   barred  barred  barred  barred  barred  sign-in
referrals:child_sdq        child     opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:add_sdq          child     opens   opens   barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:child_missing    child     opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:report_missing   child     opens   opens   barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:missing          missing   opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:review_missing   missing   opens   opens   barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:record_return    missing   opens   opens   barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:record_interview missing   opens   opens   barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:child_reviews    child     opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:book_review      child     opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:child_documents  child     opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:add_child_documents child     opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:child_document   letter    opens   opens   opens   opens   opens   opens   barred  barred  opens   opens   barred  barred  opens   barred  barred  sign-in
referrals:remove_child_document letter moves   moves   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:hold_review      review    opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:keep_care_details child     opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:add_learning     child     opens   opens   barred  barred  barred  barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:plan             child     opens   opens   opens   opens   opens   barred  barred  barred  opens   opens   barred  barred  barred  barred  barred  sign-in
referrals:write_plan       child     opens   barred  barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:review_plan      child     opens   barred  barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:add_plan_action  child     opens   barred  barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:finish_plan_action child     opens   barred  barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:sessions         child     opens   opens   opens   opens   opens   barred  barred  barred  opens   opens   barred  barred  barred  barred  barred  sign-in
referrals:record_session   child     opens   barred  barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:moving_on        child     opens   opens   opens   opens   opens   barred  barred  barred  opens   opens   barred  barred  barred  barred  barred  sign-in
referrals:write_moving_on  child     opens   barred  barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:change_moving_on child     opens   barred  barred  barred  barred  barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:my_path          child     opens   opens   opens   opens   opens   barred  barred  barred  opens   opens   barred  barred  barred  barred  barred  sign-in
referrals:record_death     child     barred  opens   opens   opens   opens   barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:undo_death       child     -       -       -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:record_adoption  child     barred  opens   opens   opens   opens   barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:hand_to_council  child     barred  opens   opens   opens   opens   barred  -       -       barred  barred  -       -       barred  -       -       sign-in
referrals:tell_child       referral  opens   opens   opens   opens   opens   barred  -       -       opens   opens   -       -       barred  -       -       sign-in
referrals:after_support    referral  opens   opens   opens   opens   opens   barred  barred  barred  opens   opens   barred  barred  barred  barred  barred  sign-in
referrals:record_check     referral  -       -       -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
referrals:end_stay         stay      opens   barred  barred  barred  barred  barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:write_ending     stay      opens   barred  barred  barred  barred  barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:save_ending      stay      moves   barred  barred  barred  barred  barred  barred  -       barred  moves   -       -       barred  -       -       sign-in
referrals:step_down        stay      opens   barred  barred  barred  barred  barred  barred  -       barred  opens   -       -       barred  -       -       sign-in
referrals:stay_residents        stay      opens   barred  barred  barred  barred  barred  barred  -       opens   opens   -       -       barred  -       -       sign-in
referrals:change_stay_resident  stay      opens   barred  barred  barred  barred  barred  barred  -       opens   opens   -       -       barred  -       -       sign-in
referrals:release_place    stay      barred  moves   moves   moves   moves   barred  barred  -       barred  moves   -       -       barred  -       -       sign-in
referrals:home             place     -       -       -       -       -       barred  barred  barred  -       -       barred  barred  barred  barred  barred  sign-in
referrals:assess_home      place     -       -       -       -       -       -       -       -       -       -       -       -       -       -       -       sign-in
"""

# Addresses that hold no record of ours; each with its reason.
NOT_OURS = {
    "account_reauthenticate": "allauth's own: asks for one's own password again",
    "mfa_index": "allauth's own: one's own second factor",
    "mfa_authenticate": "allauth's own: the second step of signing in",
    "mfa_reauthenticate": "allauth's own: the second factor asked again",
    "mfa_activate_totp": "allauth's own: one's own second factor is set up",
    "mfa_deactivate_totp": "allauth's own: one's own second factor is taken away",
    "mfa_view_recovery_codes": "allauth's own: one's own recovery codes",
    "mfa_generate_recovery_codes": "allauth's own: one's own recovery codes",
    "mfa_download_recovery_codes": "allauth's own: one's own recovery codes",
}


def rows() -> dict[str, tuple[str, dict[str, str]]]:
    """The table as names, each with the record it is about and the word for each column."""
    lines = [line.split() for line in TABLE.strip().splitlines()[1:] if line]
    return {name: (about, dict(zip(COLUMNS, words, strict=True))) for name, about, *words in lines}
