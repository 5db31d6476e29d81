"""The confidential part of a pack, for those who hold a seat; that each child's reference was read is in the trail."""

from datetime import time

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.roles import Permission
from core.views.bases import ReadingPage
from kpis.papers.children import MOST, may_read_children, three_lists
from kpis.views.packs import readable


class PackChildren(ReadingPage):
    """Children engaged, considered and in order of priority, by reference, until the meeting is over."""

    permission = Permission.SEE_PACKS
    template_name = "kpis/pack_children.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.found = None

    def found_now(self):
        """The pack and its lists, asked for once."""
        if self.found is None:
            to_come = readable(self.request.user).filter(meeting__starts_at__gte=clock.moment(clock.today(), time()))
            pack = get_object_or_404(to_come, meeting__reference=self.kwargs["reference"])
            if not may_read_children(pack, self.request.user):
                raise Http404
            self.found = pack, three_lists(pack, self.request.user)
        return self.found

    def read(self):
        """Every referral in the lists, each once."""
        return self.found_now()[1].referrals

    def get_context_data(self, **kwargs):
        pack, lists = self.found_now()
        groups = [
            ("Engaged", "Supported, the longest first", lists.engaged),
            ("Considered", "Sent, and not decided", lists.considered),
            ("Priorities", "The order in which places should be given", lists.priorities),
        ]
        return super().get_context_data(pack=pack, groups=groups, most=MOST, is_more=len(pack.children) >= MOST, **kwargs)
