"""Ties between an applicant and the referees: pure."""

import pytest

from membership.independence import Fellow, Named, Party, Tie, conflict, ties

APPLICANT = Party(
    emails=("tom@home.example.org", "tom@made-up.example"),
    phones=("+442079460000",),
    employers=("Made-up Rehabilitation Ltd",),
)


def referee(position=1, *, name="Rhona Referee", is_professional=True, **party):
    return Named(position, name, is_professional, Party(**{k: (v,) for k, v in party.items()}))


def codes(*referees, applicant=APPLICANT, fellows=()):
    return [(one.position, one.code) for one in ties(applicant, referees, fellows)]


def test_people_who_share_nothing_give_no_cause():
    one = referee(emails="rhona@north.example", phones="020 7946 0001", employers="North Care")
    two = referee(2, emails="ravi@south.example", phones="020 7946 0002", employers="South Care")

    assert codes(one, two) == []


def test_nothing_stated_is_nothing_shared():
    nobody = Party(emails=("", ""), phones=("", ""), employers=("", "Ltd"))
    one, two = (referee(number, emails="", phones="", employers="Limited") for number in (1, 2))

    assert codes(one, two, applicant=nobody) == []


def test_an_address_at_the_applicants_domain_is_told():
    assert codes(referee(emails="Boss@MADE-UP.example")) == [(1, "domain")]


@pytest.mark.parametrize("domain", ["gmail.com", "GoogleMail.com", "yahoo.co.uk", "nhs.example"])
def test_a_provider_for_everybody_is_not_a_shared_domain(domain):
    applicant = Party(emails=(f"tom@{domain}",))

    found = codes(referee(emails=f"rhona@{domain}"), applicant=applicant)

    assert found == ([(1, "domain")] if domain == "nhs.example" else [])


def test_a_subdomain_is_another_domain():
    assert codes(referee(emails="boss@work.made-up.example")) == []


@pytest.mark.parametrize("typed", ["020 7946 0000", "+44 20 7946 0000", "(020) 79460000"])
def test_the_applicants_telephone_is_known_however_it_is_typed(typed):
    assert codes(referee(phones=typed)) == [(1, "phone")]


@pytest.mark.parametrize("typed", ["Made-up Rehabilitation", "The made up rehabilitation, LTD."])
def test_the_applicants_employer_is_known_however_it_is_typed(typed):
    assert codes(referee(employers=typed)) == [(1, "employer")]


def test_a_shared_employer_is_said_otherwise_of_a_personal_referee():
    (professional,) = ties(APPLICANT, [referee(employers="Made-up Rehabilitation")])
    personal_referee = referee(employers="Made-up Rehabilitation", is_professional=False)
    (personal,) = ties(APPLICANT, [personal_referee])

    assert professional.words.endswith("like the applicant, as a manager or colleague may.")
    assert personal.words.endswith("like the applicant, yet is personal.")


def test_what_two_referees_share_is_told_once_of_the_second():
    shared = {"phones": "020 7946 0001", "employers": "North Care"}
    one = referee(emails="a@north.example", **shared)
    two = referee(2, name="Ravi Referee", emails="b@north.example", **shared)

    assert codes(one, two) == [(2, "both_employer"), (2, "both_phone")]


def test_two_addresses_at_one_domain_are_told_where_the_employers_differ():
    one = referee(emails="a@north.example", employers="North Care")
    two = referee(2, emails="b@north.example", employers="South Care")

    assert codes(one, two) == [(2, "both_domain")]


def test_a_referee_who_applies_the_same_week_is_told():
    fellow = Fellow(Party(emails=("rhona@north.example",)), named_emails=("x@else.example",))

    assert codes(referee(emails="Rhona@north.example"), fellows=[fellow]) == [
        (1, "fellow_applicant")
    ]


def test_two_who_name_each_other_are_told_in_other_words():
    fellow = Fellow(Party(emails=("rhona@north.example",)), named_emails=("Tom@made-up.example",))

    assert codes(referee(emails="rhona@north.example"), fellows=[fellow]) == [(1, "each_other")]


def test_a_fellow_applicant_who_is_no_referee_is_no_matter():
    fellow = Fellow(Party(emails=("ravi@north.example",)))

    assert codes(referee(emails="rhona@south.example"), fellows=[fellow]) == []


