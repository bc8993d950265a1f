"""What every page may say of the society; no query, so that it costs nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def society(request: HttpRequest) -> dict[str, Any]:
    return {"society": settings.SOCIETY, "demo": settings.DEMO}
