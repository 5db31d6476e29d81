"""What a contract asks to be shown, days apart from reviews, and evidence packs from frozen rows."""

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest

from contracts.actions.assurance import add_entry, draw_pack, log_day
from contracts.actions.feedback import add_answers
from contracts.models import AssuranceEntry, ContractDay, EvidencePack
from contracts.rules.assurance import (
    EntryKind,
    again_on,
    missing,
    shown,
    why_not_add_entry,
    why_not_draw_pack,
    why_not_log_day,
)
from core.models import AuditEvent
from kpis.measures.to_do.assurance import policies_due
from tests.conftest import TODAY
from tests.contracts.registers import a_complaint, a_round, a_service_contract, somebody
from tests.people import a_borough

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


def in_role(person):
    person.acting = person.current_roles[0]
    return person


def an_entry(contract, borough, **facts):
    asks = {"kind": "safer recruitment", "title": "Policy", "owner": "Owner", "on": TODAY, "evidence": "Read.", "by": borough.provider_manager}
    return add_entry(contract, **asks | facts)


def sheets(answer):
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: pack.read(name) for name in pack.namelist()}


def cells(content):
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]


def test_ASR1_what_is_shown_has_its_title_owner_day_and_evidence():
    assert why_not_add_entry("lado", "A", "B", "C", on=TODAY, due_on=None, today=TODAY) == []
    assert why_not_add_entry("social value", "A", "B", "", on=TODAY, due_on=None, today=TODAY) == []
    assert fields(why_not_add_entry("lado", " ", " ", " ", on=TODAY + ONE_DAY, due_on=TODAY, today=TODAY)) == [
        "title", "owner", "on", "due_on", "evidence",
    ]  # fmt: skip


def test_ASR2_a_day_is_logged_once_it_was_held():
    assert why_not_log_day("A", "B", held_on=TODAY, today=TODAY) == []
    assert fields(why_not_log_day(" ", " ", held_on=TODAY + ONE_DAY, today=TODAY)) == ["held_on", "about", "who"]


def test_ASR3_a_pack_says_what_it_is_for():
    assert why_not_draw_pack("An audit") == []
    assert fields(why_not_draw_pack(" ")) == ["for_what"]


def test_g19_the_four_policies_are_looked_at_again_after_a_year_and_the_rest_by_their_own_day():
    yearly = {kind.value for kind in EntryKind if kind.months}
    assert yearly == {"safer recruitment", "health and safety", "managing risk", "safeguarding training"}
    assert again_on("managing risk", date(2024, 2, 29)) == date(2025, 2, 28)
    assert again_on("lado", TODAY) is None
    assert [shown(TODAY + n * ONE_DAY, has_evidence=True, today=TODAY).tone for n in (31, 30, 0, -1)] == ["good", "attention", "attention", "late"]


def test_g19_a_policy_stands_on_to_do_30_days_before_its_day_until_it_is_looked_at_again(borough):
    contract, manager = a_service_contract(borough), in_role(borough.provider_manager)
    an_entry(contract, borough, on=TODAY - timedelta(days=340))
    assert len(policies_due(manager)) == 1

    an_entry(contract, borough)

    assert policies_due(manager) == []
    assert AssuranceEntry.objects.count() == 2


def test_g28_g30_what_was_never_shown_is_listed_with_its_source(borough, sign_in):
    contract = a_service_contract(borough)
    assert {"section 11", "lado", "safeguarding policy", "emergency plan", "quality system"} <= {kind.value for kind in missing([])}
    for kind in ("section 11", "emergency plan"):
        an_entry(contract, borough, kind=kind, title=kind)

    page = sign_in(borough.commissioner).get(f"{contract.get_absolute_url()}/assurance")

    assert {"section 11", "emergency plan"}.isdisjoint(kind.value for kind in page.context["missing"])
    assert "002:842" in page.content.decode()


def test_g24_a_commitment_waits_for_its_evidence(borough, sign_in):
    contract = a_service_contract(borough)
    an_entry(contract, borough, kind="social value", title="Two placements", evidence="")
    tab = f"{contract.get_absolute_url()}/assurance"
    assert "No evidence yet" in sign_in(borough.provider_manager).get(tab).content.decode()

    an_entry(contract, borough, kind="social value", title="Two placements", evidence="One began.")

    (row,) = sign_in(borough.provider_manager).get(tab).context["commitments"]
    assert (row.evidence, row.stands.words) == ("One began.", "Shown")


def test_g23_days_are_logged_apart_from_reviews(borough, sign_in):
    contract = a_service_contract(borough)
    for kind in ("development", "contact", "training", "involvement"):
        log_day(contract, kind=kind, held_on=TODAY, about="Sleep", who="Foster carers", by=borough.provider_manager)

    page = sign_in(borough.commissioner).get(f"{contract.get_absolute_url()}/assurance")

    assert {row["label"]: row["many"] for row in page.context["counts"]} == {
        "Service development day": 1, "Contact day": 1, "Training session": 1, "Planning with young people or families": 1,
    }  # fmt: skip


