"""The words of both filters, areas of work and areas of expertise, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Coalesce

from directory.models import Area
from directory.regions import Tree
from membership.models import ExpertiseArea

EXPERTISE = "expertise"
WORDS = CharField(max_length=120)
Choices = list[tuple[str, str]]
GroupedChoices = list[tuple[str, Choices]]


@dataclass(frozen=True)
class Word:
    """One choice: an area with its kind and the area it lies in, or an area of expertise."""

    code: str
    label: str
    kind: str
    parent: str


@dataclass(frozen=True)
class Vocabulary:
    """Every choice of the search, by label."""

    words: tuple[Word, ...]

    @property
    def tree(self) -> Tree:
        return Tree({word.code: word.parent for word in self.words if word.kind != EXPERTISE})

    def label(self, code: str) -> str:
        return next((word.label for word in self.words if word.code == code), code)

    def expertise(self) -> Choices:
        return [(word.code, word.label) for word in self.words if word.kind == EXPERTISE]

    def areas(self) -> GroupedChoices:
        """The whole and the nations first, then the regions, then counties by where they lie."""
        whole, regions = self._of(Area.Kind.WHOLE), self._of(Area.Kind.REGION)
        nations = _labelled(whole + self._of(Area.Kind.NATION))
        groups: GroupedChoices = [("Nations", nations), ("Regions", _labelled(regions))]
        groups += [(self.label(parent), counties) for parent, counties in self._counties()]
        return groups

    def wide_areas(self) -> Choices:
        """The nations and regions alone."""
        return _labelled(self._of(Area.Kind.NATION) + self._of(Area.Kind.REGION))

    def _counties(self) -> list[tuple[str, Choices]]:
        counties = self._of(Area.Kind.COUNTY)
        parents = sorted({word.parent for word in counties}, key=self.label)
        return [
            (parent, _labelled(word for word in counties if word.parent == parent))
            for parent in parents
        ]

    def _of(self, kind: str) -> list[Word]:
        return [word for word in self.words if word.kind == kind]


def vocabulary() -> Vocabulary:
    """Read every choice. One query."""
    areas = Area.objects.order_by().values_list(
        "code",
        Cast("name", WORDS),
        Cast("kind", WORDS),
        Coalesce(Cast("parent_id", WORDS), Value("")),
    )
    expertise = (
        ExpertiseArea.objects.filter(is_offered=True)
        .order_by()
        .values_list(
            "code",
            Cast("label", WORDS),
            Value(EXPERTISE, output_field=WORDS),
            Value("", output_field=WORDS),
        )
    )
    words = (Word(*row) for row in areas.union(expertise, all=True))
    return Vocabulary(tuple(sorted(words, key=lambda word: (word.label.casefold(), word.code))))


def _labelled(words: Iterable[Word]) -> Choices:
    return [(word.code, word.label) for word in words]
