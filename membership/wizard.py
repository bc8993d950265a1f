"""Which type, one question a page: which page is next, and what was said on the earlier ones."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from foundation.look import Row
from membership.forms_which_type import WhichTypeForm
from membership.models import Application

# Months and hours are two measures of one thing, so they stand on one page.
PAGES = (
    ("practice",),
    ("qualification",),
    ("related",),
    ("body",),
    ("months", "hours"),
    ("course",),
)
ONLY_IN_THE_UK = frozenset({"qualification", "related", "body", "months", "hours"})


@dataclass(frozen=True)
class Page:
    """One question: `form` asks it, `kept` carries the other answers along."""

    form: WhichTypeForm
    kept: list[tuple[str, str]]
    number: int


def pages_for(practice: str) -> list[tuple[str, ...]]:
    """Those abroad are asked nothing more; those who practise nowhere only of their course."""
    if practice == Application.Practice.OVERSEAS:
        return [PAGES[0]]
    if practice == Application.Practice.NONE:
        return [page for page in PAGES if page[0] not in ONLY_IN_THE_UK]
    return list(PAGES)


def answered(given: QueryDict) -> WhichTypeForm:
    """The answers in the address, without those that this person need not give."""
    needed = QueryDict(mutable=True)
    for names in pages_for(given.get("practice", "")):
        needed.update({name: str(given[name]) for name in names if given.get(name)})
    answers = WhichTypeForm(needed)
    answers.is_valid()
    return answers


def page_to_ask(given: QueryDict, answers: WhichTypeForm) -> Page | None:
    """The page that is asked now; None once every question has its answer.

    `change` in the address names a question to ask again. `asked` names the page that was sent:
    only its faults are shown, because the later questions were not asked yet.
    """
    asked = pages_for(given.get("practice", ""))
    changed = next((names for names in asked if names[0] == given.get("change")), None)
    wrong = next((names for names in asked if any(one in answers.errors for one in names)), None)
    names = changed or wrong
    if names is None:
        return None
    if changed:
        form = WhichTypeForm(initial=dict(answers.data.items()), only=names)
    else:
        form = WhichTypeForm(given if given.get("asked") == names[0] else None, only=names)
    return Page(form, _kept(answers, but=names), asked.index(names) + 1)


def rows(answers: WhichTypeForm) -> list[Row]:
    """What was answered, each with a link to change it."""
    shown = []
    for names in pages_for(answers.data["practice"]):
        query = urlencode([*_kept(answers), ("change", names[0])])
        for name in names:
            label = str(answers.fields[name].label).removesuffix(" (optional)")
            shown.append(Row(label, answers.words_for(name), f"?{query}"))
    return shown


def _kept(answers: WhichTypeForm, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(name, value) for name, value in answers.data.items() if name not in but]
