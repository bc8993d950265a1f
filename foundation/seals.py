#!/usr/bin/env python3
"""How the history of the portal is sealed, and a check of it that needs nothing but Python.

As a module the portal uses it to write and to verify. As a script it checks a file that the portal
exported, on any machine and without the portal: python3 verify_history.py FILE [--anchor DIGEST]
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT = "CMSUK history 1"
ANCHORS = "anchors"
EVERYTHING = "everything"
THE_FILE = "the file"

Record = Mapping[str, Any]
Way = list[tuple[str, str]]


@dataclass(frozen=True)
class Fault:
    """A place where the history does not verify: whose, the number of the line, and how."""

    subject_key: str
    number: int
    words: str


def seal(*parts: str | int) -> str:
    """SHA-256 over the parts; written as JSON, so that no part can be moved into its neighbour."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def text_digest(salt: str, text: str) -> str:
    """Stands in the chain for the words. Without the salt nobody can guess the words from it."""
    return seal("text", salt, text)


def line_digest(line: Record) -> str:
    """Over everything that a line says, whose it is, and the line before it."""
    told = ("chain", "number", "at", "actor", "verb", "text_digest", "previous")
    return seal("line", *(line[name] for name in told))


def leaf_of(head: Record) -> str:
    """What an anchor holds of one chain: its newest line on that night."""
    return seal("leaf", *(head[name] for name in ("anchor", "chain", "number", "digest")))


def root_of(leaves: Iterable[str]) -> str:
    """One digest over all leaves (a Merkle tree); in the order of the leaves themselves."""
    row = sorted(leaves)
    while len(row) > 1:
        row = _above(row)
    return row[0] if row else ""


def path_of(leaf: str, leaves: Iterable[str]) -> Way:
    """What has to be known besides one leaf to come to the root; nobody else is named by it."""
    row, path = sorted(leaves), []
    place = row.index(leaf)
    while len(row) > 1:
        other = place ^ 1
        if other < len(row):
            path.append(("left" if other < place else "right", row[other]))
        row, place = _above(row), place // 2
    return path


def climb(leaf: str, path: Iterable[Iterable[str]]) -> str:
    """The root that a leaf and its path lead to."""
    for side, other in path:
        leaf = seal("node", other, leaf) if side == "left" else seal("node", leaf, other)
    return leaf


def _above(row: list[str]) -> list[str]:
    pairs = [row[place : place + 2] for place in range(0, len(row), 2)]
    return [seal("node", *pair) if len(pair) == 2 else pair[0] for pair in pairs]


class Checker:
    """Takes the records of a history one by one and says what is wrong with them.

    What the anchors hold comes first, then each chain's lines in order, then its head. A whole
    history has every leaf of every anchor up to `anchors`; a person's has the paths of their own.
    """

    def __init__(self, *, anchors: int = 0) -> None:
        self.anchors = anchors
        self.lines = 0
        self.anchor_digests: list[str] = []
        self._leaves: dict[int, list[str]] = {}
        self._roots: dict[int, list[str]] = {}
        self._anchored: dict[tuple[str, int], list[tuple[int, str]]] = {}
        self._chain, self._previous, self._expected = "", "", 1
        self._takers = {
            "anchored": self._take_leaf,
            "proof": self._take_proof,
            "line": self._take_line,
            "head": self._take_head,
        }

    def take(self, record: Record) -> Iterator[Fault]:
        """The faults that this record shows."""
        return self._takers[record["kind"]](record)

    def finish(self) -> Iterator[Fault]:
        """The faults of what did not come at all."""
        for chain, number in self._anchored:
            yield Fault(chain, number, "the line was anchored and is missing")
        for anchor in sorted({*self._leaves, *self._roots}):
            yield Fault(ANCHORS, anchor, "the anchor is missing")

    def _take_leaf(self, record: Record) -> Iterator[Fault]:
        self._leaves.setdefault(record["anchor"], []).append(record["leaf"])
        if record["leaf"] != leaf_of(record):
            words = f"what anchor {record['anchor']} holds of this line was changed"
            yield Fault(record["chain"], record["number"], words)
            return
        self._expect(record)

    def _take_proof(self, record: Record) -> Iterator[Fault]:
        root = climb(leaf_of(record), record["path"])
        self._roots.setdefault(record["anchor"], []).append(root)
        self._expect(record)
        yield from ()

    def _expect(self, record: Record) -> None:
        noted = self._anchored.setdefault((record["chain"], record["number"]), [])
        noted.append((record["anchor"], record["digest"]))

    def _take_line(self, line: Record) -> Iterator[Fault]:
        self._begin(line["chain"])
        self.lines += 1
        chain, number = line["chain"], line["number"]
        if number != self._expected:
            yield Fault(chain, self._expected, "a line is missing")
        if line["previous"] != self._previous or line["digest"] != line_digest(line):
            yield Fault(chain, number, "the line was changed")
        # Erasing takes the salt with the words: words without a salt were put there afterwards.
        is_kept = bool(line["salt"] or line["text"])
        if is_kept and line["text_digest"] != text_digest(line["salt"], line["text"]):
            yield Fault(chain, number, "the text was changed")
        yield from self._against_anchors(line)
        self._previous, self._expected = line["digest"], number + 1

    def _against_anchors(self, line: Record) -> Iterator[Fault]:
        chain, number = line["chain"], line["number"]
        for anchor, digest in self._anchored.pop((chain, number), []):
            if digest != line["digest"]:
                yield Fault(chain, number, f"not the line that anchor {anchor} holds")
        if chain != ANCHORS:
            return
        self.anchor_digests.append(line["digest"])
        roots = self._roots.pop(number, [])
        if number <= self.anchors:
            roots.append(root_of(self._leaves.pop(number, [])))
        if any(line["text_digest"] != text_digest("", root) for root in roots):
            yield Fault(ANCHORS, number, "the anchor does not fit what it holds")

    def _take_head(self, head: Record) -> Iterator[Fault]:
        self._begin(head["chain"])
        if (head["head"], head["length"]) != (self._previous, self._expected - 1):
            yield Fault(head["chain"], head["length"], "the end of the chain was changed")
        self._chain = ""

    def _begin(self, chain: str) -> None:
        if chain != self._chain:
            self._chain, self._previous, self._expected = chain, "", 1


