"""Terms of reference: read by version, compared, altered by proposal, and signed."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.dates import day_in_words
from core.roles import Permission
from core.views.bases import ActionView, Page, Question, RecordList
from panels.actions.altering import propose_alteration, sign_terms
from panels.forms.terms import LATER, ProposeForm, SignForm
from panels.models import Panel
from panels.models.alterable import meetings_ahead, next_that_qualifies
from panels.models.signing import signing_by
from panels.models.terms_numbers import since_words
from panels.models.terms_versions import (
    clauses_of,
    governing_terms,
    proposal_compared,
    read_whole,
    version_of,
    versions_compared,
)
from panels.rules.alteration import is_in_time, why_not_sign
from panels.rules.notice import last_day_for_alteration

MOST_VERSIONS = 50
MOST_MEETINGS = 8


class TermsList(RecordList):
    """The terms of every body this person may see."""

    permission = Permission.SEE_TERMS
    model = Panel

    def records(self):
        return Panel.objects.terms_open_to(self.request.user).order_by("name", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        governing = governing_terms(context["object_list"], clock.today())
        for panel in context["object_list"]:
            panel.in_force = governing.get(panel.pk)
        return context


class OfPanel:
    """A page of one body's terms, found among the bodies this person sees."""

    permission = Permission.SEE_TERMS

    def panels(self):
        """The bodies it may be about."""
        return Panel.objects.visible_to(self.request.user)

    def panel(self):
        """The body the address names, or not found."""
        return get_object_or_404(self.panels(), slug=self.kwargs["slug"])

    def version(self, panel, name="version"):
        """The version the address names, read whole, or not found."""
        terms = version_of(panel, self.kwargs[name])
        if terms is None:
            raise Http404
        return terms


class OpenTerms(OfPanel):
    """A page of terms that whoever refers to the body may read as well."""

    def panels(self):
        return Panel.objects.terms_open_to(self.request.user)


class TermsDetail(OpenTerms, Page):
    """One version of a body's terms: clauses with sources and numbers, signatures, and the other versions."""

    template_name = "panels/terms_detail.html"

    def get_context_data(self, **kwargs):
        panel, user = self.panel(), self.request.user
        terms = self.shown(panel)
        versions = list(panel.terms.exclude(state="proposed").order_by("-version")[:MOST_VERSIONS])
        signatures = list(terms.signatures.all()) if terms else []
        mine = next((s for s in signatures if user.acting and s.party_id == user.acting.organisation_id), None)
        sees = Panel.objects.visible_to(user).filter(pk=panel.pk).exists()
        proposals = panel.alterations.select_related("panel", "proposed_by", "meeting__panel", "new_terms")
        return super().get_context_data(
            panel=panel, terms=terms, since=since_words(terms) if terms else "",
            clauses=clauses_of(terms) if terms else [], signatures=signatures,
            versions=[{"terms": v, "since": since_words(v)} for v in versions],
            before=next((v for v in versions if terms and v.version < terms.version), None),
            waiting=next((v for v in versions if v.state == "adopted"), None),
            proposals=proposals.order_by("-sent_at", "-pk")[:10] if sees else (), sees=sees,
            may_propose=sees and user.can(Permission.PROPOSE_TERMS) and terms is not None and terms.state == "in force",
            may_sign=mine is not None and mine.signed_on is None, **kwargs,
        )  # fmt: skip

    def shown(self, panel):
        """The version in force, or None where the terms were never supplied."""
        terms = panel.terms_on(clock.today())
        return version_of(panel, terms.version) if terms else None


class TermsVersion(TermsDetail):
    """The same page for a version named in the address."""

    def shown(self, panel):
        return self.version(panel)


class CompareTerms(OpenTerms, Page):
    """Two versions side by side in one text: what was taken out and what was put in."""

    def get_context_data(self, **kwargs):
        panel = self.panel()
        after, before = self.version(panel), self.version(panel, "other")
        if before.version > after.version:
            before, after = after, before
        return super().get_context_data(
            panel=panel, before=before, after=after, rows=versions_compared(before, after),
            alteration=getattr(after, "alteration", None),
            sees=Panel.objects.visible_to(self.request.user).filter(pk=panel.pk).exists(), **kwargs,
        )  # fmt: skip


