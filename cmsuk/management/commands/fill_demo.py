"""Fills an empty portal with made-up people."""

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Fill an empty portal with made-up people in every state; does nothing otherwise."

    def handle(self, *args: Any, **options: Any) -> None:
        return
