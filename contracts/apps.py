"""The contracts app."""

from importlib import import_module

from django.apps import AppConfig

from core.roles import Permission
from core.tabs import Tab, add_tab


class ContractsConfig(AppConfig):
    """What is bought, at what price, and what is paid."""

    name = "contracts"

    def ready(self):
        """Register numbers in force, messages that may wait, a child's voice beside their plan, and the tabs of a contract."""
        for module in ("contracts.rules.complaint", "contracts.rules.readings"):
            import_module(module)
        import_module("referrals.models.plan_voices").add_voices(import_module("contracts.models.voices").voices)
        post = import_module("core.post")
        post.may_wait("payment", "How payments are going: decided, invoiced, approved")
        post.may_wait("retention", "What becomes of what was held back")
        for label, name, order in [
            ("Summary", "contracts:contract", 10), ("Prices and budgets", "contracts:prices", 20),
            ("Payments", "contracts:payments", 60), ("Held back", "contracts:retention", 65),
            ("Variations and documents", "contracts:documents", 80), ("Gates and plans", "contracts:plans", 85),
        ]:  # fmt: skip
            add_tab("contract", Tab(label, name, Permission.SEE_CONTRACTS, order))
        for label, name, order in [("Workforce", "contracts:workforce", 70), ("Assurance", "contracts:assurance", 75)]:
            add_tab("contract", Tab(label, name, Permission.SEE_ASSURANCE, order))
        add_tab("contract", Tab("Benefits", "contracts:contract_benefits", Permission.SEE_BENEFITS, 68))
        add_tab("child", Tab("Purchase", "contracts:purchases", Permission.COMPARE_JOURNEYS, 35))
