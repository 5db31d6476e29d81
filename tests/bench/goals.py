"""The goals of lists and records: what each opens, as whom, and what it is measured beside."""

from collections.abc import Callable, Iterator
from functools import partial

from kpis.actions.keeping import keep_figures
from referrals.models import Child, Referral
from tests.bench.fill import person
from tests.bench.measure import IS_QUICK, Result, ratios
from tests.bench.peers import raw
from tests.bench.visiting import on_database, questions, signed_in, visit

MANY, FEW = 8 if IS_QUICK else 12, 3
# Of a dozen calls the slowest is their p95: where a p95 is told, there are more.
FOR_P95 = 16 if IS_QUICK else 60
# Those who see everything of an authority, a team, their own, one row in a thousand, and what they were told of.
READERS = ("head_of_service", "panel_administrator", "team_manager", "social_worker", "small_manager", "chair", "provider_manager")
ALL = "/referrals?queue=all"


def _whose(name: str):
    """Somebody of the largest authority, and a browser they are signed in with."""
    someone = person(name)
    return someone, signed_in(someone)


def lists() -> Iterator[Result]:
    """P1: the list of referrals beside the empty view, the admin's list and plain SQL."""
    manager, client = _whose("head_of_service")
    ours, empty = visit(client, ALL), visit(client, "/bench/empty")
    yield Result("P1", "list of 50, head of service, to empty view", ratios(ours, empty, n=MANY), MANY, 4.0)
    yield Result("P1", "admin's changelist to our list", ratios(visit(client, "/bench/admin/referrals/referral/"), ours, n=1), 1, 15, at_least=True,
                 note="admin: no rule of who may see, no age, no due day")  # fmt: skip
    yield Result("P1", "our list to a cursor list by Django REST Framework", ratios(ours, visit(client, "/bench/rest"), n=MANY), MANY, 1.1,
                 note="JSON of nine columns: no rule of who may see, no age, no due day, no page around it")  # fmt: skip
    plain = partial(raw.newest_of_authority, manager.acting.authority_id)
    yield Result("P1", "our list to plain SQL of the same rows", ratios(ours, plain, n=MANY), MANY, 12, note="a floor: no rule, no page")
    for name in READERS[1:]:
        _, client = _whose(name)
        yield Result("P1", f"list of 50, {name.replace('_', ' ')}, to empty view", ratios(visit(client, ALL), visit(client, "/bench/empty"), n=FEW), FEW, 4.0)


def growth() -> Iterator[Result]:
    """P2: the same list among a thousand and among all, and its deepest page beside its first."""
    for name, peer in (("head_of_service", "head_of_service"), ("team_manager", "team_manager"), ("small_manager", "team_manager")):
        with on_database("small"):
            few = _on_small(visit(_whose(peer)[1], ALL))
        many, note = visit(_whose(name)[1], ALL), "" if name == peer else "among 1,000 a team manager’s, whose page is as full: one row in a thousand would be one row"
        found = ratios(many, few, n=FOR_P95, share=0.95)
        yield Result("P2", f"p95 among all to p95 among 1,000, {name.replace('_', ' ')}", found, FOR_P95, 1.15, note=note)
    manager, client = _whose("head_of_service")
    deep = visit(client, deep_address(manager))
    yield Result("P2", "a page at 90% depth to the first", ratios(deep, visit(client, ALL), n=FOR_P95), FOR_P95, 1.1)


def _on_small(look: Callable) -> Callable:
    def there():
        with on_database("small"):
            return look()

    return there


def deep_address(someone) -> str:
    """The address of the page that begins where nine tenths of what somebody sees lie before."""
    rows = Referral.objects.filter(authority=someone.acting.authority_id).order_by("-status_since", "-pk")
    row = rows[int(rows.count() * 0.9)]
    return f"{ALL}&page=2&after={row.reference}"


def counts() -> Iterator[Result]:
    """P3: how many queries the pages ask; what is judged is the number, and that it is the same for every reader's rows."""
    for name in READERS:
        someone, client = _whose(name)
        one = Referral.objects.visible_to(someone).exclude(status="DRAFT").order_by("-pk").first()
        said = name.replace("_", " ")
        yield Result("P3", f"queries of the list, {said}", [questions(visit(client, ALL))], 1, 6, unit="")
        yield Result("P3", f"queries of a referral, {said}", [questions(visit(client, one.get_absolute_url()))], 1, 12, unit="")
        if Child.objects.visible_to(someone).filter(pk=one.child_id).exists():
            yield Result("P3", f"queries of a child, {said}", [questions(visit(client, one.child.get_absolute_url()))], 1, 12, unit="")
    keep_figures(person("head_of_service").acting.authority)
    yield Result("P3", "queries of the dashboard, head of service", [questions(visit(_whose("head_of_service")[1], "/kpis"))], 1, 6, unit="")


def details() -> Iterator[Result]:
    """A referral and a child opened by reference, each with its row in the trail, beside the empty view."""
    someone, client = _whose("team_manager")
    one = Referral.objects.visible_to(someone).filter(status="SUPPORTED").first()
    empty = visit(client, "/bench/empty")
    yield Result("P1", "a referral's page to empty view", ratios(visit(client, one.get_absolute_url()), empty, n=MANY), MANY, 8)
    yield Result("P1", "a child's page to empty view", ratios(visit(client, one.child.get_absolute_url()), empty, n=FEW), FEW, 12)
