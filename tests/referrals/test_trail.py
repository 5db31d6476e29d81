"""What is kept of each move, of each person who acted, and of whose children a provider sees."""

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import ProtectedError

from core.actions.authority import add_organisation
from core.actions.person import add_person, give_role
from core.models import AuditEvent, User
from referrals.actions.access import give_access, give_access_each
from referrals.models import Access, Child, Referral, StatusChange
from tests.people import SINCE
from tests.referrals import builders

pytestmark = pytest.mark.django_db
# Rows that live and die with the person's session or choice, and are no trail.
GO_WITH_THE_PERSON = {"IdempotencyKey", "HeldPost"}
OURS = {"core", "referrals", "panels", "contracts", "kpis"}


def test_r1_every_move_keeps_who_when_from_to_why_and_under_which_terms(borough):
    referral = builders.a_triaged_referral(borough)

    moves = list(StatusChange.objects.filter(referral=referral).order_by("pk"))

    assert [(m.was, m.now) for m in moves] == [("DRAFT", "WITH_TM"), ("WITH_TM", "WITH_SM"), ("WITH_SM", "SENT")]
    assert [m.by for m in moves] == [borough.social_worker, borough.team_manager, borough.service_manager]
    assert all(m.at and m.terms for m in moves)


def test_r1_a_move_and_a_line_of_the_trail_are_never_edited(borough):
    referral = builders.a_sent_referral(borough)

    for rows in (StatusChange.objects.filter(referral=referral), AuditEvent._base_manager.filter(subject_id=str(referral.pk))):
        with pytest.raises((DatabaseError, TypeError)), transaction.atomic():
            models.QuerySet.update(rows, **({"reason": "x"} if rows.model is StatusChange else {"sentence": "x"}))


def test_r4_nobody_who_acted_can_be_deleted(borough):
    builders.a_sent_referral(borough)

    with pytest.raises(ProtectedError):
        borough.team_manager.delete()


def test_r4_no_table_of_ours_forgets_a_person_with_their_rows():
    lax = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS and model.__name__ not in GO_WITH_THE_PERSON and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
        and field.remote_field.on_delete is not models.PROTECT
    ]  # fmt: skip

    assert lax == []


def test_k6_a_provider_sees_its_own_contracts_children_alone(borough):
    """Two providers of one council, each told of one child; tests/access tries every page as both."""
    second = add_organisation(slug="second", name="Otherhands", kind="provider", authority=None, by=None)
    manager = add_person(full_name="Second Manager", email="m@second.example", organisation=second, by=None)
    give_role(manager, "PRM", organisation=second, authority=borough.authority, from_on=SINCE, by=None)
    ours, theirs = builders.a_sent_referral(borough), builders.a_sent_referral(borough)
    for referral, provider in ((ours, borough.provider), (theirs, second)):
        give_access(referral, organisation=provider, roles=["PRM"], basis="placed", by=borough.panel_administrator)

    for person, own in ((borough.provider_manager, ours), (manager, theirs)):
        assert list(Referral.objects.visible_to(person)) == [own]
        assert list(Child.objects.visible_to(person)) == [own.child]
        assert Referral.objects.counted_for(person).count() == 1


def test_a_right_given_to_many_is_given_and_kept_once_each(borough):
    referral, people = builders.a_sent_referral(borough), [borough.chair, borough.provider_manager]
    about = {"basis": "paper", "told_by": "a meeting", "by": borough.panel_administrator}
    give_access(referral, person=borough.chair, **about)

    first = give_access_each(referral, people, **about)
    again = give_access_each(referral, people, **about)

    assert ([right.person for right in first], again) == ([borough.provider_manager], [])
    assert Access.objects.current().filter(referral=referral, basis="paper").count() == 2
    events = AuditEvent.objects.filter(verb="access.given", child_id=referral.child_id)
    assert list(events.values_list("sentence", flat=True).distinct()) == [events[0].sentence]
    assert events.count() == 2
