"""Who may see is written once for the questions of a list, and is the same under another name within another question."""

import pytest
from django.db.models import Exists, OuterRef
from django.db.models.expressions import Subquery

from core import clock
from core.actions.closure import close_day
from core.closures import closed_days
from core.written import Question
from referrals.models import Child, Referral
from referrals.models.turn import terms_of_each, working_days_allowed
from tests.referrals import builders

pytestmark = pytest.mark.django_db
EVERYBODY = ["social_worker", "other_social_worker", "team_manager", "service_manager", "head_of_service", "panel_administrator", "chair", "provider_manager"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_question_within_another_finds_the_same_rows(borough, who):
    builders.a_signed_off_referral(borough)
    builders.a_draft_referral(borough)
    person = getattr(borough, who)
    seen = Referral.objects.visible_to(person)
    keys = set(seen.values_list("pk", flat=True))
    children = set(seen.values_list("child", flat=True))

    assert set(Referral.objects.filter(pk__in=seen.values("pk")).values_list("pk", flat=True)) == keys
    assert set(Child.objects.filter(Exists(seen.filter(child=OuterRef("pk")))).values_list("pk", flat=True)) == children
    assert set(seen.filter(pk__in=seen.values("pk")).values_list("pk", flat=True)) == keys
    assert set(seen.union(seen.order_by()).values_list("pk", flat=True)) == keys
    assert seen.exclude(pk__in=seen.values("pk")).count() == 0


def test_a_restricted_child_is_kept_in_every_form_of_the_question(borough):
    referral = builders.a_sent_referral(borough)
    seen = Referral.objects.visible_to(borough.team_manager)
    assert seen.count() == 1

    Child.objects.filter(pk=referral.child_id).update(is_restricted=True, restricted_because="Kept.")

    assert seen.count() == Referral.objects.filter(pk__in=seen.values("pk")).count() == 0
    assert not Child.objects.filter(Exists(seen.filter(child=OuterRef("pk")))).exists()


def test_the_sql_of_who_may_see_is_written_once_for_many_questions(borough, monkeypatch):
    seen = Referral.objects.visible_to(borough.team_manager)
    str(seen.query)
    written, real = [], Subquery.as_sql
    monkeypatch.setattr(Subquery, "as_sql", lambda self, *args, **kwargs: written.append(type(self).__name__) or real(self, *args, **kwargs))

    for rows in (seen.filter(status="DRAFT"), seen.order_by("pk")[:3], seen.values("pk")):
        str(rows.query)

    assert "Written" not in written


def test_the_days_of_several_authorities_are_read_at_once_as_each_reads_its_own(borough, django_assert_num_queries):
    close_day(borough.authority, on=clock.today().replace(year=clock.today().year + 1, month=3, day=10), name="Training", by=borough.panel_administrator)

    with django_assert_num_queries(1):
        found = terms_of_each([borough.authority.pk] * 3)

    assert found == {borough.authority.pk: working_days_allowed(borough.authority)}
    assert len(closed_days(borough.authority.pk)) == 1


def test_a_question_written_once_finds_what_the_same_rows_give_with_every_value(borough, monkeypatch, settings):
    first, second = builders.a_sent_referral(borough), builders.a_draft_referral(borough)
    today, made, settings.QUESTIONS_ARE_COMPARED = clock.today(), [], False

    def sent(author, day, other_day, least):
        made.append(author)
        rows = Referral.objects.filter(author=author, child__born_on__lt=day, pk__gte=least).exclude(child__born_on__gt=other_day)
        return rows.union(Referral.objects.filter(author=author, pk=0)).order_by("pk").values_list("pk", "status", "child__born_on")

    ask = Question(sent)
    for values in [(first.author_id, today, today, 0), (first.author_id, today, today, second.pk), (0, today, today, 0), (first.author_id, clock.moment(today).date().replace(year=1990), today, 0)]:
        assert ask(*values) == list(sent(*values))

    # Each was put together here, and the question itself put its own together once.
    assert len(made) == 5
