"""A process of the portal that takes one step with money, to be killed in the middle of it.

python -m tests.payments.dying STEP ROW MOMENT
"""

import datetime as dt
import sys

import django


def main(step: str, row: str, moment: str) -> None:
    django.setup()
    from tests.payments import dying_steps  # noqa: PLC0415 - the models need a ready Django

    getattr(dying_steps, step)(int(row), dt.datetime.fromisoformat(moment))


if __name__ == "__main__":
    main(*sys.argv[1:])
