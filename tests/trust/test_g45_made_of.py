"""trust G45: the bill of materials names every pin with its hashes, and the pages of promises name only what is proved."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from config.management.commands.bill_of_materials import bill
from tests.trust.register import goals

ROOT = Path(__file__).resolve().parents[2]
PINNED = (ROOT / "requirements.txt").read_text()
PAGES = ("security", "impact-assessment")


def missing_in(made) -> set[str]:
    """Pins that the bill does not name with their version and every hash; read line by line, another way than the bill is."""
    named, wanted = {}, set()
    for line in PINNED.splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            block = line.split(";")[0].strip(" \\")
            name, version = block.split("==")
            named[f"{name.split('[')[0].lower()}=={version}"] = wanted = set()
        elif "--hash=sha256:" in line:
            wanted.add(line.split("sha256:")[1].strip(" \\"))
    told = {f"{one['name']}=={one['version']}": {row["content"] for row in one.get("hashes", [])} for one in made["components"]}
    left = {name for name, hashes in named.items() if told.get(name) != hashes or not hashes}
    assert len(named) > 50
    return left


def test_g45_the_bill_of_materials_names_every_pin(tried):
    out = StringIO()
    call_command("bill_of_materials", stdout=out)
    made = json.loads(out.getvalue())

    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert missing_in(made) == set()
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(refs) == len(set(refs))
    assert {one["name"] for one in made["components"] if "hashes" not in one} >= {"govuk-frontend", "htmx.org"}
    tried("G45", "packages in the bill of materials", count=len(refs), expected="every pin", found=f"{len(refs)} named")


def test_g45_a_pin_that_is_not_named_would_be_found():
    """The control."""
    made = bill(PINNED, {})
    gone = made["components"].pop(7)
    del made["components"][3]["hashes"][0]

    assert len(missing_in(made)) == 2
    assert f"{gone['name']}=={gone['version']}" in missing_in(made)


@pytest.mark.parametrize("page", PAGES)
def test_every_promise_on_the_pages_is_proved(page):
    named = set(re.findall(r"\bG\d\d\b", (ROOT / f"templates/core/{page}.html").read_text()))

    assert len(named) > 8
    assert {goal for goal in named if not goals()[goal].proofs} == set()
