"""One worker at the lots of a redating: does as many as each line on its standard input says."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from records import redating  # noqa: E402


def main(redating_id: int) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        for _lot in range(int(line)):
            redating.do_a_lot(redating_id, on=timezone.localdate(), at=timezone.now())
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
