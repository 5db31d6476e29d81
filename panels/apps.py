"""The panels app."""

from importlib import import_module

from django.apps import AppConfig

from core.roles import Permission
from core.tabs import Tab, add_tab


class PanelsConfig(AppConfig):
    """People meet, with notice and quorum, and decide."""

    name = "panels"

    def ready(self):
        """Wire proof of service, closed records, when the next panel meets, and a meeting's tabs."""
        import_module("panels.actions.service")
        import_module("panels.actions.altering")
        import_module("panels.models.coming")
        import_module("panels.models.told_terms")
        import_module("panels.models.told_routes")
        import_module("panels.actions.agenda_order")
        import_module("core.letters").leads_to_papers("meeting.agenda", "meeting.minutes")
        add_tab("referral", Tab("Panel", "panels:referral_panel", Permission.SEE_REFERRALS, 50))
        see = Permission.SEE_MEETINGS
        for order, (label, name, permission) in enumerate(
            [
                ("Overview", "panels:meeting", see),
                ("Agenda", "panels:agenda", Permission.RUN_MEETINGS),
                ("Papers", "panels:papers", Permission.READ_PAPERS),
                ("Interests", "panels:interests", Permission.DECLARE_INTERESTS),
                ("Minutes", "panels:minutes", Permission.READ_PAPERS),
                ("Proof of service", "panels:service", Permission.RUN_MEETINGS),
            ]
        ):
            add_tab("meeting", Tab(label, name, permission, order * 10))
