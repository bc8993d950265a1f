"""Workers that are killed in the middle of an announcement: everybody gets it, and nobody twice."""

import datetime as dt
import itertools
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings as site
from django.db import connection
from django.utils import timezone

from benefits import announcing, news, progress
from benefits.models import Announcement, NewsConsent, Recipient
from foundation import letters, outbox
from foundation.models import Letter
from membership.models import FeeDue, Membership, Person
from tests.benefits.announcing import make_announcement, topic
from tests.factories import make_officer
from tests.patience import PATIENCE
from tests.payments.test_kills import asleep, holding, run
from tests.profiles import CHOSEN, LONG

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
MANY = 10_000 if CHOSEN == LONG else 600
KILLS = 3


def make_readers(count):
    """Active members who agreed, in bulk."""
    now, today = timezone.now(), timezone.localdate()
    Person.objects.bulk_create(
        Person(given_name="Reader", family_name=f"Number{number}", email=f"r{number}@example.org")
        for number in range(count)
    )
    people = list(Person.objects.order_by("pk"))
    FeeDue.objects.bulk_create(
        FeeDue(
            person=one,
            purpose="joining",
            type="associate",
            pence=7200,
            fixed_at=now,
            settled_on=today,
            starts_on=today,
            ends_on=today + dt.timedelta(days=300),
        )
        for one in people
    )
    Membership.objects.bulk_create(
        Membership(person=one, number=number, joined_on=today)
        for number, one in enumerate(people, 1)
    )
    events = topic("Events")
    NewsConsent.objects.bulk_create(
        NewsConsent(person=one, topic=events, wording=events.wording, given_at=now)
        for one in people
    )
    return people


def begun():
    announcement = make_announcement()
    now = timezone.now()
    announcing.plan(announcement.pk, send_at=now, by=make_officer(), at=now)
    announcing.begin(announcement.pk, at=now)
    return announcement


def start(announcement):
    """A worker in a process of its own."""
    database = connection.settings_dict
    host = f"{database['HOST']}:{database['PORT']}"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benefits.dying_writer", f"{announcement.pk}", "100"],
        cwd=site.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cmsuk.settings",
            "DATABASE_URL": f"postgres://{database['USER']}@{host}/{database['NAME']}",
        },
        stdout=subprocess.PIPE,
    )


def kill_among_its_letters(announcement):
    """Dies after a lot, in the middle of the next: its letters are written, not committed."""
    worker = start(announcement)
    assert worker.stdout.readline() == b"lot\n"
    with holding("foundation_letter"):
        while not (found := asleep()) and worker.poll() is None:
            pass
        worker.kill()
        worker.wait()
        run(f"SELECT pg_terminate_backend({found[0]})")
    worker.stdout.close()
    return worker.returncode


def test_each_gets_it_once_however_often_a_worker_is_killed(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.OUTBOX_DIR = "foundation.outbox.OutboxBackend", tmp_path
    people = make_readers(MANY)
    announcement = begun()

    codes = [kill_among_its_letters(announcement) for _ in range(KILLS)]
    half = Letter.objects.count()
    workers = [start(announcement) for _ in range(2)]
    for worker in workers:
        worker.communicate(timeout=PATIENCE)
    for pk in Letter.objects.values_list("pk", flat=True):
        letters.send(pk)
        letters.send(pk)

    announcement.refresh_from_db()
    assert codes == [-signal.SIGKILL] * KILLS
    assert 0 < half < MANY
    assert announcement.state == Announcement.State.SENT
    assert sorted(one.to for one in outbox.kept()) == sorted(one.email for one in people)
    assert progress.of(announcement).sent == MANY


def test_readers_who_leave_while_workers_write_get_no_letter_after_it(monkeypatch):
    monkeypatch.setattr(announcing, "LOT", 10)
    people = make_readers(200)
    announcement = begun()
    leaving = people[::4]

    def leave():
        for one in leaving:
            news.withdraw(one, [topic()], by=None, at=timezone.now())
        connection.close()

    def write():
        while announcing.write_a_lot(announcement.pk, at=timezone.now()) is not None:
            pass
        connection.close()

    threads = [threading.Thread(target=one) for one in (leave, write, write)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    went = set(Letter.objects.waiting().values_list("to", flat=True))
    assert went == {one.email for one in people} - {one.email for one in leaving}
    rows = Recipient.objects.values_list("state", flat=True)
    counts = {state: len(list(same)) for state, same in itertools.groupby(sorted(rows))}
    assert counts == {"left_out": 50, "written": 150}


def test_stopping_waits_for_the_lots_in_work_and_leaves_nothing_that_waits(monkeypatch):
    monkeypatch.setattr(announcing, "LOT", 5)
    make_readers(200)
    announcement = begun()
    first = threading.Event()

    def write():
        while announcing.write_a_lot(announcement.pk, at=timezone.now()) is not None:
            first.set()
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for one in threads:
        one.start()
    first.wait(PATIENCE)
    announcing.stop(announcement.pk, by=make_officer(), at=timezone.now())
    for one in threads:
        one.join()

    found = progress.of(announcement)
    assert Letter.objects.count() == 0
    assert (found.waiting, found.sent) == (200, 0)
