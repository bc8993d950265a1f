"""Lists of choices drawn without a template: three hundred would cost more than the whole page."""

from collections.abc import Iterable, Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from directory.rounding import rounded

Numbered = tuple[str, str, str, bool]  # code, label, words for the number, can be chosen
Groups = tuple[tuple[str, tuple[Numbered, ...]], ...]


def choices(
    any_words: str,
    groups: Iterable[tuple[str, Iterable[tuple[str, str]]]],
    *,
    chosen: str,
    counts: Mapping[str, int] | None = None,
) -> SafeString:
    """The options of a select, “Any” first; a choice that would find nobody cannot be taken.

    A group without a name stands among the rest. Without counts every choice is open.
    """
    numbered = tuple(
        (name, tuple(_numbered(code, label, chosen, counts) for code, label in inner))
        for name, inner in groups
    )
    return _drawn(any_words, numbered, chosen)


def _numbered(code: str, label: str, chosen: str, counts: Mapping[str, int] | None) -> Numbered:
    if counts is None:
        return code, label, "", True
    number = counts.get(code, 0)
    return code, label, f" ({rounded(number)})", number > 0 or code == chosen


def _drawn(any_words: str, groups: Groups, chosen: str) -> SafeString:
    parts = [f'<option value="">{escape(any_words)}</option>']
    for name, inner in groups:
        options = (_option(*one, chosen=chosen) for one in inner)
        if name:
            parts += [f'<optgroup label="{escape(name)}">', *options, "</optgroup>"]
        else:
            parts += options
    return mark_safe("".join(parts))  # noqa: S308  # every word above is escaped


def _option(code: str, label: str, number: str, is_open: bool, *, chosen: str) -> str:
    state = " selected" if code == chosen else "" if is_open else " disabled"
    return f'<option value="{escape(code)}"{state}>{escape(label)}{escape(number)}</option>'