def faults_of(records: Iterable[Record], *, anchors: int) -> Iterator[Fault]:
    """Every fault of a history whose records come out of the portal's own tables."""
    checker = Checker(anchors=anchors)
    for record in records:
        yield from checker.take(record)
    yield from checker.finish()


@dataclass(frozen=True)
class Report:
    """What a file is, what is wrong with it, and the anchors by which it can be compared."""

    about: Record
    lines: int
    anchor_digests: list[str]
    faults: list[Fault]


def check_file(rows: Iterable[str]) -> Report:
    """Read an exported file line by line. Raises ValueError where it is no such file."""
    parsed = (json.loads(row) for row in rows)
    about = next(parsed, None)
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise ValueError(f"This is no file of the format “{FORMAT}”.")
    checker = Checker(anchors=about["anchors"])
    faults: list[Fault] = []
    running, ended = seal("file", json.dumps(about, sort_keys=True)), False
    for number, record in enumerate(parsed, start=1):
        if record["kind"] == "end":
            ended = record["seal"] == running and record["records"] == number - 1
            break
        running = seal(running, json.dumps(record, sort_keys=True))
        faults += checker.take(record)
    faults += checker.finish()
    if not ended or next(parsed, None) is not None:
        faults.append(Fault(THE_FILE, checker.lines, "the file was cut, changed or lengthened"))
    return Report(about, checker.lines, checker.anchor_digests, faults)


def sealed_file(about: Record, records: Iterable[Record]) -> Iterator[str]:
    """The lines of a file that `check_file` reads: what it is, the records, and a seal over all."""
    running, count = seal("file", json.dumps(about, sort_keys=True)), 0
    yield json.dumps(about)
    for record in records:
        running, count = seal(running, json.dumps(record, sort_keys=True)), count + 1
        yield json.dumps(record)
    yield json.dumps({"kind": "end", "records": count, "seal": running})


def main(arguments: list[str] | None = None) -> int:
    """0 where everything verifies, 1 where something does not, 2 where the file cannot be read."""
    parser = argparse.ArgumentParser(description="Check an exported history of the CMSUK portal.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--anchor", help="the digest of an anchor noted elsewhere")
    given = parser.parse_args(arguments)
    try:
        with given.file.open(encoding="utf-8") as rows:
            report = check_file(rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"{given.file} cannot be read as an exported history: {error}\n")
        return 2
    for fault in report.faults:
        sys.stdout.write(f"{fault.subject_key}, line {fault.number}: {fault.words}\n")
    unknown = bool(given.anchor) and given.anchor not in report.anchor_digests
    if unknown:
        sys.stdout.write(f"anchor {given.anchor} is not in this history\n")
    newest = report.anchor_digests[-1] if report.anchor_digests else "none"
    sys.stdout.write(f"{report.lines} lines read; newest anchor {newest}\n")
    broken = bool(report.faults) or unknown
    sys.stdout.write("It does NOT verify.\n" if broken else "Everything verifies.\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
