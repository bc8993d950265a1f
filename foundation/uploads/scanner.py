"""Asks ClamAV about a file, where the installation has one: the INSTREAM command of clamd."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.conf import settings

CHUNK = 64 * 1024
TIMEOUT_SECONDS = 10
LONGEST_ANSWER = 4096


class ScannerUnreachable(RuntimeError):
    """The scanner is set but gave no verdict; nothing is known about the file."""


class Verdict(StrEnum):
    """What is known of a file; without a scanner nothing speaks against it."""

    CLEAN = "clean"
    HARMFUL = "harmful"


def scan(content: bytes) -> Verdict:
    """Raises ScannerUnreachable. Call it outside of any transaction: it waits for a network."""
    where = settings.CLAMAV_SOCKET
    if not where:
        return Verdict.CLEAN
    try:
        with _connected(where) as line:
            answer = _ask(line, content)
    except (OSError, ValueError) as error:
        raise ScannerUnreachable("The virus scanner did not answer.") from error
    if answer.endswith("FOUND"):
        return Verdict.HARMFUL
    if answer.endswith(": OK"):
        return Verdict.CLEAN
    raise ScannerUnreachable("The virus scanner gave no verdict.")


@contextmanager
def _connected(where: str) -> Iterator[socket.socket]:
    """“/run/clamav/clamd.ctl” or “host:3310”."""
    if "/" in where:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(TIMEOUT_SECONDS)
            line.connect(where)
            yield line
        return
    host, _, port = where.rpartition(":")
    with socket.create_connection((host, int(port)), TIMEOUT_SECONDS) as line:
        yield line


def _ask(line: socket.socket, content: bytes) -> str:
    """Each piece goes with its length before it; a piece of no length ends the file."""
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), CHUNK):
        piece = content[start : start + CHUNK]
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
