"""Addresses of core: sign-in, the account, help, and what machines ask."""

from django.urls import path

from core.views import errors

urlpatterns = [
    path("health/live", errors.live, name="live"),
    path("health/ready", errors.ready, name="ready"),
]
