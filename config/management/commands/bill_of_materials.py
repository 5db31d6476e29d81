"""Write a list of everything the service is made of, as CycloneDX JSON."""

import json
import re
from urllib.parse import quote

from django.conf import settings
from django.core.management.base import BaseCommand

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Command(BaseCommand):
    """From the pinned requirements and what lies under static/vendor; it asks nobody."""

    help = __doc__

    def handle(self, *args, **options):
        """Print it."""
        self.stdout.write(json.dumps(bill((settings.BASE_DIR / "requirements.txt").read_text(), versions()), indent=2))


def versions() -> dict[str, str]:
    """What other people's work lies under static/vendor, with its version."""
    said = (path.read_text().split("\n")[0].rsplit(" ", 1) for path in sorted(settings.BASE_DIR.glob("static/vendor/*/VERSION")))
    return {words[0].strip(): words[-1].strip() for words in said}


def bill(pinned: str, vendored: dict[str, str]) -> dict:
    """The list of pinned packages with their hashes, and of what is vendored, as CycloneDX has it."""
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "throughline", "name": "throughline", "version": settings.VERSION}},
        "components": [*_packages(pinned), *(_component("npm", name, version) for name, version in vendored.items())],
    }  # fmt: skip


def _packages(pinned: str):
    """Each pin with the hashes that follow it."""
    pins = list(PIN.finditer(pinned))
    for pin, after in zip(pins, [*pins[1:], None], strict=True):
        hashes = HASH.findall(pinned, pin.end(), after.start() if after else len(pinned))
        component = _component("pypi", pin[1].lower(), pin[2])
        yield component | {"hashes": [{"alg": "SHA-256", "content": digest} for digest in hashes]}


def _component(kind: str, name: str, version: str) -> dict:
    address = f"pkg:{kind}/{quote(name)}@{version}"
    return {"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address}
