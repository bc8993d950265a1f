"""How hard the random tests try: few examples and always the same, or `make soak`.

A test names no number of its own: it takes the profile's, or a multiple of it by `times`.
"""

import os

from hypothesis import HealthCheck, settings

SHORT, LONG = "default", "soak"
CHOSEN = os.environ.get("HYPOTHESIS_PROFILE") or SHORT

# Slow machines are no fault of a test; the same examples each time keep a short run steady.
settings.register_profile(
    SHORT,
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    LONG,
    max_examples=2_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(CHOSEN)


def times(short: float, *, soak: float | None = None) -> settings:
    """So many times the profile's examples; in the long form `soak` times, where it is given."""
    factor = soak if soak is not None and CHOSEN == LONG else short
    return settings(max_examples=round(settings.get_profile(CHOSEN).max_examples * factor))


def pages(short: float, *, soak: float | None = None) -> settings:
    """The same for tests that post to pages, whose rows all lie in one transaction."""
    return settings(
        times(short, soak=soak),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
