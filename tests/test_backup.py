"""Backup, wipe, restore: equal row by row, files included; or refused before anything changes."""

import csv
import datetime as dt
import gzip
import io
import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cmsuk.backup import parts, stored_files, tables
from cmsuk.backup.sealing import Sealed, new_key, read_key
from cmsuk.made_up import portal
from foundation import append_only, history
from foundation.models import Event
from membership import evidence_files
from membership.models import Application, Person
from payments import ledger_checks
from tests.factories import A_MOMENT, make_ready_application, make_user
from tests.foundation.files import pdf, sent

pytestmark = pytest.mark.django_db
ROOT = site.BASE_DIR


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BACKUP_KEY = new_key()
    settings.BACKUP_DIR = tmp_path / "backups"
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**kept, "OPTIONS": {"location": tmp_path / "media"}},
        "evidence": {**kept, "OPTIONS": {"location": tmp_path / "evidence"}},
    }


def run(command, *words, **options):
    out = io.StringIO()
    call_command(command, *words, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def snapshot():
    """Every row and every byte that the portal keeps."""
    rows = {model._meta.label: sorted(tables.lines(model)) for model in tables.everything()}
    files = {
        f"{store}/{name}": (stored_files.folder(store) / name).read_bytes()
        for store in stored_files.STORES
        for name in stored_files.names(store)
    }
    return rows, files


def somebody(name="Zenobia"):
    person = make_ready_application().person
    Person.objects.filter(pk=person.pk).update(given_name=name)
    application = Application.objects.get(person=person)
    evidence_files.add(
        sent(pdf(), "degree.pdf"),
        application_id=application.pk,
        section="qualifications",
        by=person.user,
        at=A_MOMENT,
    )
    return person


def wipe():
    """As on a new machine: the tables stand, nobody is in them, and no file is there."""
    connection.check_constraints()
    append_only.take_off(connection)
    call_command("flush", interactive=False, verbosity=0)
    connection.check_constraints()
    append_only.put_on(connection)
    for store in stored_files.STORES:
        shutil.rmtree(stored_files.folder(store), ignore_errors=True)


@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_and_wiped_comes_back_row_by_row_and_file_by_file(tmp_path):
    portal.fill(now=timezone.now())
    person = somebody()
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "empty.txt").touch()
    before = snapshot()
    numbers = {model: tables.last_number(model) for model in tables.everything()}
    written = json.loads(run("backup", str(tmp_path / "one")))
    wipe()
    assert not Person.objects.filter(pk=person.pk).exists()

    printed = run("restore", str(tmp_path / "one"), verify=True)

    assert snapshot() == before
    assert {model: tables.last_number(model) for model in tables.everything()} == numbers
    proofs = list(csv.DictReader(io.StringIO(printed)))
    assert {one["name"] for one in proofs if one["kind"] == "table"} == before[0].keys()
    assert {one["name"] for one in proofs if one["kind"] == "file"} == before[1].keys()
    rows = sum(map(len, before[0].values()))
    assert (written["rows"], written["files"]) == (rows, len(before[1])) == (rows, 2)
    assert list(history.faults()) == []
    assert list(ledger_checks.violations()) == []


def test_a_restored_number_is_never_given_twice(tmp_path):
    last = make_user()
    number = last.pk
    last.delete()
    run("backup", str(tmp_path / "one"))
    wipe()

    run("restore", str(tmp_path / "one"))

    assert make_user().pk == number + 1


def test_a_restored_history_is_still_added_to_only(tmp_path):
    history.record("person:1", "joined", at=A_MOMENT, by=None)
    run("backup", str(tmp_path / "one"))
    wipe()

    run("restore", str(tmp_path / "one"))

    with pytest.raises(DatabaseError):
        Event.objects.update(verb="left")


def test_the_file_shows_nothing_and_only_its_owner_may_read_it(tmp_path):
    somebody("Zenobia")

    run("backup", str(tmp_path / "one"))

    assert b"Zenobia" not in (tmp_path / "one").read_bytes()
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*.half")) == []


