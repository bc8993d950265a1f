"""The files of the grown installation say what the settings need; no image is built here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cmsuk.environment import NEEDED_IN_PRODUCTION

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ("migrate", "web", "worker", "beat")


def test_web_worker_and_beat_share_one_image_and_one_environment():
    services = [COMPOSE["services"][name] for name in OURS]

    assert {service["image"] for service in services} == {"cmsuk-portal"}
    assert all(service["environment"] == services[0]["environment"] for service in services)


def test_every_value_that_production_needs_is_passed_on():
    environment = COMPOSE["services"]["web"]["environment"]

    assert sorted(set(NEEDED_IN_PRODUCTION) - set(environment)) == []


def test_there_are_all_five_parts():
    assert sorted(COMPOSE["services"]) == [
        "beat",
        "migrate",
        "postgres",
        "redis",
        "web",
        "worker",
    ]


def test_the_image_installs_exactly_what_is_locked():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    instructions = [re.split(r"\s", line)[0] for line in lines if re.match(r"[A-Z]+\s", line)]

    assert instructions[0] == "FROM"
    assert instructions[-1] == "CMD"
    assert "RUN pip install --no-cache-dir --require-hashes -r requirements.lock" in lines


def test_web_and_worker_share_the_evidence_files_and_nobody_else_has_them():
    keepers = [
        name
        for name, service in COMPOSE["services"].items()
        if "evidence:/app/var/evidence" in service.get("volumes", [])
    ]

    assert sorted(keepers) == sorted(OURS)
    assert "evidence" in COMPOSE["volumes"]


def test_every_setting_of_the_env_file_reaches_the_portal():
    assert [COMPOSE["services"][name]["env_file"] for name in OURS] == [".env"] * 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "code"), [("portal.example.org", 0), ("other.example.org", 1)])
def test_the_health_check_asks_by_the_name_that_the_portal_answers_to(
    live_server, settings, name, code
):
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    asked = COMPOSE["services"]["web"]["healthcheck"]["test"]
    words = [word.replace("http://127.0.0.1:8000", live_server.url) for word in asked[2:]]

    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "SITE_URL": f"https://{name}"},
        check=False,
    )

    assert (asked[:2], done.returncode) == (["CMD", "python"], code)