FELLOW = Fellow(Party(emails=("rhona@north.example",)))
FRIEND = Fellow(Party(emails=("rhona@north.example",)), named_emails=("tom@made-up.example",))


@pytest.mark.parametrize(
    ("known", "fellows", "code", "words"),
    [
        (
            {"employers": " Made-up Rehabilitation "},
            *((), "employer"),
            "works for Made-up Rehabilitation like the applicant, as a manager or colleague may",
        ),
        (
            {"employers": "Made-up Rehabilitation", "is_professional": False},
            *((), "employer"),
            "works for Made-up Rehabilitation like the applicant, yet is personal",
        ),
        (
            {"emails": "rhona@made-up.example"},
            *((), "domain"),
            "has an address at made-up.example, as the applicant has",
        ),
        ({"phones": "020 7946 0000"}, (), "phone", "gives the applicant's telephone number"),
        (
            {"emails": "rhona@north.example"},
            *([FELLOW], "fellow_applicant"),
            "applied for membership the same week",
        ),
        (
            {"emails": "rhona@north.example"},
            *([FRIEND], "each_other"),
            "applied the same week and named this applicant",
        ),
    ],
)
def test_what_is_seen_of_a_referee_is_a_sentence(known, fellows, code, words):
    found = ties(APPLICANT, [referee(**known)], fellows)

    assert found == (Tie(1, code, f"Rhona Referee {words}."),)


@pytest.mark.parametrize(
    ("known", "code", "words"),
    [
        (
            {"employers": "North Care"},
            "both_employer",
            "works for North Care, as Rhona Referee does",
        ),
        (
            {"emails": "ravi@north.example"},
            "both_domain",
            "has an address at north.example, as Rhona Referee has",
        ),
        (
            {"phones": "+44 20 7946 0001"},
            "both_phone",
            "gives the same telephone number as Rhona Referee",
        ),
    ],
)
def test_what_two_referees_share_is_a_sentence_about_the_second(known, code, words):
    first = referee(emails="rhona@north.example", phones="020 7946 0001", employers="North Care")
    second = referee(2, name="Ravi Referee", **known)

    assert ties(APPLICANT, [first, second]) == (Tie(2, code, f"Ravi Referee {words}."),)


def test_what_one_referee_shows_does_not_hide_what_another_does():
    one = referee(phones="020 7946 0000")
    two = referee(2, phones="020 7946 0000")

    assert codes(one, two) == [(1, "phone"), (2, "phone"), (2, "both_phone")]


def test_every_fellow_applicant_is_looked_at():
    stranger = Fellow(Party(emails=("ravi@south.example",)))
    known = codes(referee(emails="rhona@north.example"), fellows=[stranger, FELLOW, FRIEND])

    assert known == [(1, "fellow_applicant"), (1, "each_other")]


@pytest.mark.parametrize("typed", ["tom@made-up@odd.example", "made-up.example"])
def test_the_domain_stands_behind_the_last_at(typed):
    applicant = Party(emails=(typed,))
    domain = typed.rpartition("@")[2]

    assert codes(referee(emails=f"x@{domain}"), applicant=applicant) == [(1, "domain")]


def test_of_several_shared_domains_the_first_is_named():
    applicant = Party(emails=("a@west.example", "a@east.example"))
    other = Named(1, "Rhona Referee", True, Party(emails=("b@west.example", "b@east.example")))

    (tie,) = ties(applicant, [other])

    assert tie.words == "Rhona Referee has an address at east.example, as the applicant has."


@pytest.mark.parametrize(
    ("officer", "words"),
    [
        (Party(), ""),
        (Party(emails=("Tom@Made-up.example ",)), "it is your own"),
        (Party(emails=("rhona@north.example",)), "you are one of the referees"),
        (Party(emails=("ravi@north.example",), employers=("North Care",)), ""),
        (
            Party(emails=("ravi@north.example",), employers=("The Made-up Rehabilitation",)),
            "you work for Made-up Rehabilitation Ltd, as the applicant does",
        ),
    ],
)
def test_an_officer_who_is_involved_may_not_decide(officer, words):
    assert conflict(officer, APPLICANT, [referee(emails="rhona@north.example")]) == words


def test_who_is_applicant_and_referee_at_once_is_the_applicant():
    officer = Party(emails=("tom@made-up.example", "rhona@north.example"))

    assert conflict(officer, APPLICANT, [referee(emails="rhona@north.example")]) == "it is your own"
