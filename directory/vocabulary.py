"""The words of the filters, areas of work and areas of expertise, kept for a minute."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from directory.kept import Kept
from directory.models import Area
from directory.regions import Tree
from membership.models import ExpertiseArea

EXPERTISE, NOT_OFFERED = "expertise", "not offered"
EVERYBODY = ExpertiseArea.ClientGroup.ALL
WORDS = CharField(max_length=120)
A_MINUTE = 60
Choices = list[tuple[str, str]]
GroupedChoices = list[tuple[str, Choices]]


@dataclass(frozen=True)
class Word:
    """One choice: an area with its kind and the areas it lies in, or an area of expertise.

    `lies_in` has codes between spaces; of an area of expertise it has the group of clients.
    """

    code: str
    label: str
    kind: str
    lies_in: str


@dataclass(frozen=True)
class Vocabulary:
    """Every choice of the search, by label."""

    words: tuple[Word, ...]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.words)

    @cached_property
    def by_code(self) -> dict[str, Word]:
        return {word.code: word for word in self.words}

    @cached_property
    def tree(self) -> Tree:
        return Tree({word.code: word.lies_in for word in self.words if word.kind in Area.Kind})

    def label(self, code: str) -> str:
        word = self.by_code.get(code)
        return word.label if word else code

    @cached_property
    def expertise(self) -> Choices:
        return _labelled(self._of(EXPERTISE))

    @cached_property
    def groups(self) -> Choices:
        """The groups of clients that somebody can ask for."""
        return [
            (value, label)
            for value, label in ExpertiseArea.ClientGroup.choices
            if value != EVERYBODY
        ]

    @cached_property
    def areas(self) -> GroupedChoices:
        """The whole and the nations first, then regions, counties by where they lie, postcodes."""
        whole, regions = self._of(Area.Kind.WHOLE), self._of(Area.Kind.REGION)
        nations = _labelled(whole + self._of(Area.Kind.NATION))
        groups: GroupedChoices = [("Nations", nations), ("Regions", _labelled(regions))]
        groups += [(self.label(parent), counties) for parent, counties in self._counties()]
        return [*groups, ("Postcode areas", _labelled(self._of(Area.Kind.POSTCODE)))]

    @cached_property
    def wide_areas(self) -> Choices:
        """The nations and regions alone."""
        return _labelled(self._of(Area.Kind.NATION) + self._of(Area.Kind.REGION))

    def serving(self, group: str) -> tuple[str, ...]:
        """The areas of expertise for a group of clients: its own, and those for everybody."""
        return tuple(
            word.code for word in self._of(EXPERTISE) if word.lies_in in (group, EVERYBODY)
        )

    def knows_area(self, code: str) -> bool:
        return code in self._area_codes

    @cached_property
    def _area_codes(self) -> frozenset[str]:
        return frozenset(word.code for word in self.words if word.kind in Area.Kind)

    def _counties(self) -> list[tuple[str, Choices]]:
        counties = self._of(Area.Kind.COUNTY)
        parents = sorted({word.lies_in for word in counties}, key=self.label)
        return [
            (parent, _labelled(word for word in counties if word.lies_in == parent))
            for parent in parents
        ]

    def _of(self, kind: str) -> list[Word]:
        return [word for word in self.words if word.kind == kind]


def read() -> Vocabulary:
    """Read every choice. One query."""
    areas = Area.objects.order_by().values_list(
        "code",
        Cast("name", WORDS),
        Cast("kind", WORDS),
        Concat(
            Coalesce(Cast("parent_id", WORDS), Value("")),
            Value(" "),
            Cast("also_in", WORDS),
            output_field=WORDS,
        ),
    )
    expertise = ExpertiseArea.objects.order_by().values_list(
        "code",
        Cast("label", WORDS),
        Case(When(is_offered=True, then=Value(EXPERTISE)), default=Value(NOT_OFFERED)),
        Cast("client_group", WORDS),
    )
    rows = areas.union(expertise, all=True)
    words = (Word(code, label, kind, lies_in.strip()) for code, label, kind, lies_in in rows)
    return Vocabulary(tuple(sorted(words, key=lambda word: (word.label.casefold(), word.code))))


vocabulary = Kept(read, seconds=A_MINUTE)


def _labelled(words: Iterable[Word]) -> Choices:
    return [(word.code, word.label) for word in words]
