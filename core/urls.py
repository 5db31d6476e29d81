"""Addresses of core: sign-in, the account, help, and what machines ask."""

from django.urls import path

from core.sign_in_urls import sign_in_pages
from core.views import (
    account,
    components,
    documents,
    errors,
    exports,
    letters,
    people,
    reading_log,
    saved_views,
    search,
    settings,
    told,
    working_days,
)

WORDS = ("accessibility-statement", "privacy", "cookies", "security", "impact-assessment")

urlpatterns = [
    path("health/live", errors.live, name="live"),
    path("health/ready", errors.ready, name="ready"),
    *sign_in_pages,
    path("account/stay-signed-in", account.StaySignedIn.as_view(), name="stay_signed_in"),
    path("account", account.Account.as_view(), name="account"),
    path("components", components.Components.as_view(), name="components"),
    path("roles", account.Roles.as_view(), name="roles"),
    path("search", search.Search.as_view(), name="search"),
    path("search/glance", search.GlanceAtSearch.as_view(), name="search_glance"),
    path("saved-views/<ref:reference>/remove", saved_views.RemoveView.as_view(), name="remove_view"),
    path("saved-views/<ref:reference>/usual", saved_views.UsualView.as_view(), name="usual_view"),
    path("exports", exports.ExportList.as_view(), name="exports"),
    path("exports/<ref:reference>", exports.Export.as_view(), name="export"),
    path("exports/<ref:reference>/file", exports.TakeExport.as_view(), name="take_export"),
    path("reading-log", reading_log.ReadingLog.as_view(), name="reading_log"),
    path("reading-log/<ref:reference>", reading_log.WhatOneOpened.as_view(), name="what_one_opened"),
    path("documents/<ref:document>", documents.DocumentCheck.as_view(), name="document_check"),
    path("documents/<ref:document>/<int:version>.pdf", documents.DocumentFile.as_view(), name="document_file"),
    path("letters", letters.Letters.as_view(), name="letters"),
    path("letters/<ref:reference>", letters.OpenLetter.as_view(), name="open_letter"),
    path("letters/<ref:reference>/recall", letters.RecallLetter.as_view(), name="recall_letter"),
    path("letters/recalls/<ref:reference>", letters.RecallPage.as_view(), name="recall"),
    path("account/messages", saved_views.Messages.as_view(), name="messages"),
    path("account/notifications", told.ChooseTopics.as_view(), name="notifications"),
    path("help", account.Help.as_view(), name="help"),
    path("help/<slug:role>", account.HelpForRole.as_view(), name="guide"),
    path("admin/people", people.People.as_view(), name="people"),
    path("admin/people/add", people.AddPerson.as_view(), name="add_person"),
    path("admin/people/<ref:reference>", people.Person.as_view(), name="person"),
    path("admin/people/<ref:reference>/role", people.ProposeRole.as_view(), name="propose_role"),
    path("admin/people/<ref:reference>/end-role", people.EndRole.as_view(), name="end_role"),
    path("admin/people/<ref:reference>/close", people.CloseAccount.as_view(), name="close_account"),
    path("admin/people/<ref:reference>/open", people.OpenAccount.as_view(), name="open_account"),
    path("admin/people/<ref:reference>/password", people.SendPasswordLink.as_view(), name="send_password_link"),
    path("admin/roles/<ref:reference>", people.AskedRole.as_view(), name="asked_role"),
    path("admin/settings", settings.Settings.as_view(), name="settings"),
    path("admin/settings/<slug:setting>", settings.Setting.as_view(), name="setting"),
    path("admin/working-days", working_days.WorkingDaysPage.as_view(), name="working_days"),
    path("admin/working-days/close", working_days.CloseDay.as_view(), name="close_day"),
    path("admin/working-days/<ref:reference>/reopen", working_days.ReopenDay.as_view(), name="reopen_day"),
    path("mail", account.Mail.as_view(), name="mail"),
    *(
        path(page, account.Words.as_view(template_name=f"core/{page}.html"), name=page)
        for page in WORDS
    ),
]
