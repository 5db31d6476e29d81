"""The search page. What is typed never stands in an address: a child's name is not for histories and logs.

It is posted, kept in the session under a meaningless key, and shown at an address with that key, so that
Back and Reload work and nothing is sent twice. The last ten are kept until the session ends.
While somebody types, the first few are shown below the box; what was typed so far is kept nowhere.
"""

import re

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.views import View

from core.filled import filled
from core.once import only_reads
from core.references import PATTERN, new_reference
from core.roles import Permission
from core.search import Finder, Found, finders_for, tidy_words
from core.views.bases import ANYONE_SIGNED_IN, Guarded, Page

KEPT = 10
REFERENCE = re.compile(PATTERN)


def keep_words(session, words: str) -> str:
    """Keep typed words in a session; returns the key that stands for them."""
    key = new_reference()
    kept = dict(list(session.get("searches", {}).items())[-(KEPT - 1) :])
    session["searches"] = {**kept, key: words}
    return key


def kept_words(session, key: str) -> str | None:
    """The words of a key, or nothing where the session has ended."""
    return session.get("searches", {}).get(key)


class Search(Page):
    """What was typed, found among what this person may see, and what to try where nothing was."""

    permission = ANYONE_SIGNED_IN
    template_name = "core/search.html"

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        key = request.GET.get("s", "")[:7]
        self.words = kept_words(request.session, key)
        self.key, self.alike = key, request.GET.get("alike") == "yes"
        self.has_ended = bool(key) and self.words is None
        groups = self._groups()
        exact = [found.hits[0].url for _, found in groups if found.is_exact and len(found.hits) == 1]
        if exact and "at" in request.GET:
            return HttpResponseRedirect(exact[0])
        return self.render_to_response(self.get_context_data(groups=groups))

    def post(self, request, *args, **kwargs):
        words = tidy_words(request.POST.get("words", ""))
        if not words:
            return HttpResponseRedirect("/search")
        # A whole reference leads straight to its record; pattern only, no name ever stands in the address.
        return HttpResponseRedirect(f"/search?s={keep_words(request.session, words)}{'&at=once' if _is_reference(words) else ''}")

    def _groups(self):
        if not self.words:
            return []
        return [(finder, finder.find(self.request.user, self.words, self.alike)) for finder in finders_for(self.request.user)]

    def get_context_data(self, **kwargs):
        groups = kwargs.pop("groups", [])
        shown = [(finder, found) for finder, found in groups if found.hits]
        may_ask = not shown and any(found.may_be_alike for _, found in groups)
        return super().get_context_data(
            words=self.words or "", has_ended=self.has_ended, groups=shown, finders=finders_for(self.request.user),
            nothing=bool(self.words) and not shown, only_alike=bool(shown) and all(f.is_only_alike for _, f in shown),
            count=sum(len(found.hits) for _, found in shown), may=self._may(),
            alike_url=f"/search?s={self.key}&alike=yes" if may_ask else "", asked_alike=self.alike, **kwargs,
        )  # fmt: skip

    def _may(self):
        """Where to go on from nothing found."""
        can = self.request.user.can
        return {
            "referrals": can(Permission.SEE_REFERRALS), "start": can(Permission.START_REFERRALS),
            "emergency": can(Permission.BREAK_GLASS),
        }  # fmt: skip


class GlanceAtSearch(Guarded, View):
    """The first few that what was typed so far would find, as a fragment; posted, so that no name stands in an address."""

    permission = ANYONE_SIGNED_IN
    http_method_names = ["post", "options"]

    def post(self, request):
        only_reads()
        words = tidy_words(request.POST.get("words", ""))
        finders = finders_for(request.user) if words else []
        found = [finder.glance(request.user, words) for finder in finders]
        hits = ({"url": hit.url, "title": hit.title, "facts": ", ".join(hit.facts)} for one in found for hit in one.hits)
        return HttpResponse(format_html('<ul class="rows" data-says="{}">{}</ul>', _says(words, finders, found), filled("core/search_glance.html", hits)))


def _says(words: str, finders: list[Finder], found: list[Found]) -> str:
    """How many there are so far, in words that are read out too; of none only where a part of what is meant would be found."""
    many = sum(len(one.hits) for one in found)
    if not many:
        return f"Nothing you can see matches “{words}” so far." if any(finder.finds_parts for finder in finders) else ""
    counted = f"The first {many}" if any(one.is_more for one in found) else f"{many} record{'s' * (many > 1)}"
    return f"{counted} for “{words}” so far. Press Search to see where each stands."


def _is_reference(words: str) -> bool:
    """Whether what was typed is a reference, with or without its hyphen."""
    signs = "".join(sign for sign in words.upper() if sign.isalnum())
    return len(signs) == 6 and REFERENCE.fullmatch(f"{signs[:3]}-{signs[3:]}") is not None
