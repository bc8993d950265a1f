"""Seals a stream of bytes so that nobody without the key reads it, or changes it unnoticed.

Pieces of 64 KiB, each under ChaCha20-Poly1305, whose nonce is the number of the piece and whether
it is the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): a file
that was cut, extended, altered or put in another order does not open. Each file has a key of its
own, derived from the portal's by HKDF, so that no nonce is ever used twice.
"""

import base64
import binascii
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"CMSUK backup 1\n\x00"
PIECE, TAG = 64 * 1024, 16
KEY_BYTES, SALT_BYTES, HINT_BYTES = 32, 16, 8
HEAD = len(MAGIC) + SALT_BYTES + HINT_BYTES


class UnusableKey(ValueError):
    """The key is not one that `new_key` made."""


class NotABackup(ValueError):
    """The file does not begin as a backup does."""


class AnotherKey(ValueError):
    """The file was sealed with another key."""


class Altered(ValueError):
    """The file was cut or changed since it was written."""


def new_key() -> str:
    """A key as text: 32 bytes of chance."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode("ascii")


def read_key(text: str) -> bytes:
    """The bytes of a key. Raises UnusableKey."""
    try:
        key = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise UnusableKey("The key is no text that `backup --new-key` makes.") from error
    if len(key) != KEY_BYTES:
        raise UnusableKey(f"The key holds {len(key)} bytes and must hold {KEY_BYTES}.")
    return key


class Sealed:
    """Takes bytes, and writes them sealed; `finish` ends it, or nothing can be read."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = os.urandom(SALT_BYTES)
        self._file, self._kept, self._number = file, bytearray(), 0
        self._cipher = ChaCha20Poly1305(_derived(key, salt, b"pieces", KEY_BYTES))
        file.write(MAGIC + salt + _derived(key, salt, b"hint", HINT_BYTES))

    def write(self, content: bytes) -> int:
        self._kept += content
        while len(self._kept) > PIECE:
            self._seal(bytes(self._kept[:PIECE]), is_last=False)
            del self._kept[:PIECE]
        return len(content)

    def flush(self) -> None:
        """A piece is written when it is full."""

    def finish(self) -> None:
        self._seal(bytes(self._kept), is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, piece, None))
        self._number += 1


class Opened:
    """Reads what was sealed; gives nothing out that is not as it was written."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        head = file.read(HEAD)
        if len(head) < HEAD or not head.startswith(MAGIC):
            raise NotABackup("The file is no backup of this portal.")
        salt, hint = head[len(MAGIC) : -HINT_BYTES], head[-HINT_BYTES:]
        if hint != _derived(key, salt, b"hint", HINT_BYTES):
            raise AnotherKey("The backup was made with another key.")
        self._file, self._number, self._kept = file, 0, b""
        self._cipher = ChaCha20Poly1305(_derived(key, salt, b"pieces", KEY_BYTES))
        self._next = file.read(PIECE + TAG)
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end. Raises Altered."""
        while not self._is_over and (size < 0 or len(self._kept) < size):
            self._kept += self._open()
        cut = len(self._kept) if size < 0 else size
        given, self._kept = self._kept[:cut], self._kept[cut:]
        return given

    def _open(self) -> bytes:
        piece, self._next = self._next, self._file.read(PIECE + TAG)
        self._is_over = not self._next
        try:
            opened = self._cipher.decrypt(_nonce(self._number, is_last=self._is_over), piece, None)
        except InvalidTag as error:
            raise Altered("The backup was cut or changed since it was written.") from error
        self._number += 1
        return opened


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _derived(key: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, b"CMSUK backup " + purpose).derive(key)
