"""One box: by number, name, part and misspelling, among what a person may see, and never in an address."""

import pytest
from django.db import connection
from django.db.models import F

from core.search import finders_for
from referrals.actions.access import give_access
from referrals.actions.restriction import restrict_child
from referrals.choices import Basis
from referrals.models.finding import FAMILY, AsIndexed, children_named, searched
from tests.people import a_borough
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def search(client, words, follow=True):
    return client.post("/search", {"words": words}, follow=follow)


def found(borough, words, person=None):
    children, alike = children_named(searched(person or borough.social_worker), words, alike=True)
    return [child.full_name for child in children], alike


@pytest.fixture
def names(borough):
    """Four children with names that are hard to find."""
    rows = [("Siobhán O’Connor-Reid", "Shiv", ""), ("John Smith", "", "John Zoë Müller"), ("Smita Jones", "", ""), ("Ann Blacksmith", "", "")]
    return [builders.a_child(borough, full_name=f, preferred_name=c, previous_name=b) for f, c, b in rows]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("siobhan", ["Siobhán O’Connor-Reid"]), ("O'CONNOR", ["Siobhán O’Connor-Reid"]), ("oconnor reid", ["Siobhán O’Connor-Reid"]),
        ("shiv", ["Siobhán O’Connor-Reid"]), ("muller", ["John Smith"]), ("zoe", ["John Smith"]), ("smith john", ["John Smith"]),
        ("smi", ["John Smith", "Smita Jones", "Ann Blacksmith"]), ("sm", ["John Smith", "Smita Jones"]), ("j", ["John Smith", "Smita Jones"]),
        ("john sm", ["John Smith"]), ("%", []), ("_", []), ("' or 1=1 --", []), ("\\", []), ("😀", []), ("xyz", []),
    ],
)  # fmt: skip
def test_l3_names_are_found_whole_in_part_and_as_they_were(borough, names, words, expected):
    assert sorted(found(borough, words)[0]) == sorted(expected)


@pytest.mark.parametrize(("words", "first"), [("Jhon Smiht", "John Smith"), ("smyth", "John Smith"), ("Siobahn", "Siobhán O’Connor-Reid")])
def test_l3_a_misspelt_name_is_found_only_where_nothing_is_spelled_so(borough, names, words, first):
    rows, alike = found(borough, words)

    assert (rows[0], alike) == (first, True)
    assert found(borough, "smith")[1] is False


def test_p10_what_is_only_alike_is_looked_for_when_it_is_asked_for(borough, sign_in, names):
    client = sign_in(borough.social_worker)
    answer = search(client, "Jhon Smiht")
    address = answer.redirect_chain[-1][0]

    page, asked = answer.content.decode(), client.get(f"{address}&alike=yes").content.decode()

    assert "John Smith" not in page
    assert "Nothing you can see matches" in page
    assert f'href="{address}&amp;alike=yes">Search for names that sound or look alike</a>' in page
    assert "Nothing is spelled “Jhon Smiht”" in asked
    assert "John Smith" in asked
    assert "Search for names that sound or look alike" not in asked


def test_p10_with_nothing_alike_either_the_page_says_so_and_offers_it_no_more(borough, sign_in, names):
    client = sign_in(borough.social_worker)
    address = search(client, "xqzzyw").redirect_chain[-1][0]

    page = client.get(f"{address}&alike=yes").content.decode()

    assert "matches “xqzzyw”, and no name is like it" in page
    assert "sound or look alike" not in page


@pytest.mark.parametrize("words", ["xq", "L-99999", "QQQ-999"])
def test_p10_names_alike_are_not_offered_for_two_letters_or_a_number(borough, sign_in, names, words):
    assert "sound or look alike" not in search(sign_in(borough.social_worker), words).content.decode()


def test_names_no_childs_name_stands_in_an_address_a_title_or_a_log(borough, sign_in, names):
    answer = search(sign_in(borough.social_worker), "Smith")

    page = answer.content.decode()
    addresses = [url for url, _ in answer.redirect_chain]
    assert all("mith" not in url.lower() for url in addresses)
    assert "Smith" not in page.split("</title>")[0]
    assert "John Smith" in page


