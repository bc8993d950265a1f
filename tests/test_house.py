"""The house itself: it starts, answers, and keeps its own rules."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_portal_lives_and_is_ready(client):
    assert client.get("/healthz").json() == {"alive": True}
    assert client.get("/readyz").json() == {
        "ready": True,
        "database": True,
        "migrated": True,
        "cache": True,
    }
