"""The page bases: a list, a record, a deed. Every page of the product is a declaration on one."""

import re

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.views.generic import DetailView, FormView, ListView, TemplateView

from core.forms import HouseForm
from core.idempotency import claim_key, forget_held_post, keep_result, result_of
from core.models import HeldPost
from core.reading import record_read, records_read
from core.references import new_reference
from core.rules import RuleBroken
from core.step_up import TO_DO_AGAIN, ask, must_ask

ANYONE_SIGNED_IN = "anyone signed in"
MOST_PAGES = 400
PLACES = {"page", "after", "before"}  # where in a list a page begins: each link says it anew


def snake(name: str) -> str:
    """SignOffReferral as sign_off_referral."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class Guarded:
    """Closed unless the acting role opens it; the template is named after the view.

    `asks_again` (core.step_up) says that the person is asked again who they are, before the deed or the opening.
    """

    permission = None
    asks_again = None
    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request, *args, **kwargs):
        if self.permission is None:
            raise ImproperlyConfigured(f"{type(self).__name__} names no permission.")
        if self.permission != ANYONE_SIGNED_IN and not request.user.can(self.permission):
            raise PermissionDenied
        if must_ask(request, self.asks_again):
            return ask(request, keeps=True)
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self):
        if self.template_name:
            return [self.template_name]
        app = type(self).__module__.split(".")[0]
        return [f"{app}/{snake(type(self).__name__)}.html"]


class Page(Guarded, TemplateView):
    """A page of several records: each read through its own visible_to."""


class ReadingPage(Page):
    """A page that shows some records about children, one by one: that each was read is recorded."""

    def read(self):
        """The records that the page shows, found through their own visible_to."""
        raise NotImplementedError

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        records_read(self.read(), by=request.user)
        return super().get(request, *args, **kwargs)


class RecordList(Guarded, ListView):
    """A bounded list of what this person may see, page by page, with a filter above it."""

    filterset_class = None
    page_size = 50
    most_pages = MOST_PAGES

    def records(self):
        """The rows before filtering; override to narrow or to add what a row shows."""
        return self.model.objects.visible_to(self.request.user)

    def get_queryset(self):
        rows = self.records()
        if self.filterset_class is None:
            self.filter = None
            return rows
        self.filter = self.filterset_class(self.request.GET, queryset=rows, request=self.request)
        return self.filter.qs if self.filter.is_valid() else rows.none()

    def get_context_data(self, **kwargs):
        page = self._page()
        rows = self.rows_from((page - 1) * self.page_size)
        query = [(name, value) for name, values in self.request.GET.lists() if name not in PLACES for value in values]
        return super().get_context_data(
            object_list=rows[: self.page_size],
            filter=self.filter,
            page=page,
            previous_page=page - 1 if page > 1 else None,
            next_page=page + 1 if len(rows) > self.page_size and page < self.most_pages else None,
            query=urlencode(query),
            **kwargs,
        )

    def rows_from(self, start: int) -> list:
        """The rows of one page, and one more where there are more."""
        return list(self.object_list[start : start + self.page_size + 1])

    def _page(self):
        typed = self.request.GET.get("page", "1")
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
            raise Http404
        return min(max(int(typed), 1), getattr(self, "most_pages", MOST_PAGES))


class RecordDetail(Guarded, DetailView):
    """One record, found by its reference among what this person may see; reading it is recorded."""

    slug_field = "reference"
    slug_url_kwarg = "reference"
    taken_as = ""

    def records(self):
        """What may be opened; override to join what the page shows."""
        return self.model.objects.visible_to(self.request.user)

    def get_queryset(self):
        return self.records()

    def get_object(self, queryset=None):
        record = super().get_object(queryset)
        record_read(record, by=self.request.user, taken_as=self.taken_as)
        return record

    @transaction.atomic
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


class ActionView(Guarded, FormView):
    """One deed: GET shows the form and what stands in the way, POST does it and moves on.

    Declare `permission`, `model`, `form_class`, `success_message`, and write `act(form)`,
    which calls one action and may return the address to go to. Refusals come back as errors
    beside their fields, with everything typed; a second press of the button leads to the
    same result.
    """

    model = None
    form_class = HouseForm
    slug_field = slug_url_kwarg = "reference"
    success_message = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.record = None
        self.held_fields = None

    @property
    def held_paths(self):
        """The addresses under which words typed on this page may have been held."""
        return [self.request.path]

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and request.user.is_authenticated:
            # A button pressed again when its deed is done, and its record perhaps no longer open to it.
            done = result_of(request.POST.get("idempotency_key", "")[:40], by=request.user)
            if done:
                return HttpResponseRedirect(done)
        if self.model is not None and request.user.is_authenticated:
            self.record = self.load()
        return super().dispatch(request, *args, **kwargs)

    def records(self):
        """The records the deed may be done to."""
        return self.model.objects.visible_to(self.request.user)

    def load(self):
        """The record the address names, or not found."""
        return get_object_or_404(self.records(), **{self.slug_field: self.kwargs[self.slug_url_kwarg]})

    def why_not(self):
        """Reasons the deed cannot be done now, shown before anything is typed."""
        return []

    def act(self, form):
        """Do the deed; return an address, or nothing for get_success_url()."""
        raise NotImplementedError

    def get_success_url(self):
        return self.record.get_absolute_url()

    def get(self, request, *args, **kwargs):
        with transaction.atomic():
            if self.record is not None:
                record_read(self.record, by=request.user)
            return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        held = self._held_post()
        if held is not None:
            kwargs["data"] = held
        return kwargs

    def _held_post(self):
        """What was posted here into a session that had ended, as form data."""
        if self.request.method != "GET":
            return None
        rows = HeldPost.objects.filter(person=self.request.user, path__in=self.held_paths)
        held = rows.order_by("-at").first()
        if held is None:
            return None
        self.held_fields = held.fields
        fields = self.request.POST.copy()
        for name, values in held.fields.items():
            fields.setlist(name, values)
        return fields

    def get_context_data(self, **kwargs):
        # The form first: only it knows whether words were held for this page.
        kwargs["form"] = kwargs.get("form") or self.get_form()
        kwargs.setdefault("idempotency_key", self.request.POST.get("idempotency_key") or new_reference() * 3)
        return super().get_context_data(
            record=self.record,
            why_not=self.why_not() if self.request.method == "GET" else [],
            was_held=self.held_fields is not None,
            **kwargs,
        )

    def form_valid(self, form):
        key = self.request.POST.get("idempotency_key", "")[:40]
        try:
            with transaction.atomic():
                claimed = claim_key(key, by=self.request.user) if key else None
                url = self.act(form) or self.get_success_url()
                keep_result(claimed, url)
                forget_held_post(self.request.path, by=self.request.user)
        except RuleBroken as refusal:
            return self.refused(form, refusal)
        except IntegrityError:
            done = result_of(key, by=self.request.user)
            if not done:
                raise
            return HttpResponseRedirect(done)
        if self.success_message:
            messages.success(self.request, self.success_message)
        return HttpResponseRedirect(url)

    def refused(self, form, refusal):
        """Show every reason, beside its field where it names one, with what was typed."""
        for reason in refusal.reasons:
            field = getattr(reason, "field", None)
            form.add_error(field if field in form.fields else None, str(reason))
        return self.form_invalid(form)


class Question(ActionView):
    """A deed asked on a page of its own: a heading, a lead, and the page it goes back to, before and after.

    Declare `heading`, `submit_label` and `back_label`, and write `back()`.
    """

    template_name = "base_question.html"
    heading, lead, submit_label, back_label = "", "", "Save", ""

    def back(self):
        """The page that the question belongs to."""
        return self.record.get_absolute_url()

    def get_success_url(self):
        return self.back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading, lead=self.lead, submit_label=self.submit_label, back_url=self.back(),
            back_label=self.back_label, **kwargs,
        )  # fmt: skip


class ButtonDeed(ActionView):
    """A deed with no page of its own: opening its address, or a refusal, leads to the page with its button."""

    def back(self):
        """The page that has the button."""
        return self.get_success_url()

    def get(self, request, *args, **kwargs):
        if request.session.pop(TO_DO_AGAIN, "") == request.path:
            messages.info(request, "You confirmed that it is you, and nothing is done yet. Press the button again.")
        return HttpResponseRedirect(self.back())

    def refused(self, form, refusal):
        for reason in refusal.reasons:
            messages.error(self.request, str(reason))
        return HttpResponseRedirect(self.back())
