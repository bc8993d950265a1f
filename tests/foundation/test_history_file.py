"""A file with the history is verified by a script alone; whatever was done to it is named."""

import datetime as dt
import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation import anchors, history, seals
from foundation.models import Event
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_people():
    for subject in ("one", "two", "three"):
        for minute, verb in enumerate(("came", "asked", "left")):
            at = A_MOMENT + dt.timedelta(minutes=minute)
            history.record(subject, verb, at=at, by=None, text=f"{verb} of {subject}")
    anchors.anchor(at=A_MOMENT + dt.timedelta(hours=1))
    history.record("one", "wrote", at=A_MOMENT + dt.timedelta(hours=2), by=None, text="Łukasz")
    anchors.anchor(at=A_MOMENT + dt.timedelta(hours=3))
    history.record("one", "rang", at=A_MOMENT + dt.timedelta(hours=4), by=None)


def exported(*arguments):
    out = StringIO()
    call_command("export_history", *arguments, stdout=out)
    return out.getvalue().splitlines()


def check(rows):
    return [(one.subject_key, one.number, one.words) for one in seals.check_file(rows).faults]


def resealed(rows):
    """The file with its own seal made to fit again, as whoever changed it would."""
    about, *records = [json.loads(row) for row in rows]
    return list(seals.sealed_file(about, [one for one in records if one["kind"] != "end"]))


def place_of(rows, **told):
    parsed = [json.loads(row) for row in rows]
    (place,) = [i for i, row in enumerate(parsed) if told.items() <= row.items()]
    return place


def with_change(rows, change, **told):
    place = place_of(rows, **told)
    return resealed(
        [*rows[:place], json.dumps(json.loads(rows[place]) | change), *rows[place + 1 :]]
    )


def without(rows, **told):
    place = place_of(rows, **told)
    return resealed([*rows[:place], *rows[place + 1 :]])


@pytest.mark.parametrize("arguments", [(), ("--of", "one")])
def test_the_printed_script_verifies_a_printed_file_with_nothing_but_python(tmp_path, arguments):
    (tmp_path / "check.py").write_text("\n".join(exported("--script")))
    (tmp_path / "history").write_text("\n".join(exported(*arguments)))
    newest = history.of(seals.ANCHORS).first().digest

    done = subprocess.run(
        [sys.executable, "-I", "check.py", "history", "--anchor", newest],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"newest anchor {newest}\nEverything verifies.\n")


def test_the_script_names_the_line_and_ends_with_a_code(tmp_path, capsys):
    rows = with_change(exported(), {"text": "agreed"}, chain="two", number=2, kind="line")
    (tmp_path / "history").write_text("\n".join(rows))

    code = seals.main([str(tmp_path / "history")])

    assert code == 1
    assert capsys.readouterr().out.startswith("two, line 2: the text was changed\n")


def test_an_anchor_noted_elsewhere_and_not_in_the_file_is_told(tmp_path, capsys):
    (tmp_path / "history").write_text("\n".join(exported()))

    code = seals.main([str(tmp_path / "history"), "--anchor", "0" * 64])

    assert code == 1
    assert f"anchor {'0' * 64} is not in this history" in capsys.readouterr().out


@pytest.mark.parametrize("words", ["", "{}", "[1]", "no history", '{"format": "another"}'])
def test_what_is_no_history_is_refused_in_words(tmp_path, capsys, words):
    (tmp_path / "history").write_text(words)

    code = seals.main([str(tmp_path / "history")])

    assert code == 2
    assert "cannot be read as an exported history" in capsys.readouterr().err


def test_a_persons_file_holds_nobody_else():
    everybody, own = "\n".join(exported()), "\n".join(exported("--of", "one"))

    assert "asked of two" in everybody
    assert [word for word in ('"two"', '"three"', "of two", "of three") if word in own] == []
    assert check(own.splitlines()) == []


def test_a_history_that_does_not_exist_is_said_to():
    with pytest.raises(CommandError, match="There is no history of “nobody”"):
        exported("--of", "nobody")


def test_erased_words_are_in_no_file_and_it_verifies():
    history.erase_text("one")

    rows = exported("--of", "one")

    assert "Łukasz" not in "\n".join(rows)
    assert check(rows) == []
    assert check(exported()) == []


