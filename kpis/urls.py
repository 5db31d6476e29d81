"""Addresses of kpis."""

from django.urls import path, re_path

from kpis.views import activity, calendar, dashboard, home, packs, reports, waiting

PACK = "steering/packs/<ref:reference>"

app_name = "kpis"
urlpatterns = [
    path("", home.ToDo.as_view(), name="to_do"),
    path("activity", activity.Activity.as_view(), name="activity"),
    path("calendar", calendar.CalendarMonth.as_view(), name="calendar"),
    re_path(r"^calendar/(?P<month>\d{4}-\d{2})$", calendar.CalendarMonth.as_view(), name="calendar_month"),
    path("account/calendar", calendar.CalendarLink.as_view(), name="calendar_link"),
    path("calendar/feed/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("kpis", dashboard.KpiDashboard.as_view(), name="kpis"),
    path("kpis/<slug:slug>", dashboard.KpiDetail.as_view(), name="indicator"),
    path("waiting-list/report", waiting.WaitingReport.as_view(), name="waiting_report"),
    path("reports", reports.ReportList.as_view(), name="reports"),
    path("reports/<slug:board>", reports.DraftReport.as_view(), name="draft_report"),
    path("reports/<slug:board>/<ref:reference>", reports.ReportDetail.as_view(), name="report"),
    path("reports/<slug:board>/<ref:reference>.pdf", reports.ReportFile.as_view(), name="report_file"),
    path("steering/packs", packs.PackList.as_view(), name="packs"),
    path(PACK, packs.PackDetail.as_view(), name="pack"),
    path(f"{PACK}/pack.pdf", packs.PackFile.as_view(), name="pack_file"),
    path(f"{PACK}/approve", packs.ApprovePack.as_view(), name="approve_pack"),
]
