"""The bare project's one page, which reads one row with the ORM and draws a template; and Django's admin, as any such project has it."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path


def ready(request):
    """One row and one template."""
    found = ContentType.objects.order_by("pk").first()
    return HttpResponse(Template("ready {{ found }}").render(Context({"found": found})))


urlpatterns = [path("health/ready", ready), path("admin/", admin.site.urls)]
