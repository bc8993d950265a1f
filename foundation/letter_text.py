"""What the office writes in Markdown, as the plain text of a letter."""

from collections.abc import Callable

from markdown_it.token import Token

from foundation import writing

RULE = "-" * 40
BETWEEN_CELLS = " | "


class _Lines:
    """Goes through the tokens of a text and keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.numbers: list[int | None] = []  # of the lists around; None in one without numbers
        self.mark = ""
        self.quoted = 0
        self.cells: list[str] = []
        self.is_cell = False

    def take(self, token: Token) -> None:
        if step := STEPS.get(token.type):
            step(self, token)

    def begin_list(self, token: Token) -> None:
        ordered = token.type == "ordered_list_open"
        self.numbers.append(int(token.attrs.get("start", 1)) if ordered else None)

    def end_list(self, _token: Token) -> None:
        self.numbers.pop()
        self.gap()

    def begin_item(self, _token: Token) -> None:
        number = self.numbers[-1]
        self.mark = "- " if number is None else f"{number}. "
        self.numbers[-1] = None if number is None else number + 1

    def quote(self, token: Token) -> None:
        self.quoted += token.nesting

    def cell(self, token: Token) -> None:
        self.is_cell = token.nesting > 0

    def end_row(self, _token: Token) -> None:
        self.lines.append(BETWEEN_CELLS.join(self.cells))
        self.cells = []

    def end_table(self, _token: Token) -> None:
        self.gap()

    def words(self, token: Token) -> None:
        if self.is_cell:
            self.cells.append(said(token))
        else:
            self.put(said(token))

    def block(self, token: Token) -> None:
        self.put(token.content.rstrip("\n"))

    def rule(self, _token: Token) -> None:
        self.put(RULE)

    def put(self, words: str) -> None:
        """A block of its own, or lines of a list."""
        before = "> " * self.quoted + "  " * max(len(self.numbers) - 1, 0)
        mark = self.mark or ("  " if self.numbers else "")
        first, *rest = words.split("\n")
        self.lines += [f"{before}{mark}{first}", *(f"{before}{' ' * len(mark)}{o}" for o in rest)]
        self.mark = ""
        self.gap()

    def gap(self) -> None:
        if not self.numbers and self.lines and self.lines[-1]:
            self.lines.append("")


STEPS: dict[str, Callable[[_Lines, Token], None]] = {
    "bullet_list_open": _Lines.begin_list,
    "ordered_list_open": _Lines.begin_list,
    "bullet_list_close": _Lines.end_list,
    "ordered_list_close": _Lines.end_list,
    "list_item_open": _Lines.begin_item,
    "blockquote_open": _Lines.quote,
    "blockquote_close": _Lines.quote,
    "th_open": _Lines.cell,
    "td_open": _Lines.cell,
    "th_close": _Lines.cell,
    "td_close": _Lines.cell,
    "tr_close": _Lines.end_row,
    "table_close": _Lines.end_table,
    "inline": _Lines.words,
    "fence": _Lines.block,
    "code_block": _Lines.block,
    "hr": _Lines.rule,
}


def as_text(text: str, *, base: str) -> str:
    """The same words without marks; where a link leads stands behind its words."""
    found = _Lines()
    for token in writing.tokens(text, base=base):
        found.take(token)
    return "\n".join(found.lines).strip() + "\n"


def said(token: Token) -> str:
    """The words of a line."""
    words, address, start = "", "", 0
    for child in token.children or ():
        if child.type == "link_open":
            address, start = str(child.attrs["href"]), len(words)
        elif child.type == "link_close":
            words += _where(address, words[start:])
        else:
            words += _plain(child)
    return words


def _plain(child: Token) -> str:
    if child.type in writing.SAID:
        return child.content
    return {"softbreak": " ", "hardbreak": "\n"}.get(child.type, "")


def _where(address: str, words: str) -> str:
    """Nothing where the words are the address."""
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    return "" if words in {address, bare} else f" ({bare})"
