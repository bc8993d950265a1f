"""Areas inside areas."""

from directory.regions import Tree

TREE = Tree(
    {
        "UK": "",
        "ENG": "UK",
        "WLS": "UK",
        "ENG-NW": "ENG",
        "ENG-SE": "ENG",
        "county-cheshire": "ENG-NW",
        "county-kent": "ENG-SE",
        "CD": "",
        "CD-JE": "CD",
    }
)


def test_a_county_is_covered_by_its_region_its_nation_and_the_whole():
    assert TREE.covering(["county-cheshire"]) == {"county-cheshire", "ENG-NW", "ENG", "UK"}


def test_a_border_district_is_covered_by_both_sides():
    assert TREE.covering(["ENG-NW", "WLS"]) == {"ENG-NW", "ENG", "WLS", "UK"}


def test_jersey_is_not_covered_by_the_whole_of_the_uk():
    assert TREE.covering(["CD-JE"]) == {"CD-JE", "CD"}


def test_a_region_shares_ground_with_its_counties_and_its_nation_but_not_its_neighbours():
    assert TREE.touching("ENG-NW") == {"UK", "ENG", "ENG-NW", "county-cheshire"}


def test_within_a_county_is_only_itself():
    assert TREE.within("county-kent") == {"county-kent"}
