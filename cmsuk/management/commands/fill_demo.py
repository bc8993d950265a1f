"""Fills an empty portal with made-up people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cmsuk.made_up import portal


class Command(BaseCommand):
    help = "Fill an empty portal with made-up people in every state; does nothing otherwise."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Made-up people belong to the demo; PAYPAL_ENV says otherwise.")
        if portal.is_empty():
            self.stdout.write("Making up people ...")
            portal.fill(now=timezone.now())
