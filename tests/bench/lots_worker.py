"""One worker at the lots of a long piece of work: does as many as each line of its input says.

python -m tests.bench.lots_worker dates|letters KEY
"""

import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from benefits import announcing  # noqa: E402
from records import redating  # noqa: E402


def dates(key: int) -> None:
    redating.do_a_lot(key, on=timezone.localdate(), at=timezone.now())


def letters(key: int) -> None:
    announcing.write_a_lot(key, at=timezone.now())


WORK: dict[str, Callable[[int], None]] = {"dates": dates, "letters": letters}


def main(work: str, key: int) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        for _lot in range(int(line)):
            WORK[work](key)
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
