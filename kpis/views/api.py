"""The interface for machines: indicators and what they mean, figures that were validated for release, and places."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from core import clock
from kpis.api.openapi import openapi
from kpis.measures.capacity import capacity
from kpis.measures.figures import HIDDEN, Figure, figures, indicators_defined
from kpis.views.machine import ApiList, ApiView, day, how_many, place, words

PAGES = {"after": place, "limit": how_many}


@login_not_required
@require_safe
def description(request):
    """The interface by OpenAPI 3.1; it says nothing about anybody, so whoever sets up a report reads it without a token."""
    return JsonResponse(openapi(settings.SITE_URL), json_dumps_params={"ensure_ascii": False})


class Nothing(ApiView):
    """Any other address."""

    route = "an address that is none"

    def answer(self, caller, **asked):
        return None

    def _asked(self):
        return {}


def _indicator(one) -> dict:
    """An indicator as it is told."""
    return {
        "id": one.slug, "name": one.name, "owner": one.owner_role, "source": one.source, "note": one.flag,
        "definitions": [
            {
                "version": d.version, "fromDay": d.from_on.isoformat(), "numerator": d.numerator, "denominator": d.denominator, "unit": d.unit,
                "better": d.better or None, "frequency": d.frequency, "isRolling": d.is_rolling, "countsChildren": d.counts_children,
                "tolerance": d.tolerance, "toleranceIsRelative": d.tolerance_is_relative,
            }
            for d in one.definitions.all()
        ],
        "targets": [{"byDay": t.due_on.isoformat(), "value": t.value, "asPrinted": t.printed} for t in one.targets.all()],
    }  # fmt: skip


class Indicators(ApiList):
    """Every indicator, by its id."""

    route, scope, asks = "/api/v1/indicators", "definitions", PAGES

    def rows(self, caller, *, after):
        for one in indicators_defined(caller).filter(slug__gt=after[0]).iterator(chunk_size=100):
            yield (one.slug, "", "", ""), _indicator(one)


class OneIndicator(ApiView):
    """One indicator."""

    route, scope = "/api/v1/indicators/{indicator}", "definitions"

    def answer(self, caller, *, measure):
        found = indicators_defined(caller).filter(slug=measure).first()
        return found and _indicator(found)


def _figure(one: Figure) -> dict:
    """A figure as it is told; of one that is hidden, nothing that counts."""
    low_high, hidden = one.interval, bool(one.hidden)
    target = {"byDay": one.target_on.isoformat(), "value": one.target, "asPrinted": one.target_printed} if one.target_on else None
    return {
        "indicator": one.key, "name": one.name, "definitionVersion": one.version, "reading": one.reading, "firstDay": one.starts_on.isoformat(),
        "lastDay": one.last_day.isoformat(), "period": one.label, "unit": one.unit,
        "numerator": None if hidden else one.numerator, "denominator": None if hidden else one.denominator,
        "value": None if hidden else one.value, "asPrinted": None if hidden else one.printed,
        "interval": {"low": low_high[0], "high": low_high[1]} if low_high else None, "target": target, "rating": one.rating,
        "suppressed": hidden, "suppressionSign": HIDDEN if hidden else None, "source": one.source, "status": "validated",
    }  # fmt: skip


class Figures(ApiList):
    """Figures that may leave the service. They are hidden before they are narrowed, so that no filter shows more."""

    route, scope = "/api/v1/figures", "figures"
    asks = {"indicator": words, "from": day, "until": day, **PAGES}

    def rows(self, caller, *, after, indicator="", **days):
        first, last = days.get("from"), days.get("until")
        for one in figures(caller, only_validated=True, hide=True, after=after, indicator=indicator):
            if (first is None or one.starts_on >= first) and (last is None or one.last_day <= last):
                yield one.sort_key, _figure(one)


class Capacity(ApiView):
    """Places now, and how many children wait where that may be told."""

    route, scope = "/api/v1/capacity", "capacity"

    def answer(self, caller):
        found = capacity(caller, hide=True)
        drawn = found.drawn
        return {
            "day": clock.today().isoformat(),
            "services": [
                {
                    "kind": group.kind, "name": group.name, "places": group.places, "inUse": group.used, "outOfUse": group.closed,
                    "free": group.free, "weeklyCost": group.cost, "priceIsConfirmed": group.is_confirmed, "otherReading": group.other_reading or None,
                }
                for group in drawn.groups
            ],
            "places": drawn.places, "inUse": drawn.used, "free": drawn.free, "weeklyCost": drawn.cost,
            "waiting": found.waiting, "waitingSuppressed": found.waiting is None,
        }  # fmt: skip
