"""How old a reader has to be: the Flesch-Kincaid grade (Kincaid and others, 1975).

0.39 words a sentence + 11.8 syllables a word - 15.59 is the school year in the United States; five
more is the age. Syllables are counted as groups of vowels, as most programs do; addresses, numbers
and names filled in are left out.
"""

import re

AGE_OF_FIRST_GRADE = 5
LEFT_OUT = re.compile(r"https?://\S+|\S+@\S+|[£\d][\d.,:%/-]*|[A-Z]+-[\w-]+|…")
WORD = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*")
END = re.compile(r"[.!?](?:[”)\s]|$)|\n+")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouysxzcgh]es)$")


def syllables(word: str) -> int:
    small = word.lower().replace("’", "").replace("'", "")
    groups = len(VOWELS.findall(small))
    return max(1, groups - bool(SILENT.search(small) and groups > 1))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a line of its own is one."""
    parts = (WORD.findall(part) for part in END.split(LEFT_OUT.sub(" ", text)))
    return [words for words in parts if words]


def grade(text: str) -> float:
    """Of a text without words 0."""
    found = sentences(text)
    words = [word for sentence in found for word in sentence]
    if not words:
        return 0.0
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(found) + 11.8 * spoken / len(words) - 15.59


def age(text: str) -> float:
    return grade(text) + AGE_OF_FIRST_GRADE


def longest(text: str) -> int:
    """How many words the longest sentence has."""
    return max(map(len, sentences(text)), default=0)
