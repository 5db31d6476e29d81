"""Addresses of referrals, children and places."""

from django.urls import path

from referrals.views import (
    access,
    around,
    care,
    child,
    child_record,
    compare,
    copies,
    cover,
    documents,
    eligibility,
    journey,
    missing,
    network,
    placement,
    places,
    record,
    referral,
    sdq,
    sharing,
    sign_off,
    tasks,
    triage,
    waiting,
)

app_name = "referrals"

R = "referrals/<ref:reference>"
C = "children/<ref:reference>"

intake = [
    path("referrals", referral.ReferralList.as_view(), name="referrals"),
    path("referrals/new", child.FindChild.as_view(), name="find_child"),
    path("referrals/new/<ref:reference>", child.StartReferral.as_view(), name="start"),
    path("children/new", child.AddChild.as_view(), name="add_child"),
    path(R, record.ReferralDetail.as_view(), name="referral"),
    path(f"{R}/answers", referral.ReferralAnswers.as_view(), name="answers"),
    path(f"{R}/history", record.ReferralHistory.as_view(), name="history"),
    path(f"{R}/messages", around.ReferralMessages.as_view(), name="messages"),
    path(f"{R}/messages/read", around.ReadMessages.as_view(), name="read_messages"),
    path(f"{R}/lead-worker", around.NameLeadWorker.as_view(), name="lead_worker"),
    path(f"{R}/mental-health", around.RecordHealthLink.as_view(), name="mental_health"),
    path(f"{R}/tasks", tasks.ReferralTasks.as_view(), name="tasks"),
    path(f"{R}/tasks/<slug:name>", tasks.EditTask.as_view(), name="edit_task"),
    path(f"{R}/tasks/<slug:name>/save", tasks.SaveTask.as_view(), name="save_task"),
    path(f"{R}/documents/<ref:file>", documents.DocumentFile.as_view(), name="document"),
    path(f"{R}/documents/<ref:file>/remove", documents.RemoveDocument.as_view(), name="remove_document"),
    path(f"{R}/check", referral.SendReferral.as_view(), name="send"),
    path(f"{R}/sent", referral.SentReferral.as_view(), name="sent"),
    path(f"{R}/eligibility", eligibility.Eligibility.as_view(), name="eligibility"),
    path(f"{R}/eligibility/ask", eligibility.AskException.as_view(), name="ask_exception"),
    path("exceptions", eligibility.ExceptionQueue.as_view(), name="exceptions"),
    path("exceptions/<ref:reference>", eligibility.DecideException.as_view(), name="exception"),
    path(f"{R}/copy", copies.CopyReferral.as_view(), name="copy"),
    path(f"{R}/second-referrer", copies.JoinReferrer.as_view(), name="second_referrer"),
    path(f"{R}/keep", copies.KeepDraft.as_view(), name="keep_draft"),
    path(f"{R}/let-go", copies.SeeDraft.as_view(), name="let_draft_go"),
    path("drafts", copies.OldDrafts.as_view(), name="old_drafts"),
    path(f"{R}/child-sheet", referral.ChildSheet.as_view(), name="child_sheet"),
    path("residents", network.Residents.as_view(), name="residents"),
    path("children/<ref:reference>/small-group-home", network.MoveResident.as_view(), name="move_resident"),
    path("consultations", network.Consultations.as_view(), name="consultations"),
    path("consultations/new", network.LogConsultation.as_view(), name="log_consultation"),
    path("agencies", network.Agencies.as_view(), name="agencies"),
    path("agencies/new", network.AddAgency.as_view(), name="add_agency"),
    path("agencies/<ref:reference>", network.EditAgency.as_view(), name="agency"),
    path(f"{R}/withdraw", referral.WithdrawReferral.as_view(), name="withdraw"),
    path(f"{R}/sign-off", sign_off.SignOffReferral.as_view(), name="sign_off"),
    path(f"{R}/return", sign_off.ReturnReferral.as_view(), name="return"),
    path(f"{R}/signatures", sign_off.SignOffChain.as_view(), name="signatures"),
    path("sign-off", sign_off.SignOffQueue.as_view(), name="sign_off_queue"),
    path("account/delegates", cover.AddCover.as_view(), name="cover"),
    path("account/delegates/<ref:reference>/end", cover.EndCover.as_view(), name="end_cover"),
    path("triage", triage.TriageQueue.as_view(), name="triage_queue"),
    path("triage/<ref:reference>", triage.TriageReferral.as_view(), name="triage"),
    path("triage/<ref:reference>/ask", triage.AskForMore.as_view(), name="ask_for_more"),
]

RR = "restricted-records/<ref:reference>"

