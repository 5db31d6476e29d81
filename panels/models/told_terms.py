"""The referral panel's terms in force, told to those who refer: they read them before they ask."""

from django.urls import reverse

from core import clock
from core.dates import day_in_words
from panels.choices import PanelKind
from panels.models.panel import Panel
from referrals.models.panel_dates import tell_panel_terms


@tell_panel_terms
def terms_of_the_referral_panel(authority_id: int) -> dict[str, str]:
    """The version in force today of an authority's referral panel: its words, its address, its number; or nothing."""
    for panel in Panel.objects.filter(authority=authority_id, kind=PanelKind.REFERRAL).order_by("pk")[:5]:
        terms = panel.terms_on(clock.today())
        if terms is not None:
            return {
                "label": f"terms of reference of the {panel}, version {terms.version}, in force since {day_in_words(terms.in_force_from)}",
                "url": reverse("panels:terms", args=[panel.slug]),
                "version": str(terms.version),
            }
    return {}
