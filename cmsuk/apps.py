"""Names the project to Django, so that its commands are found, and says which files it serves."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class CmsukConfig(AppConfig):
    name = "cmsuk"
    verbose_name = "CMSUK"


class ServedFilesConfig(StaticFilesConfig):
    """Of Bootstrap one style sheet is served, with its map: its name is in the sheet."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-*",
        "*.rtl.*",
        "bootstrap.css*",
        "bootstrap*.js*",
        "version.txt",
    ]
