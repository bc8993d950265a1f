"""The page for a Prometheus server: true figures, no person in them, for nobody else."""

import os
import re
import time

import pytest

from cmsuk.metrics import counting
from foundation import letters, sweeps
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db
LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.e+-]+')


@pytest.fixture(autouse=True)
def own_counts(settings, tmp_path):
    settings.METRICS_DIR = tmp_path / "metrics"
    counting.own.pid = 0


def read(client, **how):
    return client.get("/metrics", **how).content.decode()


def figures(text):
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


def test_requests_are_counted_by_view_method_and_status(client):
    for _ in range(3):
        client.get("/faq/")
    client.get("/nowhere/Perdita/")

    found = figures(read(client))

    assert found['cmsuk_requests_total{view="website:faq",method="GET",status="200"}'] == "3"
    assert found['cmsuk_requests_total{view="nowhere",method="GET",status="404"}'] == "1"
    assert found['cmsuk_request_seconds_bucket{view="website:faq",le="+Inf"}'] == "3"
    assert found['cmsuk_request_seconds_count{view="website:faq"}'] == "3"


def test_no_address_that_was_asked_for_is_told(client):
    client.get("/nowhere/Perdita/?name=Perdita")
    client.get("/verify/perdita-example/")
    client.generic("PERDITA", "/faq/")

    assert "erdita" not in read(client).lower()


def test_every_line_is_as_prometheus_reads_it(client):
    client.get("/faq/")
    sweeps.finished("foundation.tasks.watch_jobs", at=A_MOMENT)
    sweeps.failed("records.tasks.run_schedule", at=A_MOMENT)

    lines = [line for line in read(client).splitlines() if not line.startswith("#")]

    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert len(lines) > 10


def test_letters_queue_and_jobs_are_told(client):
    letters.queue("office_jobs_missed", key="a", to="a@example.org", context={"missed": []})
    sweeps.finished("foundation.tasks.watch_jobs", at=A_MOMENT)

    found = figures(read(client))

    assert (found["cmsuk_letters_waiting"], found["cmsuk_queue_is_there"]) == ("1", "1")
    job = 'cmsuk_job_last_finished_timestamp_seconds{job="foundation.tasks.watch_jobs"}'
    assert float(found[job]) == A_MOMENT.timestamp()


def test_the_counts_of_all_processes_are_added_up(settings, client):
    other = counting.Counts()
    other.add("website:faq", "GET", 200, 0.3)
    settings.METRICS_DIR.mkdir()
    (settings.METRICS_DIR / "1-1.json").write_text(other.written())
    client.get("/faq/")

    found = figures(read(client))

    assert found['cmsuk_requests_total{view="website:faq",method="GET",status="200"}'] == "2"


@pytest.mark.parametrize(("days", "count"), [(29, "2"), (31, "1")])
def test_the_counts_of_a_process_that_ended_stay_for_a_month(settings, client, days, count):
    other = counting.Counts()
    other.add("website:faq", "GET", 200, 0.3)
    settings.METRICS_DIR.mkdir()
    file = settings.METRICS_DIR / "1-1.json"
    file.write_text(other.written())
    os.utime(file, (time.time() - days * 86_400,) * 2)
    client.get("/faq/")

    found = figures(read(client))

    assert found['cmsuk_requests_total{view="website:faq",method="GET",status="200"}'] == count


@pytest.mark.parametrize(
    ("seconds", "within"), [(0.05, ["0.05", "0.1"]), (0.0501, ["0.1"]), (11.0, [])]
)
def test_an_answer_is_counted_below_every_bound_that_it_kept(seconds, within):
    counts = counting.Counts()

    counts.add("a", "GET", 200, seconds)

    assert [bound for bound in ("0.05", "0.1") if counts.durations["a", bound]] == within
    assert counts.durations["a", "+Inf"] == 1


@pytest.mark.parametrize(
    "how",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": "127.0.0.1", "headers": {"X-Forwarded-For": "127.0.0.1"}},
    ],
)
def test_without_a_token_it_is_there_on_this_machine_alone(client, how):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", **how).status_code == 404


def test_behind_a_proxy_nothing_is_this_machine(client, settings):
    settings.TRUSTED_PROXY_COUNT = 1

    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("said", "status"),
    [("Bearer the word", 200), ("Bearer the wor", 404), ("the word", 404), ("", 404)],
)
def test_with_a_token_only_who_knows_it_may_read(client, settings, said, status):
    settings.METRICS_TOKEN = "the word"

    answer = client.get("/metrics", headers={"Authorization": said}, REMOTE_ADDR="127.0.0.1")

    assert answer.status_code == status
