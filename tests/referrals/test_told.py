"""What a page reads once of somebody's rights shows exactly the records that asking anew for each would show."""

from datetime import timedelta
from functools import reduce
from operator import or_

import pytest
from django.db.models import Q

from core import clock, once
from referrals.choices import Basis, Depth
from referrals.models import Access, Child, Referral, before_a_list
from referrals.models import told as rights
from referrals.models.before_a_list import read_before_a_list
from referrals.models.in_parts import referral_places
from tests.referrals.builders import a_sent_referral

pytestmark = pytest.mark.django_db
READERS = ("social_worker", "other_social_worker", "team_manager", "other_team_manager", "service_manager", "strategic_manager", "head_of_service",
           "panel_administrator", "chair", "member", "practitioner", "provider_manager", "commissioner", "finance", "governance", "auditor")  # fmt: skip


@pytest.fixture
def reading():
    """A page begins to be read, and ends."""

    def begin():
        once._begin(environ={"REQUEST_METHOD": "GET"})

    yield begin
    once._end()


@pytest.fixture
def few_are(monkeypatch):
    """So many rights are few, for this test: what was written with another number is written anew, before it and after."""

    def are(most: int):
        monkeypatch.setattr(rights, "FEW", most)
        forget()

    def forget():
        for written in (before_a_list._before_a_list, before_a_list._before_search):
            written.cache_clear()

    yield are
    forget()


def given(about, **facts):
    """One right, as it is stored."""
    Access.objects.create(**({"child": about.child, "basis": Basis.NAMED} | facts))


@pytest.fixture
def referrals(borough):
    """Referrals with every kind of right given to, taken from and over for the chair, by name and by role."""
    rows = [a_sent_referral(borough) for _ in range(12)]
    chair, now = borough.chair, clock.now()
    Child.objects.filter(pk__in=[rows[n].child_id for n in (4, 5, 6, 7)]).update(is_restricted=True, restricted_because="profile")
    given(rows[0], person=chair, referral=rows[0])
    given(rows[1], organisation=borough.council, roles=["CHAIR"], basis=Basis.PLACED, referral=rows[1])
    given(rows[2], organisation=borough.council, roles=[chair.acting.role], basis=Basis.PLACED, referral=rows[2])
    given(rows[3], organisation=borough.council, roles=[borough.team_manager.acting.role], withheld_because="Knows the family.")
    given(rows[4], person=chair, basis=Basis.BREAK_GLASS)
    given(rows[5], person=chair)
    given(rows[6], person=borough.team_manager, referral=rows[6])
    given(rows[7], person=chair, referral=rows[7], until_at=now - timedelta(hours=1), from_at=now - timedelta(days=2))
    given(rows[8], person=borough.head_of_service, referral=rows[8], withheld_because="Knows the family.")
    given(rows[9], person=borough.head_of_service, withheld_because="Knows it in part.", depth=next(d for d in Depth.values if d != Depth.RECORD))
    given(rows[10], person=borough.social_worker, withheld_because="Knows the family.")
    return rows


def seen_by(person):
    """The keys of what somebody sees."""
    return [set(model.objects.visible_to(person).values_list("pk", flat=True)) for model in (Referral, Child)]


def test_every_reader_sees_the_same_whether_rights_were_read_before_or_are_asked_for_anew(borough, referrals, reading):
    anew = {name: seen_by(borough.people[name]) for name in READERS}
    reading()
    kept = {name: rights.read_rights(borough.people[name]) is not None and seen_by(borough.people[name]) for name in READERS}

    assert kept == anew
    assert len({str(found) for found in anew.values()}) > 4


def test_whoever_was_told_of_many_is_asked_about_row_by_row(borough, referrals, reading, few_are):
    anew = seen_by(borough.chair)
    few_are(1)
    reading()

    assert rights.read_rights(borough.chair) is None
    assert seen_by(borough.chair) == anew


@pytest.mark.parametrize("few", [1, 3, 200])
def test_what_was_read_with_everything_a_list_asks_lets_every_reader_see_the_same(borough, referrals, reading, few_are, few):
    anew = {name: seen_by(borough.people[name]) for name in READERS}
    few_are(few)
    reading()
    for name in READERS:
        read_before_a_list(borough.people[name], "/referrals")

    assert {name: seen_by(borough.people[name]) for name in READERS} == anew
    for name in READERS:
        rows = Referral.objects.visible_to(borough.people[name])
        places = reduce(or_, referral_places(borough.people[name]), Q(pk__in=[]))
        assert set(rows.filter(places).values_list("pk", flat=True)) == anew[name][0], name


def test_somebody_with_many_rights_has_those_by_name_and_those_withheld_named_by_key(borough, referrals, reading, few_are):
    few_are(3)
    reading()
    read_before_a_list(borough.chair, "/referrals")

    assert rights.few_rights(borough.chair) is None
    assert {right.child for right in rights.few_special(borough.chair)} == {referrals[n].child_id for n in (0, 4, 5)}


def test_a_deed_keeps_none_of_it(borough, referrals):
    once._begin(environ={"REQUEST_METHOD": "POST"})
    rights.read_rights(borough.chair)
    before = seen_by(borough.chair)
    given(referrals[11], person=borough.chair, referral=referrals[11])

    assert rights.few_rights(borough.chair) is None
    assert seen_by(borough.chair) != before
    once._end()
