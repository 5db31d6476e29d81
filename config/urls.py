"""The addresses of every app."""

from django.urls import include, path, register_converter

from core.references import ReferenceConverter

register_converter(ReferenceConverter, "ref")

urlpatterns = [
    path("", include("core.urls")),
    path("", include("kpis.urls")),
    path("", include("panels.urls")),
    path("", include("contracts.urls")),
    path("", include("referrals.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.not_allowed"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.problem"
