"""The product's addresses, with the peers' own beside them: behind the same middleware, for the same people."""

from django.http import HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as ours
from tests.bench.peers.admin import site
from tests.bench.peers.rest import Referrals


def empty(request):
    """What any answer costs: the middleware, the session and the person signed in."""
    return HttpResponse(f"ok {bool(request.user.acting)}")


urlpatterns = [path("bench/empty", empty), path("bench/rest", Referrals.as_view()), path("bench/admin/", site.urls), *ours]
