"""What one person has opened: as many lines as an independent count, for those who look after it and nobody else."""

import pytest

from core.models import AuditEvent, User
from tests import people
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def opened_by(borough, sign_in, times):
    """A social worker opens a record so many times."""
    child = builders.a_child(borough)
    client = sign_in(borough.social_worker)
    for _ in range(times):
        assert client.get(child.get_absolute_url()).status_code == 200
    return child


def test_g33_each_opening_is_one_line_on_both_pages(borough, sign_in):
    child = opened_by(borough, sign_in, 3)
    log, record = f"/reading-log/{borough.social_worker.reference}", f"{child.get_absolute_url()}/access"

    client = sign_in(borough.governance)
    by_person, by_child = client.get(log).content.decode(), client.get(record).content.decode()

    assert by_person.count(f"Opened child {child.reference}.") == 3
    # The governance officer, too, has just opened the record.
    assert by_child.count(f"Opened child {child.reference}.") == 4
    assert f'href="{log}"' in by_child
    assert child.full_name not in by_person


def test_g33_what_has_no_name_of_its_own_says_whose_it_is(borough, sign_in):
    child = opened_by(borough, sign_in, 1)
    event = AuditEvent.objects.readings().get()
    event.pk, event.subject_type, event.sentence = None, "referrals.sdq", "Opened SDQ 10."
    event.save(force_insert=True)

    page = sign_in(borough.auditor).get(f"/reading-log/{borough.social_worker.reference}").content.decode()

    assert page.count(f'data-label="Whose" class="nowrap">{child.reference}<') == 2
    assert child.full_name not in page


def test_that_somebody_looked_is_in_the_log_too(borough, sign_in):
    opened_by(borough, sign_in, 1)
    client = sign_in(borough.auditor)
    client.get(f"/reading-log/{borough.social_worker.reference}")

    assert f"Looked at what {borough.social_worker.full_name} has opened." in client.get(f"/reading-log/{borough.auditor.reference}").content.decode()


def test_another_authority_has_its_own_log(borough, sign_in):
    opened_by(borough, sign_in, 1)
    elsewhere = people.a_borough("elsewhere")
    client = sign_in(elsewhere.auditor)

    assert client.get(f"/reading-log/{borough.social_worker.reference}").status_code == 404
    assert borough.social_worker.reference not in client.get("/reading-log").content.decode()


def test_it_goes_on_over_the_page(borough, sign_in):
    opened_by(borough, sign_in, 1)
    event = AuditEvent.objects.readings().get()
    for _ in range(60):
        event.pk = None
        event.save(force_insert=True)
    client, url = sign_in(borough.auditor), f"/reading-log/{borough.social_worker.reference}"

    assert [client.get(f"{url}?page={page}").content.decode().count("Opened child") for page in (1, 2)] == [50, 11]
    assert client.get(f"{url}?page=x").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_as_often_for_three_people_as_for_one(borough, sign_in, rows, django_assert_max_num_queries):
    keep = [person.pk for person in (borough.auditor, borough.chair, borough.member)][:rows]
    for person in User.objects.exclude(pk__in=keep):
        person.roles_held.all().delete()
    client = sign_in(borough.auditor)

    with django_assert_max_num_queries(9):
        assert client.get("/reading-log").content.decode().count('rowheader') == rows
