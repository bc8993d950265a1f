"""Makes the people of the run, in the stack's own database, and prints who they are as JSON.

python -m tests.fire.before MEMBERS APPLICANTS
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from cmsuk.made_up import bulk  # noqa: E402
from membership.models import User  # noqa: E402
from payments.models import Invoice  # noqa: E402


def main(members: int, applicants: int) -> None:
    list(bulk.populate(members=members, records=members, seed=1, at=timezone.now()))
    owing = Invoice.objects.payable().select_related("account__person__user").order_by("pk")
    debts = [
        {
            "session": session_of(invoice.account.person.user),
            "number": invoice.number,
            "reference": invoice.account.payment_reference,
            "pence": invoice.rest_pence,
        }
        for invoice in owing
    ]
    newcomers = [session_of(newcomer(number)) for number in range(applicants)]
    json.dump({"debts": debts, "newcomers": newcomers}, sys.stdout)


def newcomer(number: int) -> User:
    user = User.objects.create_user(f"newcomer{number}@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