@pytest.mark.parametrize("scope", [(), ("--of", "one")])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(
    "change",
    [
        {"verb": "agreed"},
        {"at": "2026-11-22T10:00:00.000001+00:00"},
        {"actor": "user 1"},
        {"text": "agreed"},
        {"salt": "0" * 32},
        {"text_digest": "0" * 64},
        {"previous": "0" * 64},
        {"digest": "0" * 64},
    ],
)
def test_an_altered_row_is_named(scope, number, change):
    rows = with_change(exported(*scope), change, kind="line", chain="one", number=number)

    assert ("one", number) in {(subject, at) for subject, at, _words in check(rows)}


@pytest.mark.parametrize("scope", [(), ("--of", "one")])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_row_cut_out_is_named(scope, number):
    rows = without(exported(*scope), kind="line", chain="one", number=number)

    assert ("one", number) in {(subject, at) for subject, at, _words in check(rows)}


@pytest.mark.parametrize("scope", [(), ("--of", "one")])
def test_rows_that_changed_places_are_named(scope):
    rows = exported(*scope)
    first, second = (place_of(rows, kind="line", chain="one", number=n) for n in (2, 3))
    rows[first], rows[second] = rows[second], rows[first]

    assert {("one", 2), ("one", 3)} <= {(who, at) for who, at, _words in check(resealed(rows))}


@pytest.mark.parametrize("scope", [(), ("--of", "one")])
@pytest.mark.parametrize("anchor", [1, 2])
def test_an_altered_anchor_is_named(scope, anchor):
    rows = exported(*scope)

    altered = with_change(rows, {"text": "0" * 64}, kind="line", chain="anchors", number=anchor)
    moved = with_change(
        rows, {"text_digest": "0" * 64}, kind="line", chain="anchors", number=anchor
    )

    assert ("anchors", anchor, "the text was changed") in check(altered)
    assert ("anchors", anchor, "the anchor does not fit what it holds") in check(moved)


@pytest.mark.parametrize("scope", [(), ("--of", "one")])
def test_an_anchor_cut_out_is_named(scope):
    rows = without(exported(*scope), kind="line", chain="anchors", number=2)

    assert ("anchors", 2, "the anchor is missing") in check(rows)


def test_a_chain_left_out_of_the_whole_is_named_by_its_anchor():
    about, *rest = exported()
    kept = [row for row in rest if json.loads(row).get("chain") != "two" or '"anchored"' in row]

    assert ("two", 3, "the line was anchored and is missing") in check(resealed([about, *kept]))


def test_a_person_who_rewrites_their_own_history_is_found_by_the_anchors():
    rows = exported("--of", "one")
    place = place_of(rows, kind="line", chain="one", number=1)
    lines = [json.loads(row) for row in rows]
    previous = ""
    for line in lines[place : place + 5]:
        line |= {"verb": "agreed", "previous": previous}
        previous = line["digest"] = seals.line_digest(line)
    lines[place + 5]["head"] = previous

    found = check(resealed([json.dumps(line) for line in lines]))

    assert found == [
        ("one", 3, "not the line that anchor 1 holds"),
        ("one", 4, "not the line that anchor 2 holds"),
    ]


@pytest.mark.parametrize("cut", [1, 2, 5])
def test_a_file_cut_at_its_end_is_named(cut):
    rows = exported()[:-cut]

    assert "the file was cut, changed or lengthened" in {words for *_rest, words in check(rows)}


def test_the_second_anchor_holds_only_what_grew():
    assert Event.objects.filter(chain=seals.ANCHORS).count() == 2
    assert anchors.anchor(at=A_MOMENT + dt.timedelta(hours=5)).number == 3
    assert anchors.anchor(at=A_MOMENT + dt.timedelta(hours=6)) is None


@pytest.mark.parametrize("count", [*range(1, 10), 33])
def test_every_leaf_climbs_to_the_root(count):
    leaves = [seals.seal("leaf", number) for number in range(count)]

    roots = {seals.climb(leaf, seals.path_of(leaf, leaves)) for leaf in leaves}

    assert roots == {seals.root_of(leaves)}
