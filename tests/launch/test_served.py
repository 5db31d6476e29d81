"""Production as it is served: every static file found and named after what is in it, every header there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from celery.signals import worker_before_create_process
from django.db import connection

from config.celery import refuse_unsafe_start
from config.collector import LOOKS_AFTER
from tests.journeys.conftest import address_of
from tests.launch.test_production import SAFE
from tests.people import a_borough

ROOT = Path(__file__).resolve().parents[2]
VISIT = """
import json, sys
import django
django.setup()
from django.test import Client
paths = ["/sign-in", "/nowhere", "/", "/health/live", *sys.argv[1:]]
client, seen = Client(headers={"host": "throughline.example"}, raise_request_exception=False), []
for secure, path in [(True, path) for path in paths] + [(False, "/sign-in")]:
    answer = client.get(path, secure=secure)
    page = "" if answer.streaming else answer.content.decode()
    seen.append([path, answer.status_code, dict(answer.headers), page])
print(json.dumps(seen))
"""
HSTS = "max-age=31536000; includeSubDomains; preload"
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'",
    "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip


def run(folder: Path, *command: str, **more: str) -> str:
    """What a fresh process of production prints, with everything it keeps in `folder`."""
    told = {name: value for name, value in SAFE.items() if value is not None}
    environment = {**os.environ, **told, "THROUGHLINE_VAR": str(folder), **more}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Where production has collected its static files."""
    folder = tmp_path_factory.mktemp("production")
    run(folder, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    return folder


def names_of(folder: Path) -> dict[str, str]:
    """The name with which each static file is served."""
    return json.loads((folder / "static" / "staticfiles.json").read_text())["paths"]


def test_every_static_file_is_collected_and_what_css_refers_to_exists(collected):
    static = collected / "static"
    for name, served in names_of(collected).items():
        assert (static / served).is_file(), name
        if not name.endswith(".css"):
            continue
        for asked in re.findall(r"url\(\s*[\"']?([^\"')]+)", (static / served).read_text()):
            if not asked.startswith(("data:", "#", "%23")):
                assert (static / served).parent.joinpath(re.split("[?#]", asked)[0]).is_file(), name


@pytest.fixture(scope="module")
def answers(collected, django_db_setup, django_db_blocker):
    """Production's answers: a page, one that is not there, a redirect, a static file, plain HTTP."""
    style = next(served for name, served in names_of(collected).items() if name.endswith(".css"))
    with django_db_blocker.unblock():
        address = address_of(connection.settings_dict)
    printed = run(collected, "-c", VISIT, f"/static/{style}", DATABASE_URL=address)
    return json.loads(printed.strip().split("\n")[-1])


def test_the_answers_are_a_page_an_absence_redirects_and_a_static_file(answers):
    assert [row[1] for row in answers] == [200, 404, 302, 200, 200, 301]


def test_every_answer_carries_every_header(answers):
    for path, status, headers, _ in answers:
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        policy = {part.strip() for part in headers["Content-Security-Policy"].split(";")}
        assert policy >= POLICY, path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        # Over plain HTTP, which only points to HTTPS, browsers must not heed it.
        assert headers.get("Strict-Transport-Security") == (HSTS if status != 301 else None), path
        kind = headers["Content-Type"]
        assert "charset=" in kind or kind.startswith("application/json"), path


def test_a_page_asks_only_for_static_files_that_are_served(answers, collected):
    served = set(names_of(collected).values())
    asked = re.findall(r"/static/([^\"'\s>]+)", answers[0][3])

    assert asked
    assert {path.split("#")[0] for path in asked} <= served


def test_plain_http_is_sent_to_https(answers):
    assert answers[-1][2]["Location"] == "https://throughline.example/sign-in"


@pytest.mark.django_db
def test_the_worker_and_the_timetable_refuse_demonstration_people(settings, monkeypatch):
    monkeypatch.setattr("config.celery.connections.close_all", lambda: None)
    settings.PRODUCTION = True
    borough = a_borough()
    refuse_unsafe_start()

    type(borough.social_worker).objects.update(is_demonstration=True)
    with pytest.raises(SystemExit, match="demonstration people"):
        refuse_unsafe_start()


def test_what_a_workers_processes_share_is_left_alone_by_the_collector_of_rubbish(monkeypatch):
    left_alone, looks = [], []
    monkeypatch.setattr("config.collector.gc.freeze", lambda: left_alone.append(True))
    monkeypatch.setattr("config.collector.gc.set_threshold", lambda *after: looks.append(after))

    worker_before_create_process.send(sender=None)

    assert (left_alone, looks) == ([True], [LOOKS_AFTER])
