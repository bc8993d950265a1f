"""Names the project to Django, so that its commands are found, and says which files it serves."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.checks import Tags, register

from cmsuk.deploy_checks import security_txt_is_in_date


class CmsukConfig(AppConfig):
    name = "cmsuk"
    verbose_name = "CMSUK"

    def ready(self) -> None:
        register(security_txt_is_in_date, Tags.security, deploy=True)


class OfficeConfig(AdminConfig):
    """Django's admin, with our own door and first screen."""

    default_site = "cmsuk.office.OfficeSite"


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