class ProposeAlteration(ActionView):
    """Propose changes: the words and numbers of each clause, why, and the first meeting far enough off."""

    permission = Permission.PROPOSE_TERMS
    model = Panel
    slug_field = slug_url_kwarg = "slug"
    form_class = ProposeForm
    success_message = "Sent to the chair in writing."

    def load(self):
        panel = super().load()
        in_force = panel.terms_on(clock.today())
        if in_force is None:
            raise Http404
        self.terms = read_whole(panel.terms).get(pk=in_force.pk)
        self.ahead = meetings_ahead(panel)[:MOST_MEETINGS]
        self.first = next_that_qualifies(panel, self.terms)
        return panel

    def get_form_kwargs(self):
        first = next((m.reference for m in self.ahead if m.on == self.first), LATER)
        choices = [(meeting.reference, self._words(meeting)) for meeting in self.ahead]
        return {
            **super().get_form_kwargs(), "terms": self.terms, "first": first,
            "meetings": [*choices, (LATER, "The first meeting called from now on that is far enough off")],
        }  # fmt: skip

    def _words(self, meeting) -> str:
        """A meeting, and whether a proposal sent today is in time for it."""
        days = self.terms.alteration_days
        on = f"{meeting.on:%A} {day_in_words(meeting.on)}"
        if days is None:
            return f"{on} (these terms set no time for proposals)"
        last = day_in_words(last_day_for_alteration(meeting.on, days=days))
        late = "" if is_in_time(meeting.on, clock.today(), days) else ": too late"
        return f"{on}{late} (the last day is {last})"

    def get_context_data(self, **kwargs):
        days = self.terms.alteration_days
        return super().get_context_data(
            panel=self.record, terms=self.terms, days=days, first=self.first, today=clock.today(),
            last=last_day_for_alteration(self.first, days=days) if self.first and days is not None else None, **kwargs,
        )  # fmt: skip

    def act(self, form):
        said = form.cleaned_data
        alteration = propose_alteration(
            self.record, changes=form.changes(), parts=form.parts(), reason=said["reason"], takes_effect=said["takes_effect"],
            effective_on=said["effective_on"], by=self.request.user,
            meeting=next((m for m in self.ahead if m.reference == said["meeting"]), None),
        )  # fmt: skip
        return alteration.get_absolute_url()


class AlterationDetail(OfPanel, Page):
    """One proposal in full: who, why, each clause before and after, and what came of it."""

    def get_context_data(self, **kwargs):
        panel = self.panel()
        rows = panel.alterations.select_related("panel", "based_on", "proposed_by", "sent_to", "meeting__panel", "item", "new_terms")
        alteration = get_object_or_404(rows, reference=kwargs["reference"])
        before = read_whole(panel.terms).get(pk=alteration.based_on_id)
        return super().get_context_data(
            panel=panel, alteration=alteration, before=before, rows=proposal_compared(alteration, before),
            last=last_day_for_alteration(alteration.meeting.on, days=before.alteration_days)
            if alteration.meeting and before.alteration_days is not None else None, **kwargs,
        )  # fmt: skip


class SignTerms(OfPanel, Question):
    """Sign a version for the party one acts for."""

    permission = Permission.SEE_TERMS
    model = Panel
    slug_field = slug_url_kwarg = "slug"
    form_class = SignForm
    template_name = "panels/sign_terms.html"
    submit_label = "Sign"
    success_message = "Signed."

    def load(self):
        panel = super().load()
        self.terms = self.version(panel)
        acting = self.request.user.acting
        self.row = next((s for s in self.terms.signatures.all() if acting and s.party_id == acting.organisation_id), None)
        if self.row is None:
            raise Http404
        return panel

    def get_initial(self):
        return {"position": self.request.user.job_title}

    def why_not(self):
        return why_not_sign(signing_by(self.terms, self.request.user, position="As typed below"))

    def back(self):
        return self.terms.get_absolute_url()

    def get_context_data(self, **kwargs):
        self.heading = f"Sign version {self.terms.version} for {self.row.party}"
        self.back_label = f"Terms of {self.record.name}"
        return super().get_context_data(panel=self.record, terms=self.terms, party=self.row.party, today=clock.today(), **kwargs)

    def act(self, form):
        sign_terms(self.terms, position=form.cleaned_data["position"], by=self.request.user)
