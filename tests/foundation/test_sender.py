"""Whose tries are counted: the sender's, not the proxy's, not whom the sender pretends to be."""

import pytest

from foundation.limits import sender

PRETENDED, REAL, PROXY = "203.0.113.9", "198.51.100.7", "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, "", PROXY),
        (0, PRETENDED, PROXY),
        (1, REAL, REAL),
        (1, f"{PRETENDED}, {REAL}", REAL),
        (2, f"{PRETENDED}, {REAL}, {PROXY}", REAL),
        (2, REAL, PROXY),
    ],
)
def test_only_what_our_own_proxies_noted_is_believed(rf, settings, proxies, header, expected):
    settings.TRUSTED_PROXY_COUNT = proxies

    found = sender(rf.get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=header))

    assert found == expected
