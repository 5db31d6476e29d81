"""The eight tasks' questions: what is asked, kept, shown and counted."""

import pytest

from core.actions.session import hold_post
from referrals.actions.referral import save_task
from referrals.forms import options
from referrals.forms.tasks import TASK_FORMS
from referrals.views.answers import answer_sections
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def at(referral, task):
    return f"/referrals/{referral.reference}/tasks/{task}"


def saved(referral, task):
    return referral.tasks.get(name=task).answers


def test_a2_identity_is_kept_in_the_codes_of_the_standard_safeguarding_dataset():
    form = TASK_FORMS["child"]()

    assert [code for code, _ in form.fields["gender"].choices] == ["F", "M", "I", "U"]
    assert {"WBRI", "MWBC", "APKN", "BAFR", "OOTH", "NOBT", "REFU"} < {c for c, _ in form.fields["ethnicity"].choices}


def test_a2_not_yet_obtained_and_prefers_not_to_say_are_answers(borough):
    for code in ("NOBT", "REFU"):
        referral = builders.a_filled_referral(borough)
        task = referral.tasks.get(name="child")
        save_task(task, answers={**task.answers, "ethnicity": code}, version=task.version, by=borough.social_worker)
        referral.refresh_from_db()
        assert referral.gaps() == []


@pytest.mark.parametrize("field", ["family_history", "safeguarding", "previous_interventions", "open_to_mental_health"])
def test_a3_a5_a6_each_is_needed_before_sending(borough, field):
    referral = builders.a_draft_referral(borough)

    assert field in {gap.field for gap in referral.gaps()}


def test_a5_a_provider_reads_the_risks_only_when_it_has_the_child(borough):
    referral = builders.a_waiting_referral(borough)
    before = builders.a_sent_referral(borough)

    titles = {
        who: [s["title"] for s in answer_sections(one, user=sign_in_user(borough, who))]
        for who, one in (("provider_manager", before), ("practitioner", before), ("team_manager", before))
    }
    assert "Risk and safety" not in titles["provider_manager"] + titles["practitioner"]
    assert "Risk and safety" in titles["team_manager"]
    assert "Risk and safety" in [
        s["title"] for s in answer_sections(referral, user=sign_in_user(borough, "provider_manager"))
    ]


def sign_in_user(borough, who):
    person = getattr(borough, who)
    person.acting = person.current_roles[0]
    return person


def test_a8_a29_goal_and_ground_are_two_questions(borough):
    form = TASK_FORMS["request"]()

    assert [code for code, _ in form.fields["goal"].choices] == ["move to family", "stay in family", "independence", "edge of care"]
    assert [code for code, _ in form.fields["ground"].choices] == ["residential", "high cost", "complex", "edge of care"]
    assert {"goal", "ground"} <= {gap.field for gap in builders.a_draft_referral(borough).gaps()}


def test_a9_where_the_child_lives_names_each_kind_of_home():
    homes = {code for code, _ in TASK_FORMS["support"]().fields["lives_now"].choices}

    assert {"residential", "foster", "adoptive", "hospital", "home"} < homes


def test_a10_several_kinds_of_support_are_kept_and_can_all_be_taken_away(borough, sign_in):
    referral = builders.a_filled_referral(borough)
    client = sign_in(borough.social_worker)
    task = referral.tasks.get(name="request")

    client.post(at(referral, "request"), {**task.answers, "version": task.version, "support_types": ["crisis", "transition"], "asked": ["support_types"]})
    assert saved(referral, "request")["support_types"] == ["crisis", "transition"]
    assert "Help in a crisis" in client.get(f"/referrals/{referral.reference}/answers").content.decode()
    rest = {key: value for key, value in saved(referral, "request").items() if key != "support_types"}
    client.post(at(referral, "request"), {**rest, "version": task.version + 1, "asked": ["support_types"]})
    assert saved(referral, "request")["support_types"] == []


def test_a10_a_page_that_did_not_ask_takes_nothing_away(borough, sign_in):
    referral = builders.a_filled_referral(borough)
    task = referral.tasks.get(name="request")

    sign_in(borough.social_worker).post(at(referral, "request/save"), {"ask": "Other words", "version": task.version})

    assert saved(referral, "request")["cohort"] == ["complex"]


