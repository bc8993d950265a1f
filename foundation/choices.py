"""Several rows chosen at once, where the numbers that are posted may be anything."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

LONGEST_NUMBER = 18
"""Digits of a row's number that every database holds; SQLite fails at a longer one in a list."""


class KnownChoicesField(forms.ModelMultipleChoiceField):
    """Refuses a number that no row can have before the database is asked for it."""

    def clean(self, value: Any) -> Any:
        posted: Iterable[object] = value if isinstance(value, (list, tuple)) else ()
        if any(len(str(one)) > LONGEST_NUMBER for one in posted):
            raise ValidationError("Choose only what is in the list.", code="invalid_choice")
        return super().clean(value)


class KnownChoicesMixin:
    """For admin pages with lists to choose several from."""

    def formfield_for_manytomany(
        self, db_field: "models.ManyToManyField[Any, Any]", request: Any = None, **kwargs: Any
    ) -> Any:
        kwargs.setdefault("form_class", KnownChoicesField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