def refusal(*words, **options):
    before = snapshot()
    connection.check_constraints()
    with pytest.raises(CommandError) as refused:
        run("restore", *words, replace=True, verify=True, **options)
    assert snapshot() == before
    return str(refused.value)


def test_a_cut_or_altered_backup_is_refused_before_anything_is_changed(tmp_path):
    file = tmp_path / "one"
    somebody()
    run("backup", str(file))
    whole = file.read_bytes()
    somebody("Somebody Else")

    for damaged in (whole[:-1], whole[: len(whole) // 2], whole[:-9] + b"x" + whole[-8:]):
        file.write_bytes(damaged)
        assert "The backup was cut or changed since it was written." in refusal(str(file))
    file.write_bytes(b"not a backup at all")
    assert "The file is no backup of this portal." in refusal(str(file))
    assert "No such file" in refusal(str(tmp_path / "none"))


def test_another_key_is_refused(tmp_path, settings):
    somebody()
    run("backup", str(tmp_path / "one"))

    settings.BACKUP_KEY = new_key()

    assert "The backup was made with another key." in refusal(str(tmp_path / "one"))


@pytest.mark.parametrize(
    ("key", "words"),
    [("", "BACKUP_KEY is not set."), ("secret", "BACKUP_KEY cannot be used.")],
)
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_without_a_usable_key_nothing_is_done(settings, tmp_path, key, words, command):
    settings.BACKUP_KEY = key

    with pytest.raises(CommandError, match=words):
        run(command, str(tmp_path / "one"))

    assert list(tmp_path.glob("one*")) == []


def test_a_key_is_made_by_the_command(settings):
    settings.BACKUP_KEY = ""

    assert len(read_key(run("backup", new_key=True).strip())) == 32


def test_a_portal_in_use_is_not_replaced_unless_that_is_said(tmp_path):
    run("backup", str(tmp_path / "one"))
    somebody()
    before = snapshot()
    connection.check_constraints()

    with pytest.raises(CommandError, match="holds people or history"):
        run("restore", str(tmp_path / "one"))
    unchanged = snapshot() == before
    run("restore", str(tmp_path / "one"), replace=True)

    assert unchanged
    assert (Person.objects.count(), snapshot()[1]) == (0, {})


@pytest.fixture
def a_migration_more():
    """As if the portal had been upgraded."""
    recorder = MigrationRecorder(connection)
    yield lambda: recorder.record_applied("membership", "9999_from_tomorrow")
    recorder.record_unapplied("membership", "9999_from_tomorrow")


def test_a_backup_of_an_older_portal_says_so(tmp_path, a_migration_more):
    run("backup", str(tmp_path / "one"))
    a_migration_more()

    words = refusal(str(tmp_path / "one"))

    assert "made by an older portal: it lacks membership.9999_from_tomorrow." in words


def test_a_backup_of_a_newer_portal_says_so(tmp_path, a_migration_more):
    a_migration_more()
    run("backup", str(tmp_path / "one"))
    MigrationRecorder(connection).record_unapplied("membership", "9999_from_tomorrow")

    words = refusal(str(tmp_path / "one"))

    assert "made by a newer portal: this one lacks membership.9999_from_tomorrow." in words


def made_by_hand(path, *lines):
    """A backup with the right key, of whoever has it."""
    with path.open("wb") as file:
        sealed = Sealed(file, read_key(site.BACKUP_KEY))
        sealed.write(gzip.compress(b"".join(lines)))
        sealed.finish()


def head():
    return parts.as_line(parts.Head("2026-11-22T10:00:00+00:00", tables.migrations()))


def empty_file(store, name):
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    return [
        parts.as_line(parts.File(store, name)),
        parts.as_line(parts.FileEnd(store, name, 0, digest)),
    ]


@pytest.mark.parametrize(
    ("store", "name"), [("evidence", "../../stolen"), ("evidence", "/elsewhere/x"), ("static", "x")]
)
def test_a_file_that_would_lie_elsewhere_is_refused_and_all_is_as_before(tmp_path, store, name):
    somebody()
    made_by_hand(tmp_path / "one", head(), *empty_file(store, name), parts.as_line(parts.End(0, 1)))

    assert "a file that has no place here" in refusal(str(tmp_path / "one"))


def test_a_backup_that_was_never_finished_is_refused(tmp_path):
    somebody()
    made_by_hand(tmp_path / "one", head(), *empty_file("evidence", "x"))

    assert "it was never finished" in refusal(str(tmp_path / "one"))


def test_a_table_that_does_not_add_up_is_refused(tmp_path):
    somebody()
    table = parts.as_line(parts.Table("foundation.Counter", ["name", "last"]))
    end = parts.as_line(parts.TableEnd("foundation.Counter", 1, "0" * 64, None))
    made_by_hand(tmp_path / "one", head(), table, b'["a",1]\n', end, parts.as_line(parts.End(1, 0)))

    assert "The backup does not add up" in refusal(str(tmp_path / "one"))


def test_rows_that_break_a_key_are_refused_whole(tmp_path):
    somebody()
    model = tables.by_name()["foundation.Event"]
    facts = {"number": 1, "chain_id": "nobody's", "at": ["moment", "2026-11-22T10:00:00+00:00"]}
    names = [field.attname for field in model._meta.local_concrete_fields]
    row = json.dumps([facts.get(name, "x") for name in names], separators=(",", ":"))
    digest = tables.Digest()
    digest.add(row)
    made_by_hand(
        tmp_path / "one",
        head(),
        parts.as_line(parts.Table("foundation.Event", tables.columns(model))),
        f"{row}\n".encode(),
        parts.as_line(parts.TableEnd("foundation.Event", 1, str(digest), None)),
        parts.as_line(parts.End(1, 0)),
    )

    assert "the database refused it (IntegrityError)" in refusal(str(tmp_path / "one"))


def test_a_backup_can_be_proved_without_changing_anything(tmp_path):
    somebody()
    run("backup", str(tmp_path / "one"))
    before = snapshot()

    said = json.loads(run("restore", str(tmp_path / "one"), check=True))

    assert (said["tables"], said["files"]) == (len(tables.everything()), 1)
    assert snapshot() == before


@pytest.mark.parametrize(("days", "left"), [(34, 2), (36, 1)])
def test_backups_in_their_own_folder_go_once_they_are_too_old(settings, days, left):
    settings.BACKUPS_KEPT_DAYS = 35
    run("backup")
    file = next(settings.BACKUP_DIR.iterdir())
    old = file.rename(file.with_name("cmsuk-old.backup"))
    then = (timezone.now() - dt.timedelta(days=days)).timestamp()
    os.utime(old, (then, then))

    said = json.loads(run("backup"))

    assert len(list(settings.BACKUP_DIR.iterdir())) == left
    assert said["gone"] == ["cmsuk-old.backup"] * (2 - left)


def test_it_comes_back_on_a_machine_that_has_nothing_and_the_other_database(tmp_path):
    """A laptop's SQLite without a single table: set up, filled and proved by one command."""
    somebody()
    before = json.loads(run("backup", str(tmp_path / "one")))

    done = subprocess.run(
        [sys.executable, "manage.py", "restore", str(tmp_path / "one"), "--verify"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path / "new"),
            "BACKUP_KEY": site.BACKUP_KEY,
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr.count("are equal to the backup")) == (0, 1), done.stderr
    proofs = list(csv.DictReader(io.StringIO(done.stdout)))
    assert sum(int(one["size"]) for one in proofs if one["kind"] == "table") == before["rows"]
    assert len(list((tmp_path / "new" / "evidence").rglob("*"))) > 0
