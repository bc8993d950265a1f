"""What every test starts from."""

import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import cache

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)


def pytest_configure(config: pytest.Config) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What this leg or this machine cannot run is not collected, and said in one line."""
    left_out = set()
    if os.environ.get("CMSUK_TEST_LEG") == "sqlite":
        left_out |= {"postgres", "browser"}
    elif not CHROMIUM:
        left_out.add("browser")
        config.get_terminal_writer().line(
            "Browser tests are left out: no Chromium found. Get it with `apt install chromium`."
        )
    kept = [
        item for item in items if not left_out.intersection(m.name for m in item.iter_markers())
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """Limits and sessions of one test are not another's; without a database there is no cache."""
    if any(name in request.fixturenames for name in ("db", "transactional_db")):
        cache.clear()
