"""A page that may show exact small counts of children: opening it is in the trail."""

from core.reading import counts_read
from core.views.bases import Page


class CountsPage(Page):
    """A page of figures; one that shows 1 to 5 children to whoever needs to know says so in the trail before it is shown."""

    def exact_counts(self) -> str:
        """What was shown that counts 1 to 5 children, once the page's facts are known; nothing where none was."""
        return ""

    def get(self, request, *args, **kwargs):
        answer = super().get(request, *args, **kwargs)
        what = self.exact_counts()
        if what:
            counts_read(what, by=request.user)
        return answer
