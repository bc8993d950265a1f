"""The runbook: every command, option, service and setting in it exists."""

import argparse
import re
import shlex
import threading
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import connection, connections

from tests.patience import PATIENCE
from tools import dev

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs" / "operations.md").read_text()
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
BLOCKS = re.findall(r"```\n(.+?)```", TEXT, re.DOTALL)
LINES = [line.strip() for block in BLOCKS for line in block.splitlines()]
LINES += re.findall(r"`((?:docker compose|python manage.py|make) [^`]+)`", TEXT)
MANAGED = [line.partition("manage.py ")[2] for line in LINES if "manage.py " in line]
COMPOSED = [line.removeprefix("docker compose ") for line in LINES if "docker compose" in line]


def test_every_topic_is_there():
    topics = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)

    assert topics == [
        "What runs",
        "Install",
        "Upgrade",
        "Backup and restore",
        "Rotate secrets",
        "PayPal is lost",
        "The bank feed is stale",
        "The queue is lost",
        "A data breach",
    ]


@pytest.mark.parametrize("line", sorted(set(MANAGED)))
def test_every_command_and_its_options_exist(line):
    name, *words = shlex.split(line.partition(" > ")[0])
    command = load_command_class(get_commands()[name], name)

    options = command.create_parser("manage.py", name).parse_args(words)

    assert isinstance(options, argparse.Namespace)


@pytest.mark.parametrize("line", sorted(set(COMPOSED)))
def test_every_service_exists(line):
    verb, *words = [word for word in shlex.split(line) if not word.startswith("-")]
    known = {"up", "run", "stop", "exec", "build", "restart", "logs"}
    named = words[:1] if verb in ("run", "exec") else words

    assert verb in known
    if verb != "logs":
        assert set(named) <= set(SERVICES)


def test_every_make_target_exists():
    named = re.findall(r"`make (\w+)`", TEXT)

    assert named
    assert set(named) <= set(dev.COMMANDS)


def test_every_setting_is_explained():
    named = set(re.findall(r"`([A-Z][A-Z_]{4,})`", TEXT))

    assert len(named) > 8
    explained = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in sorted(named) if f"`{name}`" not in explained] == []


def test_every_secret_is_named():
    secrets = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["secrets"]

    assert [name for name in secrets if f"`{name}`" not in TEXT] == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_migration_does_not_wait_for_a_table_that_is_in_use():
    """Going one step back and forth again needs the lock that somebody else holds."""
    taken, done = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
            taken.set()
            done.wait(PATIENCE)
            cursor.execute("ROLLBACK")
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(PATIENCE)
    with pytest.raises(CommandError, match="A table was in use for longer than 5s"):
        call_command("migrate", verbosity=0)
    done.set()
    holder.join()

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
