"""What `manage.py check --deploy` says besides Django's own: our settings that grow old."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.checks import Warning as Advice
from django.utils import timezone

LONGEST = dt.timedelta(days=398)  # RFC 9116 recommends less than a year


def security_txt_is_in_date(app_configs: Any, **_options: Any) -> list[Advice]:
    """Whether finders of weaknesses are told where to write, and for how long that holds."""
    expires, today = settings.SECURITY_TXT_EXPIRES, timezone.localdate()
    if expires is not None and today <= expires <= today + LONGEST:
        return []
    return [
        Advice(
            "/.well-known/security.txt is not served, or for too long.",
            hint="Set SECURITY_TXT_EXPIRES to a day within the next year.",
            id="cmsuk.W001",
        )
    ]