def test_l2_back_and_reload_show_the_same_results(borough, sign_in, names):
    client = sign_in(borough.social_worker)
    first = search(client, "Smith", follow=False).url
    search(client, "Jones")

    assert "John Smith" in client.get(first).content.decode()


def test_somebody_elses_search_and_one_that_has_ended_say_so(borough, sign_in, names):
    url = search(sign_in(borough.social_worker), "Smith", follow=False).url

    page = sign_in(borough.other_social_worker).get(url).content.decode()

    assert "no longer kept" in page
    assert "Smith" not in page


def test_k8_a_restricted_record_is_in_no_search_and_no_count(borough, sign_in, names):
    restrict_child(names[1], ground="risk", because="x", people=[borough.other_social_worker], by=borough.team_manager)

    page = search(sign_in(borough.social_worker), "smith").content.decode()
    number = search(sign_in(borough.social_worker), names[1].reference).content.decode()

    assert "1 record for" in page
    assert "John" not in page
    assert "Nothing you can see matches" in number


@pytest.mark.parametrize("who", ["other_social_worker", "panel_administrator", "practitioner", "provider_manager"])
def test_g36_nobody_finds_a_record_they_may_not_see(borough, sign_in, names, who):
    for words in ("smith", "sm", "smyth", names[1].reference):
        client = sign_in(getattr(borough, who))
        answer = search(client, words)
        alike = client.get(f"{answer.redirect_chain[-1][0]}&alike=yes")
        for page in (answer.content.decode(), alike.content.decode()):
            assert "John Smith" not in page
            assert "Nothing you can see matches" in page


def test_a_panel_member_finds_by_reference_and_never_by_name(borough):
    finders = {f.label for f in finders_for(borough.member)}

    assert finders == {"Referrals"}
    assert finders_for(borough.commissioner) == finders_for(borough.administrator) == []
    assert {f.label for f in finders_for(borough.auditor)} == {"Reading logs"}


def test_a_whole_reference_or_council_number_leads_to_its_record(borough, sign_in):
    referral = builders.a_draft_referral(borough, builders.a_child(borough, case_number="L-204"))
    client = sign_in(borough.social_worker)

    for typed in (referral.reference, referral.reference.replace("-", "").lower()):
        assert search(client, typed).redirect_chain[-1][0] == referral.get_absolute_url()
    assert "1 record" in search(client, "l-204").content.decode()


@pytest.mark.parametrize("words", ["", "   ", "\x00", "x" * 5000, "ʼ", "‮abc", "a b c d e f g h", "..", "-"])
def test_g25_nothing_typed_into_the_box_breaks_it(borough, sign_in, words):
    assert search(sign_in(borough.social_worker), words).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_search_asks_as_often_for_one_hit_as_for_three(borough, sign_in, rows, django_assert_max_num_queries):
    for number in range(rows):
        builders.a_draft_referral(borough, builders.a_child(borough, full_name=f"Same Name{number}"))
    client = sign_in(borough.social_worker)
    url = search(client, "same", follow=False).url

    with django_assert_max_num_queries(10):
        client.get(url)


def test_p10_one_or_two_letters_read_the_first_few_of_an_index_and_sort_nothing(borough, names):
    children = searched(borough.head_of_service).walked[0].annotate(name=FAMILY).filter(name__startswith="sm")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")

    assert "Sort" not in children.order_by(AsIndexed(F("name")))[:21].explain()
    assert "Sort" in children.order_by("name")[:21].explain()


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("child_names(full_name, preferred_name, previous_name) LIKE '%smith%'", "children_by_whose_and_name"),
        ("child_names(full_name, preferred_name, previous_name) %> 'smyth'", "children_by_whose_and_name"),
        ("child_kept_by(authority_id, team_id, social_worker_id) && '{t1}'", "children_by_whose_and_name"),
        ("family_name(full_name) LIKE 'sm%'", "_family"),
        ("folded_name(full_name) LIKE 'sm%'", "_first_name"),
    ],
)
def test_p10_each_way_of_looking_has_its_index(db, sql, index):
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan"):  # a bitmap is made by an index that serves the condition, and by no other
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN SELECT id FROM referrals_child WHERE {sql}")
        assert index in str(cursor.fetchall())


