"""How the review page sorts findings and words their weight."""

import pytest

from membership.admin.subjects import SUBJECT_OF, TITLES, VERDICTS, by_subject, verdict
from membership.findings import _SEVERITY_OF, Severity, found


def test_every_finding_has_a_place_on_the_review_page():
    assert set(SUBJECT_OF) == set(_SEVERITY_OF)
    assert set(SUBJECT_OF.values()) == set(TITLES)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("practice_in_uk", "Met"),
        ("not_practising", "Not met"),
        ("insurance", "Missing"),
        ("refer:registration_unchecked", "For you to judge"),
        ("low_hours", "Note"),
    ],
)
def test_the_weight_of_a_finding_is_said_in_words(code, label):
    assert verdict(found(code, low_hours=8)).label == label


def test_every_weight_has_its_words():
    assert set(VERDICTS) == set(Severity)


def test_what_the_office_judges_is_said_to_the_office():
    words = verdict(found("refer:registration_unchecked")).words

    assert words == "Look the number up on the public register and record what it says."


def test_findings_of_one_subject_stand_together_in_the_order_of_the_criteria():
    findings = [found("qualification"), found("insurance"), found("qualification_related")]

    subjects = by_subject(findings, {"qualification": ["BSc Nursing"]})

    assert [one.title for one in subjects] == ["Qualifications", "Indemnity insurance"]
    assert [len(one.verdicts) for one in subjects] == [2, 1]
    assert [list(one.stated) for one in subjects] == [["BSc Nursing"], []]
