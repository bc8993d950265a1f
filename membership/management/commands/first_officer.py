"""Makes the first member of staff."""

import argparse
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from membership import officers


class Command(BaseCommand):
    help = "Make the first member of staff, with every permission, and print a link to a password."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="the address to sign in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            validate_email(email)
            user = officers.make_first(email=email, at=timezone.now())
        except ValidationError as error:
            raise CommandError(f"“{email}” is not an e-mail address.") from error
        except officers.StaffExists as error:
            raise CommandError(str(error)) from error
        self.stdout.write(officers.password_link(user))
        minutes = settings.PASSWORD_RESET_TIMEOUT // 60
        self.stderr.write(
            f"Open this link within {minutes} minutes to choose the password of {user.email}. "
            "It works once."
        )
        if settings.STAFF_SECOND_STEP:
            self.stderr.write(
                "The office then asks for a second step: have a telephone with an authenticator "
                "app at hand, or a passkey, and keep the recovery codes on paper."
            )
