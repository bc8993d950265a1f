"""For an office that is locked out: nobody is left who could reset somebody's second step."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from membership import second_step
from membership.models import User


class Command(BaseCommand):
    help = "Take the second step from a login whose device is lost, and sign it out everywhere."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="the address to sign in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody signs in with “{email}”.")
        try:
            second_step.reset(user, by=None, at=timezone.now(), reason="on the server")
        except second_step.ResetRefused as error:
            raise CommandError(str(error)) from error
        self.stderr.write(
            f"Done. {user.email} sets up another second step when they next open the office; "
            "they get a letter about it."
        )
