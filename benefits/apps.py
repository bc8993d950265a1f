"""Names the room to Django."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "benefits"
    verbose_name = "Events, magazine and news"
