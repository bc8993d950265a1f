"""Names the project to Django, so that its commands are found."""

from django.apps import AppConfig


class CmsukConfig(AppConfig):
    name = "cmsuk"
    verbose_name = "CMSUK"
