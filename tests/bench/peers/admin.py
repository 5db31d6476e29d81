"""Django's own admin, with a list of the same columns, of one authority; no rule of who may see, no age, no due day, and filters of its own."""

from django.contrib import admin

from referrals.models import Referral


class ReferralAdmin(admin.ModelAdmin):
    """Referrals as the admin lists them, fifty a page, newest move first."""

    list_display = ("reference", "child", "wants", "band", "status", "author", "first_sent_at", "status_since")
    list_filter = ("status", "wants", "band")
    list_select_related = ("child", "author", "team", "authority")
    list_per_page = 50
    ordering = ("-status_since", "-pk")

    def get_queryset(self, request):
        """Those of the reader's authority: easier than what our own list keeps to."""
        return super().get_queryset(request).filter(authority=request.user.acting.authority_id)

    def has_view_permission(self, request, obj=None):
        """Whoever is signed in; the benchmark's own people."""
        return True

    has_module_permission = lambda self, request: True  # noqa: E731
    has_add_permission = has_change_permission = has_delete_permission = lambda self, request, obj=None: False

    def get_actions(self, request):
        """None: they would ask for rights that our people do not have here."""
        return {}


class Site(admin.AdminSite):
    """An admin that asks for no staff."""

    def has_permission(self, request):
        """Whoever is signed in."""
        return request.user.is_authenticated

    def each_context(self, request):
        """Without the sidebar, which reads every model's permissions."""
        return {**super().each_context(request), "is_nav_sidebar_enabled": False, "available_apps": []}


site = Site(name="bench")
site.register(Referral, ReferralAdmin)
