"""trust G20: each permission opened to everybody in turn, the table of the sweep goes red: no door stands on nothing."""

import pytest
from django.urls import resolve

from core import roles
from core.permissions import Permission
from tests.access import matrix
from tests.access.test_sweep import Sweep

pytestmark = pytest.mark.django_db
# Asked inside a page or a rule and by no door of its own, each with the test that sees it refused.
INSIDE = {
    Permission.CHAIR_MEETINGS: "tests/panels/actions/test_live.py", Permission.RECORD_INVOICES: "tests/contracts/test_payment_pages.py",
    Permission.CLEAR_PAYMENTS: "tests/at_once/test_g10_paid_once.py", Permission.AGREE_DISPOSAL: "tests/kpis/records/test_disposal.py",
    Permission.SHARE_WITHOUT_PERMISSION: "tests/referrals/views/test_child_documents.py",
    Permission.EXPORT_NAMES: "tests/core/test_exports.py", Permission.AGREE_EXPORTS: "tests/core/test_exports.py",
    Permission.CHANGE_SETTINGS: "tests/core/test_two_for_a_number.py", Permission.AGREE_ROLES: "tests/core/test_people.py",
}  # fmt: skip
# Kept twice over: the rule of who writes in a draft says no as well (tests/access/test_edges.py), so nothing changes.
TWICE = {Permission.FILL_REFERRALS}


@pytest.fixture(scope="module")
def sweep(scene):
    """One sweep, whose rows are chosen anew for each permission."""
    return Sweep(scene)


def doors(sweep) -> dict[str, list[str]]:
    """The addresses that each permission opens."""
    found: dict[str, list[str]] = {}
    for name, (about, _) in matrix.rows().items():
        view = getattr(resolve(sweep.our_own(name, about).split("?")[0]).func, "view_class", None)
        found.setdefault(getattr(view, "permission", None), []).append(name)
    return found


def test_every_permission_opens_a_door_or_is_asked_inside_one(sweep):
    assert set(Permission) - set(doors(sweep)) == set(INSIDE)


@pytest.mark.parametrize("permission", sorted(set(Permission) - set(INSIDE) - TWICE), ids=lambda permission: permission.name)
def test_g20_with_one_permission_opened_to_everybody_the_sweep_goes_red(sweep, monkeypatch, permission):
    names = doors(sweep)[permission]
    sweep.rows = {name: row for name, row in matrix.rows().items() if name in names}
    monkeypatch.setattr(roles, "PERMISSIONS", {role: held | {permission} for role, held in roles.PERMISSIONS.items()})

    assert next(sweep.by_the_table(), None) is not None
