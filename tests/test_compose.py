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
from tools.stack import Stack

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")


def test_web_worker_and_beat_share_one_image_and_one_environment():
    services = [COMPOSE["services"][name] for name in OURS]

    assert {service["image"] for service in services} == {"cmsuk-portal"}
    assert all(service["environment"] == services[0]["environment"] for service in services)


def test_every_value_that_production_needs_is_passed_on():
    environment = COMPOSE["services"]["web"]["environment"]
    passed = {name.removesuffix("_FILE") for name in environment}

    assert sorted(set(NEEDED_IN_PRODUCTION) - passed) == []


def test_there_are_two_of_web_and_worker_so_that_one_may_fail():
    replicas = {
        name: service.get("deploy", {}).get("replicas", 1) for name, service in SERVICES.items()
    }

    assert [name for name, count in replicas.items() if count == 2] == ["web", "worker"]


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_runs_as_root_or_writes_where_it_need_not(name):
    service = SERVICES[name]

    assert service["user"] in ("10001:10001", "postgres", "redis")
    assert service["read_only"] is True
    assert Path(service["tmpfs"][0].partition(":")[0]).name == "tmp"
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_takes_the_whole_machine(name):
    assert sorted(SERVICES[name]["deploy"]["resources"]["limits"]) == ["cpus", "memory", "pids"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_whatever_runs_on_is_watched_and_started_again(name):
    assert "test" in SERVICES[name]["healthcheck"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_secrets_come_out_of_files_that_are_declared_and_given():
    for service in SERVICES.values():
        named = {
            value.removeprefix("/run/secrets/")
            for name, value in service.get("environment", {}).items()
            if name.endswith("_FILE")
        }
        assert named == set(service.get("secrets", []))
        assert named <= set(COMPOSE["secrets"])


def test_no_secret_stands_in_the_environment():
    shown = {name for service in SERVICES.values() for name in service.get("environment", {})}

    assert [name for name in shown if re.search("SECRET|PASSWORD|TOKEN|_KEY", name)] == [
        name for name in shown if name.endswith("_FILE") and not name.endswith("_URL_FILE")
    ]


def test_secrets_are_kept_out_of_the_image_and_of_the_repository():
    for file in (".dockerignore", ".gitignore"):
        assert {"secrets/", ".env"} <= set((ROOT / file).read_text().split())


def test_database_and_queue_are_reached_from_inside_alone():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "redis"):
        assert (SERVICES[name]["networks"], "ports" in SERVICES[name]) == (["inside"], False)
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


def test_make_stack_starts_what_is_started_here(tmp_path):
    started = Stack(tmp_path, port=8000).commands()

    for name in ("worker", "beat"):
        command = " ".join(started[f"{name}-1"])
        assert " ".join(SERVICES[name]["command"].split()[:4]) in command
    image = (ROOT / "Dockerfile").read_text()
    assert '"gunicorn", "cmsuk.wsgi"' in image
    assert "gunicorn cmsuk.wsgi" in " ".join(started["web-1"])


def test_what_is_written_has_a_place_that_the_user_of_the_image_owns():
    image = (ROOT / "Dockerfile").read_text()
    mounted = {
        place.split(":")[1 if place in SERVICES["web"]["volumes"] else 0]
        for place in [*SERVICES["web"]["volumes"], *SERVICES["web"]["tmpfs"][1:]]
    }

    owned = re.search(r"chown -R 10001:10001 (.+)", image)[1].split()
    assert mounted == set(owned)
    assert "USER 10001" in image.splitlines()


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


@pytest.mark.parametrize("store", ["evidence", "made"])
def test_web_and_worker_share_the_private_files_and_nobody_else_has_them(store):
    keepers = [
        name
        for name, service in COMPOSE["services"].items()
        if f"{store}:/app/var/{store}" in service.get("volumes", [])
    ]

    assert sorted(keepers) == sorted(OURS)
    assert store in COMPOSE["volumes"]


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
