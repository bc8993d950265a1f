"""Modules that few requests need, loaded when the first of them does (ADR 14).

    if TYPE_CHECKING:
        import pypdf
    else:
        pypdf = later("pypdf")

Readers of types see the module itself, and so does the check that rooms import one way.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class Later(ModuleType):
    """Stands for a module; whatever is asked of it is asked of that one, loaded by then."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def later(name: str) -> Later:
    """The module of that whole name. Python loads it once, whichever threads ask at once."""
    return Later(name)


@contextmanager
def held_back(name: str) -> Iterator[None]:
    """Whoever imports that module meanwhile, from a library say, gets a stand-in for it.

    For a module that nothing is taken out of meanwhile. One that is loaded already stays.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = later(name)
    try:
        yield
    finally:
        del sys.modules[name]
