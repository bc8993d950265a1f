"""A plugin for `make mutants`: no test begins with what an earlier one made the rules remember.

A mutant runs in a fork of a process that has run every test already: an answer that is kept there
is the answer of the rule before it was changed.
"""

import gc
from functools import cache

import pytest

OUR_ROOMS = ("foundation", "membership", "directory", "payments", "benefits", "records", "website")
KEPT = type(cache(len))
CACHES: list = []


def pytest_collection_finish(session: pytest.Session) -> None:
    CACHES[:] = [
        one
        for one in gc.get_objects()
        if isinstance(one, KEPT) and one.__module__.split(".")[0] in OUR_ROOMS
    ]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for one in CACHES:
        one.cache_clear()
