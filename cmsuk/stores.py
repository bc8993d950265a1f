"""Where files are kept: those that everybody may load, and those that few may open."""

from pathlib import Path
from typing import Any

ON_DISK = "django.core.files.storage.FileSystemStorage"


def under(var_dir: Path) -> dict[str, dict[str, Any]]:
    """The stores by name. Evidence files, and files that are put together for one reader, lie
    below no folder that is served: a page reads them.
    """
    return {
        "default": {"BACKEND": ON_DISK},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        "evidence": _for_few(var_dir / "evidence"),
        "made": _for_few(var_dir / "made"),
    }


def _for_few(folder: Path) -> dict[str, Any]:
    folder.mkdir(mode=0o700, exist_ok=True)
    return {"BACKEND": ON_DISK, "OPTIONS": {"location": folder, "file_permissions_mode": 0o600}}
