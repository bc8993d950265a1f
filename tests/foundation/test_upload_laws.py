"""Whatever bytes arrive: a file is kept or refused in words, and nothing else ever happens."""

from hypothesis import example, given
from hypothesis import strategies as st

from foundation.uploads import Kind, Refused, check
from tests.foundation.files import packed_pdf, pdf, picture, sent

MOST = 100_000
SOUND = [pdf(), packed_pdf(), picture("JPEG"), picture("PNG"), picture("PNG", mode="P")]
BITS = [b"", b"\0", b"<<", b"[", b"(", b" 0 R", b"-1", b"stream\n", b"endobj", b"/Length 99999999"]
WOUNDS = st.lists(
    st.tuples(st.integers(8, 600), st.integers(0, 8), st.sampled_from(BITS)), min_size=1, max_size=6
)


def outcome(content: bytes) -> str:
    try:
        return check(sent(content), max_bytes=MOST).kind
    except Refused as refused:
        return str(refused)


@given(st.sampled_from(SOUND), WOUNDS)
def test_a_wounded_file_is_taken_or_refused_in_words(content, wounds):
    for at, gone, put in wounds:
        content = content[:at] + put + content[at + gone :]

    assert outcome(content)


@given(st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]), st.binary())
@example(b"%PDF-", b"stream\n" * 10_000)
@example(b"%PDF-", b"1 0 obj " * 10_000)
@example(b"%PDF-", b"<<" * 40_000)
def test_any_bytes_behind_a_right_beginning_are_refused_in_words(beginning, rest):
    assert not isinstance(outcome(beginning + rest), Kind)


@given(st.text(max_size=300))
def test_no_name_is_a_path_or_longer_than_may_be_shown(name):
    upload = sent(pdf())
    upload.__dict__["_name"] = name

    kept = check(upload, max_bytes=MOST).name

    assert 0 < len(kept) <= 100
    assert kept.lower().endswith(".pdf")
    assert kept.isprintable()
    assert not {"/", "\\"} & set(kept)
