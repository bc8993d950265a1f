"""A worker that writes lots until there is none; it is killed by the test that started it."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from benefits import announcing  # noqa: E402


def main(announcement_id: int, lot: int) -> None:
    announcing.LOT = lot
    while announcing.write_a_lot(announcement_id, at=timezone.now()) is not None:
        sys.stdout.write("lot\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
