"""What is sealed opens as it was, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsuk.backup.sealing import (
    HEAD,
    PIECE,
    TAG,
    Altered,
    AnotherKey,
    NotABackup,
    Opened,
    Sealed,
    UnusableKey,
    new_key,
    read_key,
)

KEY = read_key(new_key())
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    writer = Sealed(file, key)
    writer.write(content)
    writer.finish()
    return file.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    return Opened(io.BytesIO(content), key).read()


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_as_it_was(size):
    content = b"A" * size

    assert opened(sealed(content)) == content


@given(st.lists(st.binary(max_size=300)), st.lists(st.integers(1, 200), min_size=1))
def test_it_does_not_matter_in_which_lots_it_is_written_and_read(lots, sizes):
    file = io.BytesIO()
    writer = Sealed(file, KEY)
    for lot in lots:
        writer.write(lot)
    writer.finish()
    file.seek(0)
    reader = Opened(file, KEY)

    read = [reader.read(size) for size in sizes]

    assert b"".join(read) + reader.read() == b"".join(lots)


def test_the_same_content_is_never_sealed_alike():
    assert sealed(b"the same") != sealed(b"the same")


def test_nothing_of_the_content_or_the_key_can_be_seen():
    file = sealed(b"Perdita Example" * 100)

    assert b"Perdita" not in file
    assert KEY not in file


@pytest.mark.parametrize("size", [1, PIECE, PIECE + 1, 3 * PIECE])
@pytest.mark.parametrize("cut", [1, TAG, PIECE + TAG])
def test_a_file_that_was_cut_does_not_open(size, cut):
    file = sealed(b"A" * size)

    with pytest.raises((Altered, NotABackup)):
        opened(file[:-cut])


@pytest.mark.parametrize("at", [HEAD, HEAD + PIECE, HEAD + PIECE + TAG, -1])
def test_one_bit_that_was_changed_keeps_it_shut(at):
    file = bytearray(sealed(b"A" * (2 * PIECE + 5)))
    file[at] ^= 1

    with pytest.raises(Altered):
        opened(bytes(file))


def test_pieces_in_another_order_do_not_open():
    file = sealed(b"A" * PIECE + b"B" * PIECE + b"C")
    whole = PIECE + TAG
    first, second = file[HEAD : HEAD + whole], file[HEAD + whole : HEAD + 2 * whole]

    with pytest.raises(Altered):
        opened(file[:HEAD] + second + first + file[HEAD + 2 * whole :])


def test_a_piece_left_out_or_something_added_keeps_it_shut():
    file = sealed(b"A" * 2 * PIECE + b"C")

    for changed in (file[:HEAD] + file[HEAD + PIECE + TAG :], file + b"more"):
        with pytest.raises(Altered):
            opened(changed)


def test_another_key_is_told_apart_from_damage():
    with pytest.raises(AnotherKey):
        opened(sealed(b"A"), read_key(new_key()))


@pytest.mark.parametrize("content", [b"", b"CMSUK backup 1\n", b"PK\x03\x04" + b"0" * 100])
def test_any_other_file_is_no_backup(content):
    with pytest.raises(NotABackup):
        opened(content)


@pytest.mark.parametrize(
    "text",
    ["", "short", "é", "A" * 43, new_key() + new_key()],
    ids=["none", "short", "no base64", "cut", "two"],
)
def test_a_key_that_was_not_made_for_it_is_refused(text):
    with pytest.raises(UnusableKey):
        read_key(text)