def test_g29_an_evidence_pack_is_frozen_named_by_its_hash_and_holds_no_name_and_no_formula(borough, sign_in):
    worker = somebody(borough)
    contract = worker.contract
    an_entry(contract, borough, title="=HYPERLINK(\"x\")", owner="+441632", evidence="@SUM(1)", kept_at="-1+2")
    a_complaint(borough)
    add_answers(a_round(borough), [{"given_on": TODAY, "route": "talk", "words": "Zzcanary words."}], by=borough.practitioner)
    pack = draw_pack(contract, for_what="A thematic inspection", by=borough.provider_manager)
    page = sign_in(borough.commissioner)
    first = page.get(f"{pack.get_absolute_url()}.zip")
    an_entry(contract, borough, title="Later")

    again = sheets(page.get(f"{pack.get_absolute_url()}.zip"))

    assert sheets(first) == again
    assert list(again) == [
        "contents.txt", "1-assurance-register.xlsx", "2-workforce.xlsx", "3-cover.xlsx", "4-complaints.xlsx", "5-feedback.xlsx", "6-days.xlsx",
    ]  # fmt: skip
    everything = [cell for name, content in again.items() if name.endswith("xlsx") for row in cells(content) for cell in row]
    assert not [cell for cell in everything if cell.data_type == "f"]
    said = " ".join(str(cell.value) for cell in everything) + again["contents.txt"].decode()
    assert "Zzcanary" not in said
    assert worker.reference in said
    assert "HYPERLINK" in said
    assert "Later" not in said
    assert pack.version.file.sha256 in page.get(pack.get_absolute_url()).content.decode()
    assert AuditEvent.objects.filter(verb="record.read", subject_reference=pack.reference).count() == 2


def test_whose_registers_and_packs_are_read(borough, sign_in):
    contract = a_service_contract(borough)
    an_entry(contract, borough)
    pack = draw_pack(contract, for_what="An audit", by=borough.provider_manager)
    other = a_borough("elsewhere")

    for who in (other.commissioner, other.provider_manager):
        in_role(who)
        assert not EvidencePack.objects.visible_to(who).exists()
        assert not AssuranceEntry.objects.visible_to(who).exists()
        assert not ContractDay.objects.visible_to(who).exists()
        assert sign_in(who).get(f"{pack.get_absolute_url()}.zip").status_code == 404
    for who in ("practitioner", "finance", "social_worker"):
        assert sign_in(borough.people[who]).get(pack.get_absolute_url()).status_code == 403
    for part in ("assurance/new", "assurance/days/new", "assurance/packs/new"):
        assert sign_in(borough.commissioner).get(f"{contract.get_absolute_url()}/{part}").status_code == 403
        assert sign_in(borough.provider_manager).get(f"{contract.get_absolute_url()}/{part}").status_code == 200


def test_bad_input_is_answered_beside_its_field_and_kept(borough, sign_in):
    contract = a_service_contract(borough)
    page, at = sign_in(borough.provider_manager), f"{contract.get_absolute_url()}/assurance"
    typed = {"kind": "lado", "title": "“LADO” 🙂", "owner": "Owner", "on": "25 11 2026", "evidence": " "}

    refused = page.post(f"{at}/new", typed).content.decode()
    assert "Say what shows it." in refused
    assert "today or before" in refused
    assert "“LADO” 🙂" in refused
    assert page.post(f"{at}/days/new", {"kind": "contact", "held_on": "1 1 2026", "about": "A", "who": "B", "hours": "-1"}).status_code == 200
    assert page.post(f"{at}/days/new", {"kind": "contact", "held_on": "1 1 2026", "about": "A", "who": "B", "hours": "2.5"}).status_code == 302
    assert page.post(f"{at}/packs/new", {"for_what": " "}).status_code == 200
    assert not EvidencePack.objects.exists()


def test_the_tab_asks_the_same_of_the_database_for_three_as_for_one(borough, sign_in, django_assert_num_queries):
    contract = a_service_contract(borough)
    page = sign_in(borough.provider_manager)
    an_entry(contract, borough)
    draw_pack(contract, for_what="An audit", by=borough.provider_manager)
    page.get(f"{contract.get_absolute_url()}/assurance")
    counts = []
    for turn in range(2):
        with django_assert_num_queries(20, exact=False) as asked:
            page.get(f"{contract.get_absolute_url()}/assurance")
        counts.append(len(asked))
        for name in ("B", "C"):
            an_entry(contract, borough, title=f"{name}{turn}")
            draw_pack(contract, for_what=name, by=borough.provider_manager)
    assert counts[0] == counts[1]