def glance(client, words):
    return client.post("/search/glance", {"words": words})


@pytest.mark.parametrize(("words", "says"), [("sm", "2 records"), ("smith", "2 records"), ("blacks", "1 record"), ("xqz", "Nothing you can see")])
def test_p10_while_somebody_types_the_first_few_are_shown(borough, sign_in, names, words, says):
    page = glance(sign_in(borough.social_worker), words).content.decode()

    assert says in page
    assert ("Smith" in page) == (words in {"sm", "smith"})


def test_names_what_is_typed_so_far_is_kept_nowhere(borough, sign_in, names):
    client = sign_in(borough.social_worker)

    assert "John Smith" in glance(client, "smith").content.decode()
    assert "searches" not in client.session
    assert "smith" not in str(dict(client.session)).lower()
    assert client.get("/search/glance?words=smith").status_code == 405


def test_p10_no_more_than_eight_are_shown_while_somebody_types(borough, sign_in):
    for number in range(9):
        builders.a_child(borough, full_name=f"Same Name{number}")

    for person in (borough.social_worker, borough.head_of_service):
        page = glance(sign_in(person), "same").content.decode()
        assert page.count("<li") == 8
        assert "The first 8" in page


def test_k8_a_restricted_record_is_in_no_glance(borough, sign_in, names):
    restrict_child(names[1], ground="risk", because="x", people=[borough.other_social_worker], by=borough.team_manager)

    for person in (borough.social_worker, borough.team_manager, borough.head_of_service):
        for words in ("joh", "jo", "j", "john smith", names[1].reference):
            assert "John" not in glance(sign_in(person), words).content.decode()
    assert "John Smith" in glance(sign_in(borough.other_social_worker), "joh").content.decode()


@pytest.mark.parametrize("who", ["other_social_worker", "panel_administrator", "practitioner", "provider_manager", "member", "auditor", "commissioner"])
def test_g36_nobody_glances_at_a_record_they_may_not_see(borough, sign_in, names, who):
    for words in ("smith", "sm", "j", names[1].reference):
        assert "John Smith" not in glance(sign_in(getattr(borough, who)), words).content.decode()


@pytest.mark.parametrize("words", ["", "   ", "\x00", "x" * 5000, "ʼ", "%", "_", "\\", "' or 1=1 --", "..", "-", "1", "<script>alert(1)</script>"])
def test_g25_nothing_typed_so_far_breaks_it(borough, sign_in, words):
    for person in (borough.social_worker, borough.head_of_service):
        answer = glance(sign_in(person), words)
        assert answer.status_code == 200
        assert b"<script" not in answer.content


@pytest.mark.parametrize("rows", [1, 3])
def test_a_glance_asks_as_often_for_one_as_for_three(borough, sign_in, rows, django_assert_max_num_queries):
    for number in range(rows):
        builders.a_child(borough, full_name=f"Same Name{number}")
    client = sign_in(borough.social_worker)
    glance(client, "same")

    with django_assert_max_num_queries(5):
        glance(client, "same")


def test_l3_who_sees_a_whole_authority_finds_whom_they_were_told_of_elsewhere(borough, names):
    """By one letter, by two and by a part: a right by name reaches over the border of an authority."""
    other = a_borough("elsewhere")
    referral = builders.a_draft_referral(other, builders.a_child(other, full_name="Quentin Quill"))
    give_access(referral, person=borough.head_of_service, basis=Basis.NAMED, by=other.head_of_service)

    for words in ("q", "qu", "quill", "quentin quill"):
        assert found(borough, words, borough.head_of_service)[0] == ["Quentin Quill"]
        assert found(borough, words, borough.team_manager)[0] == []


def test_who_finds_by_a_whole_reference_alone_is_not_told_of_nothing_before_it_is_typed(borough, sign_in, names):
    referral = builders.a_signed_off_referral(borough)
    client = sign_in(borough.member)

    assert "Nothing" not in glance(client, referral.reference[:3]).content.decode()
    assert "Nothing" in glance(sign_in(borough.social_worker), "xqz").content.decode()
