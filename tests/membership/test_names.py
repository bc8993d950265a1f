"""Which names in a register are the name of the applicant, and which are not."""

import pytest

from membership.names import is_same


@pytest.mark.parametrize(
    ("shown", "given", "family"),
    [
        ("Zoë Invented", "Zoe", "Invented"),
        ("INVENTED, ZOE", "Zoë", "invented"),
        ("Ms Z. Invented", "Zoë", "Invented"),
        ("Zoë Anne Invented", "Z", "Invented"),
        ("Zoe Made Up", "Zoe", "Made-Up"),
        ("Aoife O’Inventor", "Aoife", "O'Inventor"),
        ("Lukasz Zmyslony", "Łukasz", "Zmyślony"),
        ("Anne Invented", "Zoe Anne", "Invented"),
        ("James James", "James", "James"),
        ("Mononym", "", "Mononym"),
        ("Zoe Mononym", "", "Mononym"),
    ],
)
def test_the_same_person_written_otherwise(shown, given, family):
    assert is_same(shown, given=given, family=family)


@pytest.mark.parametrize(
    ("shown", "given", "family"),
    [
        ("Zoe Maiden", "Zoe", "Invented"),
        ("Anne Invented", "Zoe", "Invented"),
        ("A Invented", "Zoe", "Invented"),
        ("Zoe I", "Zoe", "Invented"),
        ("Zoe Made", "Zoe", "Made-Up"),
        ("Invented", "Zoe", "Invented"),
        ("James", "James", "James"),
        ("Zoe Inventedson", "Zoe", "Invented"),
        ("", "Zoe", "Invented"),
        ("", "", ""),
        ("Zoe Invented", "Zoe", ""),
        ("Zoe", "Zoe", ""),
        ("Mononym Else", "", "Other"),
    ],
)
def test_somebody_else(shown, given, family):
    assert not is_same(shown, given=given, family=family)
