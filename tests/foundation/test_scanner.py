"""Asking a virus scanner, over a real socket."""

import pytest

from foundation.uploads import ScannerUnreachable, Verdict, scan
from tests.foundation.clamd import MARKER, nobody_there, scanner, scanner_at_a_path


def test_without_a_scanner_nothing_speaks_against_a_file(settings):
    settings.CLAMAV_SOCKET = ""

    assert scan(MARKER) is Verdict.CLEAN


def test_a_scanner_gets_the_whole_file_and_tells_harm_from_none(settings):
    large = b"x" * 200_000

    with scanner() as (settings.CLAMAV_SOCKET, seen):
        verdicts = [scan(large), scan(large + MARKER)]

    assert verdicts == [Verdict.CLEAN, Verdict.HARMFUL]
    assert seen == [large, large + MARKER]


def test_a_scanner_may_listen_at_a_path(settings):
    with scanner_at_a_path() as (settings.CLAMAV_SOCKET, _seen):
        assert scan(MARKER) is Verdict.HARMFUL


@pytest.mark.parametrize(
    "answer",
    [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: not OK today\0", b"\xff\xff\0"],
)
def test_any_other_answer_is_no_verdict(settings, answer):
    with scanner(answer) as (settings.CLAMAV_SOCKET, _seen), pytest.raises(ScannerUnreachable):
        scan(b"x")


@pytest.mark.parametrize("where", ["/nowhere/clamd.ctl", "no-port", "127.0.0.1:no-number"])
def test_a_scanner_that_is_not_there_gives_no_verdict(settings, where):
    settings.CLAMAV_SOCKET = where

    with pytest.raises(ScannerUnreachable):
        scan(b"x")


def test_a_scanner_that_refuses_the_connection_gives_no_verdict(settings):
    settings.CLAMAV_SOCKET = nobody_there()

    with pytest.raises(ScannerUnreachable):
        scan(b"x")
