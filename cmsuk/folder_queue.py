"""The laptop's queue in a folder, whose files are never seen half written.

kombu opens a file under its last name and writes afterwards: a worker that looks just then finds it
empty, and ends. Here a file is written under another name and then renamed, which is one step.
"""

import os
import uuid
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps

NOBODY_LISTENS = "[]"


class Channel(filesystem.Channel):
    # Its two ancestors name the message differently.
    def _put(self, queue: str, payload: Any, **_kwargs: Any) -> None:  # type: ignore[override]
        """In the order of time, as kombu names them: `<moment>_<number>.<queue>.msg`."""
        folder = Path(self.data_folder_out)
        written = folder / f".{uuid.uuid4()}.written"
        try:
            written.write_text(dumps(payload))
            written.rename(folder / f"{monotonic_ns():020}_{uuid.uuid4()}.{queue}.msg")
        except OSError as error:
            raise ChannelError(f"The queue's folder {folder} takes no message.") from error

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str
    ) -> None:
        begin(Path(self.control_folder) / f"{exchange}.exchange")
        super()._queue_bind(exchange, routing_key or "", pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel


def begin(exchange: Path) -> None:
    """Let there be a list of who listens, empty at first, unless somebody was quicker."""
    if exchange.exists():
        return
    exchange.parent.mkdir(exist_ok=True)
    written = exchange.with_name(f".{uuid.uuid4()}.written")
    written.write_text(NOBODY_LISTENS)
    try:
        os.link(written, exchange)
    except FileExistsError:
        pass
    finally:
        written.unlink()
