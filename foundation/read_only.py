"""Rows that the office looks at and does not change: one module alone writes them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest

EMPTY = (None, "")


class ReadOnlyAdmin(admin.ModelAdmin):
    """What is empty is left out: a page of dashes says nothing."""

    has_history = False
    """Nobody changes such a row by hand, so there is no list of changes to lead to."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = super().get_fieldsets(request, obj)
        if obj is None:
            return shown
        return [(name, {**told, "fields": _full(told["fields"], obj)}) for name, told in shown]


def _full(names: Any, obj: Any) -> list[Any]:
    return [name for name in names if not isinstance(name, str) or not _is_empty(name, obj)]


def _is_empty(name: str, obj: Any) -> bool:
    """Of columns only: what a page works out itself it words itself."""
    try:
        column = obj._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return not column.many_to_many and getattr(obj, column.attname) in EMPTY
