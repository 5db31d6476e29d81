"""Production's compose file: its services, its pins, its health checks, its secrets."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
LASTING = ("db", "redis", "web", "worker", "beat")
OURS = ("migrate", "web", "worker", "beat")


def test_the_services_are_database_queue_migration_web_worker_and_beat():
    assert sorted(SERVICES) == sorted({*LASTING, *OURS})


@pytest.mark.parametrize(("name", "image"), [("db", "postgres"), ("redis", "redis")])
def test_others_images_are_pinned_to_a_patch_release(name, image):
    assert re.fullmatch(rf"{image}:\d+\.\d+(\.\d+)?-bookworm", SERVICES[name]["image"])


def test_our_image_is_pinned_and_installs_the_pinned_packages():
    lines = (ROOT / "Dockerfile").read_text()

    assert re.search(r"^FROM python:3\.\d+\.\d+-slim-bookworm$", lines, re.M)
    assert "--require-hashes --no-deps -r requirements.txt" in lines
    assert all(SERVICES[name]["build"] == "." for name in OURS)
    assert len({SERVICES[name]["image"] for name in OURS}) == 1


def test_the_image_has_what_the_pdfs_need_and_is_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text()

    for package in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"):
        assert package in lines
    assert "\nUSER throughline\n" in lines


def test_the_image_loads_the_service_once_and_serves_by_copies_of_it():
    assert "exec gunicorn config.wsgi --preload " in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_has_a_health_check_and_starts_again(name):
    check = SERVICES[name]["healthcheck"]

    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries"} <= set(check)
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_of_ours_starts_before_the_servers_are_well_and_the_tables_made(name):
    assert SERVICES[name]["depends_on"] == {
        "db": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }


@pytest.mark.parametrize("name", OURS)
def test_ours_run_in_production_mode_without_any_secret_written_down(name):
    settings = SERVICES[name]["environment"]

    assert settings["THROUGHLINE_MODE"] == "production"
    assert settings["SECRET_KEY"].startswith("${SECRET_KEY:?")
    written = re.sub(r"\$\{[^}]*\}", "", str(settings))
    assert not re.search(r"postgres://\w+:[^@]", written)


def test_only_the_migration_knows_the_owner_and_the_superuser():
    for name in ("web", "worker", "beat"):
        assert not {"DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL"} & set(
            SERVICES[name]["environment"]
        )
    assert "migrate" in SERVICES["migrate"]["command"][-1]
    assert "config.launch.prepare_database" in SERVICES["migrate"]["command"][-1]


def test_nothing_but_the_web_is_reached_from_outside_and_only_through_the_proxy():
    published = {name: row["ports"] for name, row in SERVICES.items() if "ports" in row}

    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_every_named_volume_is_kept_by_compose():
    used = {volume.split(":")[0] for row in SERVICES.values() for volume in row.get("volumes", [])}

    assert used == set(COMPOSE["volumes"])


def test_every_setting_that_compose_asks_for_is_in_the_example():
    example = (ROOT / ".env.example").read_text()
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))

    assert {name for name in asked if not re.search(rf"^{name}=", example, re.M)} == set()


def test_every_setting_that_is_read_is_in_the_example():
    example = (ROOT / ".env.example").read_text()
    settings = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r'env\.(?:text|flag|number)\(\s*"(\w+)"', settings))

    assert {name for name in read if not re.search(rf"^#?{name}=", example, re.M)} == set()
