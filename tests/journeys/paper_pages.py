"""Addresses of packs that were circulated and of reports that the timetable makes, which few links lead to on a first day."""

from kpis.models import Pack, RegularReport


def of_papers():
    """Each of them, by the person who meets it."""
    pack = Pack.objects.filter(state="issued").latest("pk")
    at, report = pack.get_absolute_url(), RegularReport.objects.filter(state="frozen").first().get_absolute_url()
    return {
        "Priya Nair": [*(f"{at}/{page}" for page in ("proof", "versions/1", "correct", "add")), f"/documents/{pack.document.reference}"],
        "Ruth Calder": [report, f"{report}/approve"],
    }
