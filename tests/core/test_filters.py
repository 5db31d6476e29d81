"""Boxes of filters that are kept are those of the same filters, choices and answers; and what answers nothing narrows nothing."""

import pytest
from django.http import QueryDict
from django.template.loader import get_template
from django.test import RequestFactory

from core import filters, people_forms
from core.filters import HouseFilterSet
from core.kept import Kept
from panels import filters as of_panels
from referrals import filters as of_referrals
from tests import people

pytestmark = pytest.mark.django_db
HOSTILE = "</select><script>alert('x')</script> & \"{{ team }}\" %s"
EVERY = [each for module in (of_referrals, of_panels, people_forms) for each in vars(module).values()
         if isinstance(each, type) and issubclass(each, HouseFilterSet) and each is not HouseFilterSet]  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(filters, "_boxes", Kept())


def made(kind, query, person):
    request = RequestFactory().get("/", QueryDict(query).dict())
    request.user = person
    return kind(QueryDict(query), queryset=kind._meta.model.objects.all(), request=request)


def by_the_engine(filters):
    box = get_template("house/field.html")
    return "".join(box.render({"field": field, "wrapper_class": "filter-bar__field"}) for field in filters.form)


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("query", ["", "queue=all&sort=x&per=25", "status=&reference=&team=&day_from=&given_from=", "status=SENT&band=standard&wants=outreach",
                                   "reference=%22%3E%3Cscript%3E&number=%3Cb%3E&team=%3Cb%3E", "day_from=1+1+2026&sent_from=3+4+2026&lived_to=rubbish&needs=plan"])  # fmt: skip
def test_boxes_are_what_the_engine_draws_of_the_form_also_when_they_are_kept(borough, kind, query):
    borough.team.name = HOSTILE
    borough.team.save()

    for _ in range(2):
        drawn = made(kind, query, borough.social_worker).boxes
        assert drawn == by_the_engine(made(kind, query, borough.social_worker))
        assert "<script>" not in drawn


def test_boxes_of_one_authoritys_teams_are_not_another_authoritys_nor_those_of_a_team_that_is_new(borough):
    elsewhere = people.a_borough("elsewhere")
    borough.team.name = HOSTILE
    borough.team.save()

    ours, theirs = (made(of_referrals.ReferralFilter, "", each.social_worker).boxes for each in (borough, elsewhere))
    borough.team.name = "Renamed team"
    borough.team.save()

    assert f'value="{borough.team.pk}"' in ours
    assert f'value="{borough.team.pk}"' not in theirs
    assert f'value="{elsewhere.team.pk}"' in theirs
    assert "Renamed team" in made(of_referrals.ReferralFilter, "", borough.social_worker).boxes


def test_boxes_have_the_answer_of_this_address_and_of_no_other():
    def drawn(query):
        return made(of_referrals.ChildFilter, query, NobodyKnown()).boxes

    assert 'value="C-1234"' in drawn("number=C-1234")
    assert "C-1234" not in drawn("")
    assert "C-1234" not in drawn("number=C-9999")
    assert '<option value="yes" selected>' in drawn("care=yes")
    assert '<option value="yes" selected>' not in drawn("care=no")


class NobodyKnown:
    """Somebody who acts in no role."""

    acting = None


def test_what_is_wrong_with_an_answer_is_drawn_and_not_kept(borough):
    def drawn(query):
        return made(of_referrals.ReferralFilter, query, borough.social_worker).boxes

    assert "govuk-error-message" in drawn("sent_from=rubbish")
    assert "rubbish" not in "".join(filters._boxes._kept.values())
    assert "govuk-error-message" not in drawn("sent_from=1+1+2026")


def test_choices_that_a_filter_reads_itself_are_read_for_each_reader_and_never_kept(borough):
    for kind in (of_panels.MeetingFilter, people_forms.PersonFilter):
        made(kind, "", borough.administrator).boxes  # noqa: B018 (drawing it is what is tried)
        assert filters._boxes._kept == {}


@pytest.mark.parametrize("kind", EVERY)
def test_answering_nothing_is_well_answered_and_narrows_as_the_library_would(borough, kind):
    query = "&".join(f"{name}=" for name in kind.base_filters)
    ours = made(kind, query, borough.administrator)

    assert ours.is_valid()
    assert ours.judged is None
    assert "_form" not in vars(ours)
    theirs = made(kind, query, borough.administrator)
    assert theirs.form.is_valid()
    assert str(ours.qs.query) == str(theirs.filter_queryset(theirs.queryset.all()).query)


def test_any_answer_is_judged(borough):
    for query in ("status=nonsense", "sent_from=%20x", "team=999999"):
        asked = made(of_referrals.ReferralFilter, query, borough.social_worker)
        assert asked.judged is not None
        assert not asked.is_valid()


def test_no_more_is_kept_than_may_be_and_that_asked_for_least_lately_goes():
    kept, drawn = Kept(most=2), []

    for key in ("a", "b", "a", "c", "a", "b"):
        assert kept.get(key, lambda key=key: drawn.append(key) or key.upper()) == key.upper()

    assert drawn == ["a", "b", "c", "b"]
    assert list(kept._kept) == ["a", "b"]


def test_what_was_typed_is_drawn_and_not_kept_and_what_was_chosen_is(borough):
    drawn = made(of_referrals.ReferralFilter, "reference=ABC-234&status=SENT&sent_from=1+11+2026", borough.social_worker).boxes

    assert 'value="ABC-234"' in drawn
    assert "ABC-234" not in f"{filters._boxes._kept}"
    assert [key[1] for key in filters._boxes._kept] == ["status", "wants", "band", "team", "sent_to"]
