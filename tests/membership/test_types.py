"""The five types of membership."""

from membership.types import FACTS, MembershipType


def test_every_type_has_its_facts():
    assert list(FACTS) == list(MembershipType)


def test_only_case_managers_are_in_the_directory():
    assert [each for each, facts in FACTS.items() if facts.in_directory] == [
        MembershipType.CASE_MANAGER
    ]


def test_a_supporter_has_no_upgrade_and_overseas_and_students_have():
    assert FACTS[MembershipType.SUPPORTER].upgrades_to == ()
    assert FACTS[MembershipType.ASSOCIATE].upgrades_to == (MembershipType.CASE_MANAGER,)
    assert FACTS[MembershipType.OVERSEAS].upgrades_to == FACTS[MembershipType.STUDENT].upgrades_to


def test_labels_and_groups_are_fit_for_people():
    assert MembershipType.CASE_MANAGER.label == "Case Manager"
    assert FACTS[MembershipType.ASSOCIATE].group == "Practising case manager memberships"
    assert FACTS[MembershipType.STUDENT].group == "Non-practising memberships"
