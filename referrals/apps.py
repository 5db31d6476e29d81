"""The referrals app."""

from importlib import import_module

from django.apps import AppConfig

from core.roles import Permission
from core.tabs import Tab, add_tab


class ReferralsConfig(AppConfig):
    """A child is referred, signed off, and placed."""

    name = "referrals"

    def ready(self):
        """Name what may wait, and the tabs of a referral and of a child."""
        import_module("referrals.actions.closed_day")
        import_module("referrals.models.finding")
        post = import_module("core.post")
        post.may_wait("referral", "How a referral is going: decided, returned, joined, withdrawn, messages")
        post.may_wait("referral.to_sign", "Referrals that wait for your sign-off")
        post.may_wait("draft", "Drafts that nobody has touched")
        post.may_wait("cover", "Cover that you were named for")
        post.may_wait("exception", "Exceptions asked for and decided")
        import_module("referrals.rules.readings")
        for order, (label, name, permission) in enumerate(
            [
                ("Overview", "referrals:referral", Permission.SEE_REFERRALS),
                ("Tasks", "referrals:tasks", Permission.FILL_REFERRALS),
                ("Answers", "referrals:answers", Permission.SEE_REFERRALS),
                ("Sign-off", "referrals:signatures", Permission.SEE_REFERRALS),
                ("Eligibility", "referrals:eligibility", Permission.SEE_REFERRALS),
            ]
        ):
            add_tab("referral", Tab(label, name, permission, order * 10))
        add_tab("referral", Tab("Documents", "referrals:documents", Permission.SEE_REFERRALS, 25))
        add_tab("referral", Tab("Messages", "referrals:messages", Permission.WRITE_MESSAGES, 80))
        add_tab("referral", Tab("History", "referrals:history", Permission.SEE_REFERRALS, 90))
        add_tab("child", Tab("Sharing", "referrals:sharing", Permission.SEE_SHARING, 90))
        add_tab("child", Tab("Who has looked", "referrals:who_has_looked", Permission.SEE_READINGS, 95))
        for label, name, order in [
            ("Summary", "referrals:child", 10), ("Journey", "referrals:child_journey", 20), ("Homes", "referrals:child_homes", 30),
            ("SDQ", "referrals:child_sdq", 50), ("Reviews", "referrals:child_reviews", 60),
            ("Missing from home", "referrals:child_missing", 65), ("Documents", "referrals:child_documents", 70),
        ]:
            add_tab("child", Tab(label, name, Permission.SEE_CHILDREN, order))
        add_tab("child", Tab("Support plan", "referrals:plan", Permission.SEE_PLANS, 40))
        add_tab("child", Tab("Moving on", "referrals:moving_on", Permission.SEE_PLANS, 80))
