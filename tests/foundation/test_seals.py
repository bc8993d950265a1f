"""Chains, anchors and sealed files, built by hand: whatever is changed is named, nothing else."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import seals

AT = "2026-11-23T10:00:00+00:00"
LEAVES = st.lists(st.text("0123456789abcdef", min_size=4, max_size=4), unique=True, max_size=20)


def line(chain, number, text, *, previous, salt="salt"):
    told = {
        "kind": "line",
        "chain": chain,
        "number": number,
        "at": AT,
        "actor": "office",
        "verb": "wrote",
        "salt": salt,
        "text": text,
        "text_digest": seals.text_digest(salt, text),
        "previous": previous,
    }
    return told | {"digest": seals.line_digest(told)}


def chain_of(chain, *texts, salt="salt"):
    """The lines of a chain, each sealed upon the one before, and its head."""
    lines, previous = [], ""
    for number, text in enumerate(texts, start=1):
        lines.append(line(chain, number, text, previous=previous, salt=salt))
        previous = lines[-1]["digest"]
    return [*lines, head_of(chain, lines)]


def head_of(chain, lines):
    return {"kind": "head", "chain": chain, "head": lines[-1]["digest"], "length": len(lines)}


def anchored(anchor, told):
    held = {"anchor": anchor, "chain": told["chain"], "number": told["number"]}
    held["digest"] = told["digest"]
    return {"kind": "anchored", **held, "leaf": seals.leaf_of(held)}


ONE = chain_of("one", "came", "asked", "left")
TWO = chain_of("two", "came")
# The first night one had two lines and two had one; the second night one had three.
FIRST = [anchored(1, ONE[1]), anchored(1, TWO[0])]
SECOND = [anchored(2, ONE[2]), anchored(2, TWO[0])]
ROOTS = [seals.root_of([held["leaf"] for held in night]) for night in (FIRST, SECOND)]
ANCHORS = chain_of(seals.ANCHORS, *ROOTS, salt="")
WHOLE = [*FIRST, *SECOND, *ONE, *TWO, *ANCHORS]


def proof(night, held):
    path = seals.path_of(held["leaf"], [other["leaf"] for other in night])
    told = {name: held[name] for name in ("anchor", "chain", "number", "digest")}
    return {"kind": "proof", **told, "path": path}


OF_ONE = [proof(FIRST, FIRST[0]), proof(SECOND, SECOND[0]), *ONE, *ANCHORS]


def faults(records, anchors=2):
    return [
        (one.subject_key, one.number, one.words)
        for one in seals.faults_of(records, anchors=anchors)
    ]


def with_change(records, place, /, **change):
    return [*records[:place], records[place] | change, *records[place + 1 :]]


def without(records, place):
    return [*records[:place], *records[place + 1 :]]


def place(told, records=WHOLE):
    return records.index(told)


def sha(written):
    return hashlib.sha256(written).hexdigest()


def test_a_digest_is_the_sha_256_of_what_is_told_as_json():
    told = {"chain": "one", "number": 2, "at": "T", "actor": "A", "verb": "V"}
    told |= {"text_digest": "D", "previous": "P"}
    held = {"anchor": 7, "chain": "one", "number": 2, "digest": "D"}

    assert seals.seal("a", 1) == sha(b'["a", 1]')
    assert seals.text_digest("salt", "Zoë") == sha(b'["text", "salt", "Zo\\u00eb"]')
    assert seals.line_digest(told) == sha(b'["line", "one", 2, "T", "A", "V", "D", "P"]')
    assert seals.leaf_of(held) == sha(b'["leaf", 7, "one", 2, "D"]')


def node(left, right):
    return sha(f'["node", "{left}", "{right}"]'.encode())


@pytest.mark.parametrize(
    ("leaves", "root"),
    [
        ("", ""),
        ("a", "a"),
        ("ba", node("a", "b")),
        ("cab", node(node("a", "b"), "c")),
        ("abcd", node(node("a", "b"), node("c", "d"))),
        ("abcde", node(node(node("a", "b"), node("c", "d")), "e")),
    ],
)
def test_leaves_are_paired_in_their_own_order_and_who_is_left_over_goes_up(leaves, root):
    assert seals.root_of(leaves) == root


@pytest.mark.parametrize(
    ("leaf", "path"),
    [
        ("a", [("right", "b"), ("right", "c")]),
        ("b", [("left", "a"), ("right", "c")]),
        ("c", [("left", node("a", "b"))]),
    ],
)
def test_a_path_names_whoever_is_beside_one_on_the_way_up(leaf, path):
    assert seals.path_of(leaf, "cab") == path


@pytest.mark.parametrize("leaf", "abcde")
def test_each_of_five_climbs_to_the_root(leaf):
    assert seals.climb(leaf, seals.path_of(leaf, "ecbda")) == seals.root_of("abcde")


@given(LEAVES)
def test_every_path_leads_to_the_root(leaves):
    root = seals.root_of(leaves)

    assert {seals.climb(leaf, seals.path_of(leaf, leaves)) for leaf in leaves} <= {root}


@pytest.mark.parametrize(("records", "anchors"), [(WHOLE, 2), (OF_ONE, 0), ([], 0), (TWO, 0)])
def test_what_nobody_touched_verifies(records, anchors):
    assert faults(records, anchors) == []


def test_lines_are_counted_and_the_anchors_noted():
    checker = seals.Checker(anchors=2)
    found = [fault for record in WHOLE for fault in checker.take(record)]

    assert [*found, *checker.finish()] == []
    assert checker.lines == 6
    assert checker.anchor_digests == [ANCHORS[0]["digest"], ANCHORS[1]["digest"]]


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2026-11-24T10:00:00+00:00"},
        {"actor": "nobody"},
        {"verb": "left"},
        {"previous": "0" * 64},
    ],
)
def test_a_changed_line_is_named_and_no_other(change):
    changed = with_change(WHOLE, place(ONE[1]), **change)

    assert faults(changed) == [("one", 2, "the line was changed")]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"text": "forged"}, [("one", 2, "the text was changed")]),
        ({"salt": "", "text": "forged"}, [("one", 2, "the text was changed")]),
        ({"salt": "salt", "text": ""}, [("one", 2, "the text was changed")]),
        ({"salt": "", "text": ""}, []),
    ],
)
def test_words_may_be_erased_with_their_salt_and_never_replaced(change, found):
    assert faults(with_change(WHOLE, place(ONE[1]), **change)) == found


def test_a_line_that_was_sealed_anew_breaks_the_next_and_its_anchor():
    forged = line("one", 2, "forged", previous=ONE[0]["digest"])

    assert faults(with_change(WHOLE, place(ONE[1]), **forged)) == [
        ("one", 2, "not the line that anchor 1 holds"),
        ("one", 3, "the line was changed"),
    ]


def test_a_chain_that_was_sealed_anew_does_not_fit_its_anchors():
    forged = chain_of("one", "came", "forged", "left")

    assert faults([*FIRST, *SECOND, *forged, *TWO, *ANCHORS]) == [
        ("one", 2, "not the line that anchor 1 holds"),
        ("one", 3, "not the line that anchor 2 holds"),
    ]


def test_a_line_without_its_neighbour_is_told_as_missing():
    assert faults(without(WHOLE, place(ONE[1]))) == [
        ("one", 2, "a line is missing"),
        ("one", 3, "the line was changed"),
        ("one", 2, "the line was anchored and is missing"),
    ]


def test_a_chain_without_its_end_is_told():
    assert faults(without(WHOLE, place(ONE[2]))) == [
        ("one", 3, "the end of the chain was changed"),
        ("one", 3, "the line was anchored and is missing"),
    ]


@pytest.mark.parametrize("change", [{"length": 2}, {"length": 4}, {"head": "0" * 64}])
def test_a_changed_head_is_told(change):
    length = change.get("length", 3)

    assert faults(with_change(WHOLE, place(ONE[3]), **change)) == [
        ("one", length, "the end of the chain was changed")
    ]


def test_a_person_who_is_missing_whole_was_anchored():
    gone = [record for record in WHOLE if record not in TWO]

    assert faults(gone) == [("two", 1, "the line was anchored and is missing")]


def test_two_chains_of_one_name_after_each_other_are_two():
    assert faults([*TWO, *TWO], anchors=0) == []


def test_a_chain_without_a_head_ends_where_another_begins():
    assert faults([*ONE[:3], *TWO], anchors=0) == []


@pytest.mark.parametrize("change", [{"leaf": "0" * 64}, {"digest": "0" * 64}, {"number": 1}])
def test_what_an_anchor_holds_cannot_be_changed(change):
    changed = with_change(WHOLE, place(FIRST[0]), **change)
    number = change.get("number", 2)

    found = faults(changed)

    assert found[0] == ("one", number, "what anchor 1 holds of this line was changed")
    assert found[1:] == (
        [(seals.ANCHORS, 1, "the anchor does not fit what it holds")] if "leaf" in change else []
    )


def test_an_anchor_whose_leaf_was_taken_away_does_not_fit():
    assert faults(without(WHOLE, place(SECOND[1]))) == [
        (seals.ANCHORS, 2, "the anchor does not fit what it holds")
    ]


def test_an_anchor_that_is_missing_is_told():
    only_first = [*ANCHORS[:1], head_of(seals.ANCHORS, ANCHORS[:1])]

    assert faults([*FIRST, *SECOND, *ONE, *TWO, *only_first]) == [
        (seals.ANCHORS, 2, "the anchor is missing")
    ]
    assert faults([*OF_ONE[:5], OF_ONE[5], *only_first], anchors=0) == [
        (seals.ANCHORS, 2, "the anchor is missing")
    ]


def test_a_whole_history_has_the_leaves_of_every_anchor():
    assert faults([*ONE, *TWO, *ANCHORS], anchors=1) == [
        (seals.ANCHORS, 1, "the anchor does not fit what it holds")
    ]
    assert faults([*ONE, *TWO, *ANCHORS], anchors=0) == []


@pytest.mark.parametrize("path", [[], [("right", "0" * 64)]])
def test_a_path_that_leads_elsewhere_does_not_fit_its_anchor(path):
    assert faults(with_change(OF_ONE, 0, path=path), anchors=0) == [
        (seals.ANCHORS, 1, "the anchor does not fit what it holds")
    ]


ABOUT = {"format": seals.FORMAT, "of": "Zoë", "anchors": 2}


def as_rows(records=WHOLE, about=ABOUT):
    return list(seals.sealed_file(about, records))


def test_a_sealed_file_says_what_it_is_and_seals_every_line_upon_the_one_before():
    about = {"format": seals.FORMAT, "anchors": 0}
    rows = as_rows(TWO, about)

    sealed = sha(b'["file", "{\\"anchors\\": 0, \\"format\\": \\"CMSUK history 1\\"}"]')
    for record in TWO:
        sealed = seals.seal(sealed, json.dumps(record, sort_keys=True))
    assert [json.loads(row) for row in rows] == [
        about,
        *TWO,
        {"kind": "end", "records": 2, "seal": sealed},
    ]


def test_a_file_is_reported_whole():
    digests = [ANCHORS[0]["digest"], ANCHORS[1]["digest"]]

    assert seals.check_file(as_rows()) == seals.Report(ABOUT, 6, digests, [])


def test_the_faults_within_a_file_come_in_its_order():
    report = seals.check_file(as_rows(without(WHOLE, place(ONE[2]))))

    assert report.faults == [
        seals.Fault("one", 3, "the end of the chain was changed"),
        seals.Fault("one", 3, "the line was anchored and is missing"),
    ]


ROWS = as_rows()
END = json.loads(ROWS[-1])
BROKEN = seals.Fault("the file", 6, "the file was cut, changed or lengthened")


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[:-1],
        [*ROWS, ROWS[-1]],
        [*ROWS[:-1], json.dumps(END | {"records": END["records"] - 1})],
        [*ROWS[:-1], json.dumps(END | {"records": END["records"] + 1})],
        [*ROWS[:-1], json.dumps(END | {"seal": "0" * 64})],
        [json.dumps(ABOUT | {"of": "nobody"}), *ROWS[1:]],
    ],
)
def test_a_file_that_was_cut_changed_or_lengthened_is_told(rows):
    assert seals.check_file(rows).faults == [BROKEN]


def test_a_change_within_a_file_breaks_its_seal_as_well():
    changed = json.dumps(json.loads(ROWS[6]) | {"actor": "nobody"})

    assert seals.check_file([*ROWS[:6], changed, *ROWS[7:]]).faults == [
        seals.Fault("one", 2, "the line was changed"),
        BROKEN,
    ]


@pytest.mark.parametrize("rows", [[], ["[]"], ["{}"], ['{"format": "another"}']])
def test_what_is_no_such_file_is_refused(rows):
    with pytest.raises(ValueError, match=r"^This is no file of the format “CMSUK history 1”\.$"):
        seals.check_file(rows)


@pytest.fixture
def check(tmp_path, capsys):
    """What the script answers for a file of these rows: its code, and what it wrote."""

    def run(rows, *arguments):
        file = tmp_path / "history"
        file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        code = seals.main([str(file), *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err.replace(str(file), "FILE")

    return run


NEWEST = ANCHORS[1]["digest"]


@pytest.mark.parametrize(
    "arguments", [(), ("--anchor", NEWEST), ("--anchor", ANCHORS[0]["digest"])]
)
def test_the_script_says_that_everything_verifies(check, arguments):
    told = f"6 lines read; newest anchor {NEWEST}\nEverything verifies.\n"

    assert check(ROWS, *arguments) == (0, told, "")


def test_the_script_says_that_there_is_no_anchor(check):
    told = "1 lines read; newest anchor none\nEverything verifies.\n"

    assert check(as_rows(TWO, ABOUT | {"anchors": 0})) == (0, told, "")


def test_the_script_names_the_newest_anchor_where_there_is_one_alone(check):
    anchors = [*ANCHORS[:1], head_of(seals.ANCHORS, ANCHORS[:1])]
    rows = as_rows([*FIRST, *ONE, *TWO, *anchors], ABOUT | {"anchors": 1})
    told = f"5 lines read; newest anchor {ANCHORS[0]['digest']}\nEverything verifies.\n"

    assert check(rows) == (0, told, "")


def test_the_script_names_an_anchor_that_it_does_not_find(check):
    assert check(ROWS, "--anchor", "noted") == (
        1,
        (
            "anchor noted is not in this history\n"
            f"6 lines read; newest anchor {NEWEST}\nIt does NOT verify.\n"
        ),
        "",
    )


def test_the_script_names_every_fault(check):
    assert check(as_rows(with_change(WHOLE, place(ONE[1]), actor="nobody"))) == (
        1,
        (
            f"one, line 2: the line was changed\n6 lines read; newest anchor {NEWEST}\n"
            "It does NOT verify.\n"
        ),
        "",
    )


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["{}"], "This is no file of the format “CMSUK history 1”."),
        ([json.dumps({"format": seals.FORMAT})], "'anchors'"),
    ],
)
def test_the_script_says_why_a_file_cannot_be_read(check, rows, words):
    told = f"FILE cannot be read as an exported history: {words}\n"

    assert check(rows) == (2, "", told)


def test_the_script_says_how_it_is_called(capsys):
    with pytest.raises(SystemExit) as ended:
        seals.main(["--help"])

    told = [" ".join(row.split()) for row in capsys.readouterr().out.splitlines()]
    assert ended.value.code == 0
    assert {
        "Check an exported history of the CMSUK portal.",
        "--anchor ANCHOR the digest of an anchor noted elsewhere",
    } <= set(told)
