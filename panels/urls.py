"""Addresses of panels, meetings, papers, minutes and decisions."""

from django.urls import path

from panels.views import (
    agenda,
    booking,
    circulate,
    decisions,
    disputes,
    interest,
    lists,
    live,
    meeting,
    minutes,
    panel,
    papers,
    referral,
    seats,
    service,
    terms,
    year,
)

app_name = "panels"

M = "meetings/<ref:reference>"
SEAT = "panels/<slug:slug>/seats/<slug:letter>"

bodies = [
    path("panels", panel.PanelList.as_view(), name="panels"),
    path("panels/<slug:slug>", panel.PanelDetail.as_view(), name="panel"),
    path("panels/<slug:slug>/call", panel.CallMeeting.as_view(), name="call"),
    path("panels/<slug:slug>/year/<int:year>", year.AgreeYear.as_view(), name="year"),
    path("panels/<slug:slug>/reasons", disputes.PanelReasons.as_view(), name="reasons"),
    path("panels/<slug:slug>/between-meetings", disputes.BetweenMeetings.as_view(), name="between"),
    path("panels/<slug:slug>/extraordinary", panel.CallExtraMeeting.as_view(), name="extraordinary"),
    path("panels/<slug:slug>/seats", seats.Seats.as_view(), name="seats"),
    path("panels/<slug:slug>/attendance", seats.AttendanceBySeat.as_view(), name="attendance"),
    path(f"{SEAT}/give", seats.GiveSeat.as_view(), name="give_seat"),
    path(f"{SEAT}/delegate", seats.NameStandingDelegate.as_view(), name="standing_delegate"),
    path(f"{SEAT}/<ref:holder>", seats.ChangeSeat.as_view(), name="change_seat"),
    path(f"{SEAT}/delegate/<ref:delegate>", seats.EndStandingDelegate.as_view(), name="end_delegate"),
    path("terms-of-reference", terms.TermsList.as_view(), name="terms_list"),
    path("terms-of-reference/<slug:slug>", terms.TermsDetail.as_view(), name="terms"),
    path("terms-of-reference/<slug:slug>/propose", terms.ProposeAlteration.as_view(), name="propose_terms"),
    path("terms-of-reference/<slug:slug>/proposals/<ref:reference>", terms.AlterationDetail.as_view(), name="alteration"),
    path("terms-of-reference/<slug:slug>/<int:version>", terms.TermsVersion.as_view(), name="terms_version"),
    path("terms-of-reference/<slug:slug>/<int:version>/compare/<int:other>", terms.CompareTerms.as_view(), name="compare_terms"),
    path("terms-of-reference/<slug:slug>/<int:version>/sign", terms.SignTerms.as_view(), name="sign_terms"),
]
meetings = [
    path("meetings", lists.MeetingList.as_view(), name="meetings"),
    path(M, meeting.MeetingDetail.as_view(), name="meeting"),
    path(f"{M}/agenda", agenda.BuildAgenda.as_view(), name="agenda"),
    path(f"{M}/agenda/<int:number>", agenda.ItemRequest.as_view(), name="item_request"),
    path(f"{M}/circulate", circulate.CirculateAgenda.as_view(), name="circulate"),
    path(f"{M}/papers", papers.Papers.as_view(), name="papers"),
    path(f"{M}/papers/<int:number>", papers.PaperDetail.as_view(), name="paper"),
    path(f"{M}/late", papers.LatePapers.as_view(), name="late"),
    path(f"{M}/attend", meeting.AnswerInvitation.as_view(), name="attend"),
    path(f"{M}/delegates/<ref:holder>", meeting.NameDelegate.as_view(), name="delegate"),
    path(f"{M}/interests", interest.DeclareInterest.as_view(), name="interests"),
    path(f"{M}/live", live.LiveMeeting.as_view(), name="live"),
    path(f"{M}/live/<int:number>", live.LiveMeeting.as_view(), name="live_item"),
    path(f"{M}/live/<int:number>/note", live.SaveNote.as_view(), name="note"),
    path(f"{M}/present", live.ShareScreen.as_view(), name="present"),
    path(f"{M}/act/<int:number>", disputes.ActBetweenMeetings.as_view(), name="act"),
    path(f"{M}/minutes", minutes.ReadMinutes.as_view(), name="minutes"),
    path(f"{M}/minutes/agree", minutes.AgreeMinutes.as_view(), name="agree_minutes"),
    path(f"{M}/minutes.pdf", minutes.MinutesFile.as_view(), name="minutes_file"),
    path(f"{M}/minutes.docx", minutes.MinutesWord.as_view(), name="minutes_word"),
    path(f"{M}/cancel", service.CancelMeeting.as_view(), name="cancel"),
    path(f"{M}/service", service.ServiceProof.as_view(), name="service"),
    path(f"{M}/service/record", service.RecordService.as_view(), name="record_service"),
    path("referrals/<ref:reference>/book", booking.BookReferral.as_view(), name="book"),
    path("referrals/<ref:reference>/panel", referral.ReferralPanel.as_view(), name="referral_panel"),
    path("papers", papers.MyPapers.as_view(), name="my_papers"),
]
D = "decisions/<ref:reference>"
records = [
    path("account/interests", interest.Register.as_view(), name="register"),
    path("decisions/high-cost", decisions.HighCost.as_view(), name="high_cost"),
    path("decisions", decisions.DecisionList.as_view(), name="decisions"),
    path(D, decisions.DecisionDetail.as_view(), name="decision"),
    path(f"{D}/entered", decisions.EnterDecision.as_view(), name="enter_decision"),
    path(f"{D}/checked", decisions.CheckEntry.as_view(), name="check_entry"),
    path(f"{D}/release", decisions.ReleaseDecision.as_view(), name="release_decision"),
    path(f"{D}/hold-back", decisions.HoldBack.as_view(), name="hold_back"),
    path(f"{D}/present-again", decisions.PresentAgain.as_view(), name="present_again"),
    path(f"{D}/decided", decisions.DecidedElsewhere.as_view(), name="decided_elsewhere"),
    path("unmet-needs", decisions.UnmetNeedList.as_view(), name="unmet_needs"),
    path("actions", lists.ActionList.as_view(), name="actions"),
    path("actions/<ref:reference>/done", decisions.FinishAction.as_view(), name="finish_action"),
    path("steering/disputes", disputes.DisputeList.as_view(), name="disputes"),
    path("steering/disputes/new", disputes.RaiseDispute.as_view(), name="raise_dispute"),
    path("steering/disputes/<ref:reference>", disputes.DisputeDetail.as_view(), name="dispute"),
]

urlpatterns = bodies + meetings + records