kept = [
    path("children/<ref:reference>/access", access.WhoHasLooked.as_view(), name="who_has_looked"),
    path("children/<ref:reference>/restrict", access.RestrictChild.as_view(), name="restrict"),
    path("children/<ref:reference>/sharing", sharing.Sharing.as_view(), name="sharing"),
    path("children/<ref:reference>/sharing/sheet", sharing.SharingSheet.as_view(), name="sharing_sheet"),
    path("children/<ref:reference>/sharing/agreement", sharing.RecordAgreement.as_view(), name="record_agreement"),
    path("children/<ref:reference>/sharing/basis", sharing.RecordBasis.as_view(), name="record_basis"),
    path("children/<ref:reference>/sharing/told", sharing.RecordTold.as_view(), name="record_told"),
    path("children/<ref:reference>/sharing/disclosure", sharing.RecordDisclosure.as_view(), name="record_disclosure"),
    path("sharing-protocols", sharing.SharingProtocols.as_view(), name="sharing_protocols"),
    path("restricted-records", access.RestrictedRecords.as_view(), name="restricted_records"),
    path(RR, access.RestrictedRecord.as_view(), name="restricted_record"),
    path(f"{RR}/name", access.NamePerson.as_view(), name="name_person"),
    path(f"{RR}/unname/<ref:person>", access.UnnamePerson.as_view(), name="unname_person"),
    path(f"{RR}/lift", access.LiftRestriction.as_view(), name="lift_restriction"),
    path("break-glass", access.BreakGlass.as_view(), name="break_glass"),
]

board = [
    path("places", places.PlacesBoard.as_view(), name="places"),
    path("places/allocate", places.AllocatePlace.as_view(), name="allocate"),
    path("places/<ref:reference>", places.PlaceDetail.as_view(), name="place"),
    path("stays/<ref:reference>", places.StayDetail.as_view(), name="stay"),
]

W = "waiting-list/<ref:reference>"

waiting_list = [
    path("waiting-list", waiting.WaitingList.as_view(), name="waiting_list"),
    path("waiting-list/order", waiting.OrderWaiting.as_view(), name="order_waiting"),
    path(f"{W}/contact", waiting.LogContact.as_view(), name="log_contact"),
    path(f"{W}/plan", waiting.PlanWaiting.as_view(), name="plan_waiting"),
    path(f"{W}/plan/agree", waiting.AgreeWaitingPlan.as_view(), name="agree_waiting_plan"),
    path(f"{W}/sheet", waiting.WaitingSheet.as_view(), name="waiting_sheet"),
]

lived = [
    path("children", child_record.ChildList.as_view(), name="children"),
    path("children/early-endings", child_record.EarlyEndings.as_view(), name="early_endings"),
    path(C, child_record.ChildDetail.as_view(), name="child"),
    path(f"{C}/homes", child_record.ChildHomes.as_view(), name="child_homes"),
    path(f"{C}/homes/move", placement.RecordMove.as_view(), name="record_move"),
    path(f"{C}/homes/earlier", placement.AddEarlierHome.as_view(), name="add_earlier_home"),
    path("homes/<ref:reference>/end", placement.EndHome.as_view(), name="end_home"),
    path("homes/<ref:reference>/correct", placement.CorrectHome.as_view(), name="correct_home"),
    path("homes/<ref:reference>/price", placement.SetHomePrice.as_view(), name="set_home_price"),
    path(f"{C}/journey", journey.ChildJourney.as_view(), name="child_journey"),
    path(f"{C}/journey/compare", compare.CompareJourneys.as_view(), name="compare_journeys"),
    path(f"{C}/journey/scenario", compare.AddScenario.as_view(), name="add_scenario"),
    path(f"{C}/journey/benefit", compare.WriteNarrative.as_view(), name="write_narrative"),
    path(f"{C}/journey/<str:week>", journey.RecordWeek.as_view(), name="record_week"),
    path(f"{C}/events/new", journey.AddEvent.as_view(), name="add_event"),
    path("journey/week", journey.ThisWeek.as_view(), name="this_week"),
    path("journey/week/<str:week>", journey.WeeklyRound.as_view(), name="weekly_round"),
    path(f"{C}/sdq", sdq.ChildSdq.as_view(), name="child_sdq"),
    path(f"{C}/sdq/new", sdq.AddSdq.as_view(), name="add_sdq"),
    path(f"{C}/missing", missing.ChildMissing.as_view(), name="child_missing"),
    path(f"{C}/missing/new", missing.ReportMissing.as_view(), name="report_missing"),
    path("missing/<ref:reference>", missing.Missing.as_view(), name="missing"),
    path("missing/<ref:reference>/review", missing.ReviewMissing.as_view(), name="review_missing"),
    path("missing/<ref:reference>/return", missing.RecordReturn.as_view(), name="record_return"),
    path("missing/<ref:reference>/interview", missing.RecordInterview.as_view(), name="record_interview"),
    path(f"{C}/reviews", care.ChildReviews.as_view(), name="child_reviews"),
    path(f"{C}/reviews/new", care.BookReview.as_view(), name="book_review"),
    path("reviews/<ref:reference>", care.HoldReview.as_view(), name="hold_review"),
    path(f"{C}/care", care.KeepCareDetails.as_view(), name="keep_care_details"),
    path(f"{C}/learning/new", care.AddLearning.as_view(), name="add_learning"),
]

urlpatterns = intake + kept + board + waiting_list + lived
