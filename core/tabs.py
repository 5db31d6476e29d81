"""Tabs on a record: each app adds its own when it is ready."""

from dataclasses import dataclass

from django.urls import reverse

from core.roles import Permission


@dataclass(frozen=True)
class Tab:
    """One tab: what it says, where it leads, and who may open it."""

    label: str
    url_name: str
    permission: Permission | None = None
    order: int = 50


_tabs: dict[str, list[Tab]] = {}


def add_tab(record: str, tab: Tab) -> None:
    """Add a tab to every record of a kind ("referral", "child", "meeting"); once each."""
    rows = _tabs.setdefault(record, [])
    if tab not in rows:
        rows.append(tab)


def tabs_for(record: str, *args, user, path: str, without=()) -> list[dict]:
    """The tabs of one record that this person may open, as label, url and whether it is here.

    `without` are permissions that do not hold for this one record.
    """
    rows = sorted(_tabs.get(record, []), key=lambda tab: tab.order)
    return [
        {"label": tab.label, "url": (url := reverse(tab.url_name, args=args)), "current": url == path}
        for tab in rows
        if tab.permission not in without and (tab.permission is None or user.can(tab.permission))
    ]