def test_a11_the_page_says_that_a_hub_bed_needs_its_group(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    page = sign_in(borough.social_worker).post(at(referral, "request"), {"service": "hub", "version": 0, "asked": "cohort"})

    assert "Tick at least one, because you ask for a hub bed" in page.content.decode()
    assert len(options.COHORT) == 6


def test_a15_ten_factors_and_the_standards_eleven_risks():
    form = TASK_FORMS["risk"]()

    assert len(form.fields["factors"].choices) == 10
    assert list(options.RISKS_TO_CHILD.values()) == [
        "Self-harm", "Sexual exploitation", "Criminal exploitation", "Drug and alcohol use", "Eating disorder",
        "Going missing",
    ]  # fmt: skip
    assert len(options.RISKS_TO_OTHERS) == 5
    assert all([label for _, label in form.fields[name].choices] == ["No known risk", "Risk present"] for name in form.counted)
    assert [len(form.fields[name].choices) for name in options.HOME_TYPES] == [4, 4, 4]


def test_a15_risks_are_unanswered_until_somebody_says_there_is_none_in_the_rest(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    assert not any(saved(referral, "risk").get(name) for name in TASK_FORMS["risk"].counted)

    client.post(at(referral, "risk"), {"risk_missing": "present", "safeguarding": "None.", "rest": "none", "version": 0})

    said = saved(referral, "risk")
    assert said["risk_missing"] == "present"
    assert [said[name] for name in TASK_FORMS["risk"].counted].count("none") == 10


def test_a16_people_round_the_child_are_added_one_by_one_and_kept_or_handed_over(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    first = {"around_1_name": "Ms O’Brien", "around_1_role": "Virtual School", "around_1_after": "keep"}

    page = client.post(at(referral, "support"), {**first, "version": 0, "add": "yes"})
    assert page.status_code == 302
    assert 'name="around_2_name"' in client.get(at(referral, "support")).content.decode()
    client.post(
        at(referral, "support"),
        {**first, "around_2_name": "Mr Ali", "around_2_role": "DPST", "around_2_after": "hand over", "version": 1, "later": "y"},
    )

    page = client.get(f"/referrals/{referral.reference}/answers").content.decode()
    assert "Ms O’Brien, Virtual School, Goes on as now" in page
    assert "Mr Ali, DPST, Hands over to the team" in page


def test_a19_the_childs_view_is_first_in_the_panels_paper(borough):
    referral = builders.a_sent_referral(borough)

    assert list(referral.paper_facts())[3] == "child_view"
    assert referral.paper_facts()["child_view"] == "I want to stay with nan."


def test_a20_a21_a22_wishes_characteristics_and_interpreter_are_asked_and_read(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    client.post(at(referral, "views"), {"parents_engage": "partly", "parents_view": "We will try.", "version": 0})
    client.post(
        at(referral, "child"),
        {"interpreter": "yes", "interpreter_language": "BSL", "faith": "Sikh", "culture": "Punjabi", "disability": "Deaf",
         "orientation": "Not asked", "identity": "Turban and signing.", "version": 0},
    )  # fmt: skip

    page = client.get(f"/referrals/{referral.reference}/answers").content.decode()

    for words in ("We will try.", "In part", "BSL", "Sikh", "Punjabi", "Deaf", "Turban and signing."):
        assert words in page


def test_a27_the_person_the_team_works_with_is_named_beside_the_child(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)

    client.post(at(referral, "support"), {"prime_user": "foster carer", "prime_user_name": "Jo Bell", "version": 0})

    page = client.get(f"/referrals/{referral.reference}").content.decode()
    assert "Jo Bell" in page
    assert "foster carer" in page.lower()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("25 11 2026", "in the future"), ("1 1 1899", "must be a real day"), ("31 2 2012", "must be a real day"),
     ("1 1 0001", "must be a real day"), ("1 1 99999", "must be a real day")],
)  # fmt: skip
def test_g25_a_birth_date_that_cannot_be_says_so_beside_its_field_and_is_kept(borough, sign_in, typed, said):
    referral = builders.a_draft_referral(borough)

    page = sign_in(borough.social_worker).post(at(referral, "child"), {"born_on": typed, "version": 0})

    assert said in page.content.decode()
    assert saved(referral, "child")["born_on"] == typed


@pytest.mark.parametrize("text", ["O’Brien-Ní Dhómhnaill", "محمد العربي", "עומר", "👩‍👧‍👦 Zoë", "x" * 300, "李小龍", "\u202eevil", "Robert'); --"])
def test_g25_every_name_comes_back_as_it_was_typed(borough, sign_in, text):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)

    page = client.post(at(referral, "child"), {**saved(referral, "child"), "people_1_name": text, "version": 0})

    assert page.status_code == 302
    assert saved(referral, "child")["people_1_name"] == text
    assert client.get(at(referral, "child")).status_code == 200


def test_g24_a_field_that_no_page_asks_is_not_saved(borough, sign_in):
    referral = builders.a_draft_referral(borough)

    sign_in(borough.social_worker).post(
        at(referral, "needs"), {"story": "So far", "status": "AGREED", "restricted": "1", "author": "9", "version": 0}
    )

    referral.refresh_from_db()
    assert set(saved(referral, "needs")) == {"story"}
    assert (referral.status, referral.author) == ("DRAFT", borough.social_worker)


def test_two_people_choose_answer_by_answer_what_to_keep(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    save_task(
        referral.tasks.get(name="needs"), answers={"story": "theirs", "strengths": "their strengths"}, version=0,
        by=borough.team_manager,
    )  # fmt: skip
    client = sign_in(borough.social_worker)
    mine = {"story": "mine", "strengths": "my strengths", "version": 0}

    page = client.post(at(referral, "needs"), mine)
    assert page.status_code == 409
    for words in ("theirs", "mine", "their strengths", "my strengths", "Team Manager changed"):
        assert words in page.content.decode()
    client.post(at(referral, "needs"), {**mine, "version": 1, "keep_story": "theirs", "keep_strengths": "mine"})

    assert saved(referral, "needs") == {"story": "theirs", "strengths": "my strengths"}


def test_a_double_press_of_save_changes_nothing_twice(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)

    for _ in range(2):
        client.post(at(referral, "needs"), {"story": "Once", "version": 0})

    assert referral.tasks.get(name="needs").version == 1


def test_q4_what_the_page_saved_by_itself_into_an_ended_session_is_shown_after_sign_in(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    session = client.session
    session["seen"] = "2020-01-01T00:00:00+00:00"
    session.save()

    gone = client.post(at(referral, "needs/save"), {"story": "Five hundred words", "version": "0"})
    assert gone.url.startswith("/sign-in?next=")
    client = sign_in(borough.social_worker)
    assert client.get(at(referral, "needs/save")).url == at(referral, "needs")
    page = client.get(at(referral, "needs")).content.decode()

    assert "Five hundred words" in page
    assert "What you typed here last was not saved" in page
    client.post(at(referral, "needs"), {"story": "Five hundred words", "version": "0"})
    assert "What you typed here last" not in client.get(at(referral, "needs")).content.decode()


def test_q4_the_last_words_of_a_page_that_has_gone_are_kept_where_a_save_overtook_them(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    client.post(at(referral, "needs/save"), {"story": "First half", "version": "0"}, headers={"X-Requested-With": "fetch"})

    beacon = client.post(at(referral, "needs/save"), {"story": "First half and second half", "version": "0"})

    assert (beacon.status_code, saved(referral, "needs")) == (409, {"story": "First half"})
    page = client.get(at(referral, "needs")).content.decode()
    assert "First half and second half" in page
    assert "What you typed here last was not saved" in page


def test_q4_a_page_that_is_still_open_shows_both_texts_itself_and_nothing_is_held(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    headers = {"X-Requested-With": "fetch"}

    for words in ("First", "Second"):
        answer = client.post(at(referral, "needs/save"), {"story": words, "version": "0"}, headers=headers)

    assert answer.status_code == 409
    assert "What you typed here last" not in client.get(at(referral, "needs")).content.decode()


def test_q4_held_words_never_overwrite_what_a_colleague_saved_meanwhile(borough, sign_in):
    referral = builders.a_draft_referral(borough)
    hold_post(at(referral, "needs"), fields=QueryDictLike(story="mine", version="0"), by=borough.social_worker)
    save_task(referral.tasks.get(name="needs"), answers={"story": "theirs"}, version=0, by=borough.team_manager)

    page = sign_in(borough.social_worker).get(at(referral, "needs")).content.decode()

    assert "mine" in page
    assert 'name="version" value="0"' in page


class QueryDictLike(dict):
    """A posted form, as far as holding it needs."""

    def getlist(self, name):
        return [self[name]]
