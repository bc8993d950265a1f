"""The office inside Django admin: it opens on what waits, the society's own lists first."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

ORDER = ("membership", "payments", "website", "directory", "records", "benefits", "foundation")
NAMES = {
    "membership": "Members and applications",
    "payments": "Money",
    "website": "Website and calls",
    "directory": "Directory",
    "records": "Client records",
    "foundation": "Scheduled jobs",
    "account": "Logins: e-mail addresses",
    "mfa": "Logins: second steps",
    "auth": "Logins: groups of staff",
}


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


class OfficeConfig(AdminConfig):
    default_site = "cmsuk.office.OfficeSite"


def _place(label: str) -> int:
    return ORDER.index(label) if label in ORDER else len(ORDER)
