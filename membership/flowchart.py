"""The criteria as a flowchart: questions, their answers, and where each leads."""

from dataclasses import dataclass
from enum import Enum

from membership.criteria import Rules
from membership.types import MembershipType

ASK_THE_OFFICE = "Ask the office"


class Way(Enum):
    """Where an arrow leaves its question: to the right, straight on, or round the left."""

    SIDE = "side"
    ON = "on"
    ROUND = "round"


@dataclass(frozen=True)
class Node:
    """A question with its number, or (number 0) where the way ends."""

    key: str
    words: str
    number: int = 0

    @property
    def named(self) -> str:
        """How an answer points here: “question 4”, or the type itself."""
        return f"question {self.number}" if self.number else self.words


@dataclass(frozen=True)
class Edge:
    start: Node
    end: Node
    answer: str
    way: Way


@dataclass(frozen=True)
class Flowchart:
    """Nodes in the order of reading; every node but the first is the end of an edge."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def twin(self) -> list[tuple[Node, list[Edge]]]:
        """The same in words: every question with its answers and where each leads."""
        return [
            (node, [edge for edge in self.edges if edge.start is node])
            for node in self.nodes
            if node.number
        ]


# Told in the order of their numbers; the figures are those of the rules.
QUESTIONS = {
    "practice": "Where do you practise case management now?",
    "qualification": (
        "Do you hold a diploma at level 4 or higher that relates to case management?"
    ),
    "body": (
        "Are you registered with your regulator, or are you a vocational case manager with a "
        "vocational qualification?"
    ),
    "experience": ("Do you have {months} months or {hours:,} hours of case management experience?"),
    "course_uk": "Are you on a course that is relevant to case management?",
    "course": "Are you on a course that is relevant to case management?",
    "role": "Do you work in a supportive or managerial role in the industry?",
}
ENDS = {
    "overseas": MembershipType.OVERSEAS.label,
    "case_manager": MembershipType.CASE_MANAGER.label,
    "associate": MembershipType.ASSOCIATE.label,
    "student_uk": MembershipType.STUDENT.label,
    "office_uk": ASK_THE_OFFICE,
    "student": MembershipType.STUDENT.label,
    "supporter": MembershipType.SUPPORTER.label,
    "office": ASK_THE_OFFICE,
}
ANSWERS = (
    ("practice", "In the UK", Way.ON, "qualification"),
    ("practice", "Only abroad", Way.SIDE, "overseas"),
    ("practice", "Nowhere", Way.ROUND, "course"),
    ("qualification", "Yes", Way.ON, "body"),
    ("qualification", "No", Way.ROUND, "course_uk"),
    ("body", "Yes", Way.ON, "experience"),
    ("body", "No", Way.ROUND, "course_uk"),
    ("experience", "Yes", Way.SIDE, "case_manager"),
    ("experience", "No", Way.ON, "associate"),
    ("course_uk", "Yes", Way.SIDE, "student_uk"),
    ("course_uk", "No", Way.ON, "office_uk"),
    ("course", "Yes", Way.SIDE, "student"),
    ("course", "No", Way.ON, "role"),
    ("role", "Yes", Way.SIDE, "supporter"),
    ("role", "No", Way.ON, "office"),
)
READING_ORDER = (
    *("practice", "overseas", "qualification", "body", "experience", "case_manager", "associate"),
    *("course_uk", "student_uk", "office_uk", "course", "student", "role", "supporter", "office"),
)


def flowchart(rules: Rules) -> Flowchart:
    """The way to each type, with the figures of these rules (CMSUK FAQ: which type)."""
    nodes = {key: Node(key, words) for key, words in ENDS.items()}
    for number, (key, words) in enumerate(QUESTIONS.items(), start=1):
        nodes[key] = Node(key, words.format(months=rules.months, hours=rules.hours), number)
    return Flowchart(
        nodes=tuple(nodes[key] for key in READING_ORDER),
        edges=tuple(
            Edge(nodes[start], nodes[end], answer, way) for start, answer, way, end in ANSWERS
        ),
    )
