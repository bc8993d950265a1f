"""What every test starts from."""

import os
import shutil
from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import connection
from django.db.models import Model
from hypothesis import is_hypothesis_test
from pytest_django.plugin import blocking_manager_key

from directory import counting
from tests import profiles, signed_in
from tests.chromium import CHROMIUM
from tests.factories import A_MOMENT
from tests.foundation import tampering
from tests.look import checkers
from tests.payments.demo_site import running


def pytest_report_header() -> str:
    return f"random tests: profile “{profiles.CHOSEN}”"


def pytest_configure(config: pytest.Config) -> None:
    set_for_tests()


def set_for_tests() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Tests make officers as they need them; where the second one matters it is switched on.
    settings.OVERRIDE_NEEDS_SECOND = False
    # The office is guarded as in production, for staff whose sign-in is no older than a test:
    # tests travel through years. See tests/test_entrance.py for its hours and minutes.
    settings.STAFF_SECOND_STEP = True
    settings.OFFICE_DAY_HOURS = settings.OFFICE_FRESH_MINUTES = 10**6
    if connection.vendor == "sqlite":
        # A file, as it is run: in memory, the threads of a site would share one connection.
        settings.DATABASES["default"]["TEST"]["NAME"] = str(settings.VAR_DIR / "test.sqlite3")
    user_logged_in.connect(signed_in.with_a_second_step)
    # Style sheets straight from their sources, for the browser tests; nothing is collected.
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


# What one leg alone runs: real locks, real browsers, what takes long.
ONE_LEG = {"postgres", "browser", "nu", "once"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]):
    """What cannot run here is left out; files with what takes long come first.

    After all others have put the tests in order: a long file at the end would keep one worker
    busy and the other idle.
    """
    mark_and_leave_out(config, items)
    yield
    long = {item.path for item in items if marks(item) & ONE_LEG}
    items.sort(key=lambda item: item.path not in long)


def marks(item: pytest.Item) -> set[str]:
    return {marker.name for marker in item.iter_markers()}


def mark_and_leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Random tests and races are soaked; what this leg or this machine cannot run is left out."""
    for item in items:
        is_random = is_hypothesis_test(getattr(item, "function", None))
        if is_random or item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.soak)
    left_out, say = set(), config.get_terminal_writer().line
    if os.environ.get("CMSUK_TEST_LEG") == "sqlite":
        left_out |= ONE_LEG
    elif not CHROMIUM:
        left_out.add("browser")
        say("Browser tests are left out: no Chromium found. Get it with `apt install chromium`.")
    if not (checkers.NU.is_file() and shutil.which("java")):
        left_out.add("nu")
        say("HTML is not checked: that needs Java and npm. Get them with `apt install npm`.")
    config.hook.pytest_deselected(items=[item for item in items if left_out & marks(item)])
    items[:] = [item for item in items if not left_out & marks(item)]


FACTS: list[tuple[type[Model], list[Model]]] = []
EMPTIED = [False]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Remembers what migrations put into the tables, lowest room first; leaves nobody behind."""
    with django_db_blocker.unblock():
        rooms = [apps.get_app_config(app.split(".")[0]) for app in settings.INSTALLED_APPS[:8]]
        models = [model for room in reversed(rooms) for model in room.get_models()]
        FACTS.extend((model, list(model._base_manager.all())) for model in models)
    yield
    with django_db_blocker.unblock():
        end_other_connections()


def end_other_connections() -> None:
    """A thread of the live server may keep its connection, and with it the test's database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def commits_for_real(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return marked or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """A test whose transactions are real ends by emptying every table, history as well."""
    if commits_for_real(item):
        EMPTIED[0] = True
        tampering.begin()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """So what migrations put there is put back, before the next test opens its transaction."""
    if not EMPTIED[0]:
        return
    with item.config.stash[blocking_manager_key].unblock():
        for model, rows in FACTS:
            if rows and not model._base_manager.exists():
                model._base_manager.bulk_create(rows)
        tampering.end()
    EMPTIED[0] = False


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """Limits, sessions and counts of one test are not another's; no database, no cache."""
    uses = {"db", "transactional_db"}.intersection(request.fixturenames)
    if uses or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()
        counting.forget()


@pytest.fixture
def at_a_moment() -> Iterator[time_machine.Traveller]:
    """The clock stands still at `A_MOMENT`."""
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        yield clock


@pytest.fixture
def paypal(tmp_path, settings):
    """A pretend PayPal of its own for each test that asks for one."""
    with running(state=tmp_path / "paypal.sqlite3") as site:
        settings.PAYPAL_ENDPOINT = site.base_url
        yield site
