"""The kpis app."""

from importlib import import_module

from django.apps import AppConfig

from core.roles import Permission
from core.tabs import Tab, add_tab


class KpisConfig(AppConfig):
    """How the service is doing, and the packs that say so."""

    name = "kpis"

    def ready(self):
        """Fill the standing items that only figures can, have packs follow their meeting, and add a contract's tabs."""
        for module in ("kpis.actions.pack", "kpis.papers.standing", "kpis.papers.copies", "kpis.papers.review_contents", "kpis.rules.readings"):
            import_module(module)
        import_module("core.letters").leads_to_papers("pack.issued", "pack.corrected", "pack.later", "report.sent", may_recall=True)
        import_module("core.post").may_wait("return", "How returns are going: due, sent, challenged, accepted")
        import_module("core.post").may_wait("review", "Reviews of contracts that are due")
        for label, name, permission, order in [
            ("Returns", "kpis:returns", Permission.SEE_RETURNS, 50), ("Reviews", "kpis:contract_reviews", Permission.SEE_CONTRACTS, 55),
            ("Complaints and compliments", "kpis:complaints", Permission.SEE_ASSURANCE, 72),
            ("Compared journeys", "kpis:contract_journeys", Permission.SEE_COMPARED, 78),
        ]:  # fmt: skip
            add_tab("contract", Tab(label, name, permission, order))
