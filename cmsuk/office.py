"""The office inside Django admin: it opens on what waits, the society's own lists first."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponseBase

from cmsuk import entrance

ORDER = ("membership", "payments", "website", "directory", "records", "benefits", "foundation")
NAMES = {
    "account": "Logins: e-mail addresses",
    "mfa": "Logins: second steps",
    "auth": "Logins: groups of staff",
}
"""Of rooms that are not ours; ours name themselves."""
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class OfficeSite(AdminSite):
    """Django's own, with a first screen and a plain order."""

    site_header = "CMSUK office"
    site_title = "CMSUK office"
    index_title = "Office"
    index_template = "website/office_home.html"

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """The rooms in the order of their use, then what only logins need."""
        rooms: list[dict[str, Any]] = super().get_app_list(request, app_label)
        for room in rooms:
            room["name"] = NAMES.get(room["app_label"], room["name"])
        return sorted(rooms, key=lambda room: _place(room["app_label"]))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Behind the door; and it refuses ticked rows that no list has shown.

        Django stumbles over those.
        """
        shown = getattr(view, "__self__", None)
        if isinstance(shown, ModelAdmin):
            view = _of_real_rows(view, shown)
        return _behind_the_door(super().admin_view(view, cacheable))


def _behind_the_door(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return entrance.stopped(request) or view(request, *args, **kwargs)

    return cast(View, answer)


def _of_real_rows(view: View, shown: ModelAdmin) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
                shown.opts.pk.to_python(key or "none")
        except ValidationError as error:
            raise BadRequest("A ticked row is not one of the list.") from error
        return view(request, *args, **kwargs)

    return cast(View, answer)


def _place(label: str) -> int:
    return ORDER.index(label) if label in ORDER else len(ORDER)
