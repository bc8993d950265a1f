"""Modules that few requests need, loaded when the first of them does (ADR 14).

    if TYPE_CHECKING:
        import pypdf
    else:
        pypdf = later("pypdf")

Readers of types see the module itself, and so does the check that rooms import one way.
"""

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
