"""Words and places are kept in memory for minutes: every test starts without them."""

import pytest

from directory.nearby import nearby
from directory.vocabulary import vocabulary


@pytest.fixture(autouse=True)
def nothing_kept():
    vocabulary.forget()
    nearby.forget()
