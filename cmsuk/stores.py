"""Where files are kept: those that everybody may load, and those that few may open."""

from pathlib import Path
from typing import Any


def under(var_dir: Path) -> dict[str, dict[str, Any]]:
    """The stores by name. Evidence files lie below no folder that is served: a page reads them."""
    evidence = var_dir / "evidence"
    evidence.mkdir(mode=0o700, exist_ok=True)
    on_disk = "django.core.files.storage.FileSystemStorage"
    return {
        "default": {"BACKEND": on_disk},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        "evidence": {
            "BACKEND": on_disk,
            "OPTIONS": {"location": evidence, "file_permissions_mode": 0o600},
        },
    }
