"""Registers as they are printed, and the definitions of what is measured."""

from core.roles import Permission
from core.views.bases import Page, RecordDetail
from kpis.forms.indicators import DefinitionFilter
from kpis.measures.kept_back import queries_of
from kpis.measures.needs import needs_by_quarter
from kpis.measures.recommendations import recommendations
from kpis.measures.registers import by_group, line_of, lines_of, with_parts
from kpis.models import Indicator, Recommendation, Register, TrackedAction
from kpis.views.dashboard import hides

P = Permission
MOST, NOTES = 200, 60


class RegisterList(Page):
    """Every register of the authority."""

    permission = P.SEE_KPIS
    template_name = "kpis/registers.html"

    def get_context_data(self, **kwargs):
        rows = Register.objects.visible_to(self.request.user).order_by("order", "pk")[:MOST]
        return super().get_context_data(registers=rows, keeps=self.request.user.can(P.KEEP_INDICATORS), **kwargs)


class RegisterDetail(RecordDetail):
    """One register: its lines or its actions, its key, and what the document leaves open."""

    permission = P.SEE_KPIS
    model = Register
    slug_field = slug_url_kwarg = "slug"
    template_name = "kpis/register.html"

    def get_context_data(self, **kwargs):
        gather = {"plan": self._plan, "improve": self._improve}.get(self.object.kind, self._lines)
        hide = hides(self.request.user)
        facts = gather()
        withhold = any(figure.hidden for line in facts.get("lines", ()) for figure in line.figures)
        return super().get_context_data(hides=hide, queries=queries_of(self.object.queries, withhold=withhold), **facts, **kwargs)

    def _lines(self):
        """Indicators under the headings they were printed with; beside sufficiency, the needs that could not be met."""
        user, hide = self.request.user, hides(self.request.user)
        lines = lines_of(Indicator.objects.visible_to(user).filter(register=self.object), hide=hide, register_end=self.object.period_end)
        shows_needs = self.object.kind == "needs" and user.can(P.COUNT_NEEDS)
        return {
            "groups": by_group(lines), "is_quarter": self.object.kind == "quarter", "lines": lines,
            "quarters": needs_by_quarter(user.acting.authority_id, hide=hide) if shows_needs else [],
        }  # fmt: skip

    def _improve(self):
        """Recommendations, each with the two ratings kept apart."""
        rows = recommendations(self.request.user, hide=hides(self.request.user))
        tally = [(word, sum(row.progress == sign for row in rows)) for sign, word in (("G", "Green"), ("A", "Amber"), ("R", "Red"), ("C", "Complete"))]
        missed = [row.number for row in rows if row.progress == "G" and any(one.rating in {"A", "R"} for one in row.measures)]
        return {"recommendations": rows, "tally": [(word, many) for word, many in tally if many or word != "Complete"], "missed": missed}

    def _plan(self):
        """A plan's actions under their outcomes, each with its newest note and its steps."""
        rows = TrackedAction.objects.visible_to(self.request.user).filter(register=self.object).select_related("continues_as")
        rows = list(rows.prefetch_related("notes", "steps__action", "wordings").order_by("order", "pk")[:MOST])
        outcomes: dict[str, list] = {}
        for row in rows:
            row.newest = max(row.notes.all(), key=lambda note: (note.on, note.pk), default=None)
            row.in_order = sorted(row.steps.all(), key=lambda step: step.order)
            outcomes.setdefault(row.outcome, []).append(row)
        return {
            "outcomes": list(outcomes.items()), "open": sum(row.state == "open" for row in rows), "actions": rows,
            "late": sum(step.is_late for row in rows for step in row.in_order),
        }  # fmt: skip


class Definitions(Page):
    """What every indicator counts, how it is coloured, and whose it is."""

    permission = P.SEE_KPIS
    template_name = "kpis/definitions.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        form = DefinitionFilter(self.request.GET or None, registers=Register.objects.visible_to(user).order_by("order", "pk"))
        chosen = form.cleaned_data["register"] if form.is_bound and form.is_valid() else None
        rows = Indicator.objects.visible_to(user).select_related("register")
        rows = rows.filter(register=chosen) if chosen else rows
        shown = list(with_parts(rows).order_by("register__order", "recommendation__number", "order", "pk")[:MOST])
        for row in shown:
            row.definition = max(row.definitions.all(), key=lambda each: each.version)
        return super().get_context_data(form=form, rows=shown, more=rows.count() - len(shown), **kwargs)


class DefinitionDetail(RecordDetail):
    """One indicator: its definition in force and before, targets, benchmarks, figures with how far each was checked, and notes."""

    permission = P.SEE_KPIS
    model = Indicator
    slug_field = slug_url_kwarg = "slug"
    template_name = "kpis/definition.html"

    def records(self):
        rows = super().records().select_related("register", "recommendation")
        return with_parts(rows).prefetch_related(
            "definitions__made_by", "targets__set_by", "values__entered_by", "values__checked_by", "values__validated_by", "notes__written_by"
        )

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        line = line_of(row, hide=hides(user), register_end=row.register.period_end if row.register else None)
        return super().get_context_data(
            line=line, figures=line.figures[::-1][:MOST], versions=sorted(row.definitions.all(), key=lambda d: -d.version),
            targets=sorted(row.targets.all(), key=lambda t: (t.due_on, t.pk)), notes=sorted(row.notes.all(), key=lambda n: (n.on, n.pk), reverse=True)[:NOTES],
            keeps=user.can(P.KEEP_INDICATORS), releases=user.can(P.RELEASE_FIGURES), hides=hides(user), **kwargs,
        )  # fmt: skip


class RecommendationDetail(RecordDetail):
    """One recommendation: its action's progress over time, and its measures' attainment beside it."""

    permission = P.SEE_KPIS
    model = Recommendation
    template_name = "kpis/recommendation.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        lines = lines_of(Indicator.objects.visible_to(user).filter(recommendation=self.object), hide=hides(user))
        notes = self.object.notes.select_related("written_by").order_by("-on", "-pk")[:NOTES]
        register = Register.objects.visible_to(user).filter(kind="improve").order_by("pk").first()
        return super().get_context_data(lines=lines, notes=notes, register=register, keeps=user.can(P.KEEP_INDICATORS), hides=hides(user), **kwargs)


class TrackedActionDetail(RecordDetail):
    """One action of a plan: where it is, what works, what worries, what next and by whom; its words before; what carries it on."""

    permission = P.SEE_KPIS
    model = TrackedAction
    template_name = "kpis/tracked_action.html"

    def records(self):
        return super().records().select_related("register", "continues_as__register")

    def get_context_data(self, **kwargs):
        row = self.object
        return super().get_context_data(
            notes=row.notes.select_related("written_by").order_by("-on", "-pk")[:NOTES], steps=row.steps.select_related("action", "done_by").order_by("order")[:NOTES],
            wordings=row.wordings.select_related("changed_by").order_by("-until_on", "-pk")[:NOTES], took_over=row.took_over.order_by("order")[:NOTES],
            keeps=self.request.user.can(P.KEEP_INDICATORS), **kwargs,
        )  # fmt: skip
