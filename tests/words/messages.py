"""Every sentence that the code says to people, found in its syntax tree."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = {
    "foundation": "Everywhere",
    "membership": "Applying and membership",
    "payments": "Money",
    "directory": "The directory",
    "benefits": "Events, news and committees",
    "records": "Client records",
    "website": "The site and the office's home",
    "cmsuk": "The server",
}
LEFT_OUT = ("migrations", "made_up", "demo_paypal", "metrics")
SENTENCE = re.compile(r"^[A-Z“…£].*\s.*[.!?]”?$", re.DOTALL)
FILLED = "…"
# What str.format and % fill in later.
TO_BE_FILLED = re.compile(r"{\w*(?::%[^}]*)?}|%\(\w+\)\w|%[sd]")
A_WORD = re.compile(r"[A-Za-z]{2}")

ERRORS = "What went wrong, and how to mend it"
DONE = "What was done"
HINTS = "Hints beside a field"
FACTS = "What pages say of somebody's case"
FOR_DEVELOPERS = "For whoever runs the server"
KINDS = (ERRORS, DONE, HINTS, FACTS, FOR_DEVELOPERS)
ERROR_CALLS = {"ValidationError", "add_error", "required", "error", "warning", "taken", "refuse"}
INSIDE = {"ValueError", "TypeError", "LookupError", "Http404", "BadRequest", "NotImplementedError"}
SERVER = {"CommandError", "ImproperlyConfigured", "Error", "Warning", "SystemExit"}


@dataclass(frozen=True, order=True)
class Said:
    """One sentence or more, with “…” where something is filled in."""

    room: str
    kind: str
    file: str
    words: str


def everything() -> list[Said]:
    """Each once a file, room by room and kind by kind."""
    found = {one for room in ROOMS for file in _files(room) for one in said_in(room, file)}
    order = list(ROOMS)
    return sorted(found, key=lambda one: (order.index(one.room), KINDS.index(one.kind), one))


def said_in(room: str, file: Path) -> Iterator[Said]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    refusals = set(_refusals(tree))
    for node in ast.walk(tree):
        words = _words(node)
        if words is None or not _is_sentence(words) or isinstance(above[node], ast.Expr):
            continue
        if isinstance(above[node], ast.JoinedStr | ast.FormattedValue):
            continue
        if kind := _kind(node, above, refusals):
            yield Said(room, kind, str(file.relative_to(ROOT)), words)


def _files(room: str) -> Iterator[Path]:
    files = sorted((ROOT / room).rglob("*.py"))
    return (file for file in files if not set(file.parts).intersection(LEFT_OUT))


def _is_sentence(words: str) -> bool:
    return bool(SENTENCE.match(words) and A_WORD.search(words))


def _words(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        words = node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else FILLED for part in node.values)
        words = "".join(map(str, parts))
    else:
        return None
    return " ".join(re.sub(f"{FILLED}+", FILLED, TO_BE_FILLED.sub(FILLED, words)).split())


def _refusals(tree: ast.Module) -> Iterator[str]:
    """Names of constants that are raised or told as errors somewhere in this module."""
    for node in ast.walk(tree):
        told = node.exc if isinstance(node, ast.Raise) else node
        if isinstance(told, ast.Call) and (told is not node or _name(told.func) in ERROR_CALLS):
            yield from (one.id for one in ast.walk(told) if isinstance(one, ast.Name))


def _kind(node: ast.AST, above: dict[ast.AST, ast.AST], refusals: set[str]) -> str:
    """By what stands around the words; empty for what no reader of a page sees."""
    for around in _around(node, above):
        if kind := _kind_of(around, refusals):
            return "" if kind == "inside" else kind
    return FACTS


def _around(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in above:
        node = above[node]
        yield node


def _kind_of(around: ast.AST, refusals: set[str]) -> str:
    if isinstance(around, ast.keyword):
        return {"error_messages": ERRORS, "help_text": HINTS}.get(around.arg or "", "")
    if isinstance(around, ast.Raise):
        return ERRORS
    if isinstance(around, ast.Call):
        return _kind_of_call(_name(around.func), ast.unparse(around.func))
    if isinstance(around, ast.Assign) and isinstance(around.targets[0], ast.Name):
        name = around.targets[0].id
        return "inside" if name == "help" else ERRORS if name in refusals else ""
    if isinstance(around, ast.ClassDef):
        bases = " ".join(map(ast.unparse, around.bases))
        return ERRORS if bases.endswith(("Error", "Exception")) else ""
    return ""


def _kind_of_call(name: str, path: str) -> str:
    if name in INSIDE or path.startswith("logger"):
        return "inside"
    if name in SERVER and not path.startswith("messages"):
        return FOR_DEVELOPERS
    if name in ERROR_CALLS:
        return ERRORS
    return DONE if path in ("messages.success", "messages.info") else ""


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
