"""Names the room to Django, and holds the policy against its tables."""

from django.apps import AppConfig
from django.core.checks import register

from records.policy_checks import every_column_has_a_policy


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Client records"

    def ready(self) -> None:
        register(every_column_has_a_policy)
