"""What the pages that save by themselves answer."""

from django.http import HttpRequest, JsonResponse

from core.actions.session import hold_post


def conflict_answer(request: HttpRequest) -> JsonResponse:
    """Somebody saved first (409). A page that is open shows both texts itself; the last words of one that
    has gone are kept, and shown when its writer opens it again."""
    if "X-Requested-With" not in request.headers:
        hold_post(request.path, fields=request.POST, by=request.user)
    return JsonResponse({"conflict": True}, status=409)
