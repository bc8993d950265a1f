"""What must always be true of news, the magazine and committees: each is tried to be broken."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from benefits.models import (
    Announcement,
    AnnouncementLot,
    Article,
    Committee,
    Expression,
    Issue,
    IssueFile,
    IssueRead,
    NewsConsent,
    Recipient,
    Topic,
)
from foundation import letters
from foundation.models import Letter
from tests.benefits.announcing import agree, make_announcement, make_reader, topic
from tests.benefits.helping import make_committee, make_expression
from tests.benefits.issues import make_article, make_file, make_issue
from tests.factories import A_DAY, A_MOMENT, make_person

pytestmark = pytest.mark.django_db
LATER = A_MOMENT + dt.timedelta(days=1)
MODELS = (
    *(Announcement, AnnouncementLot, Article, Issue, IssueFile, IssueRead, NewsConsent),
    *(Recipient, Topic, Committee, Expression),
)
BREAKERS: list[tuple[str, Callable[[], object]]] = []


def breaks(name: str):
    """Register one way of breaking a constraint."""

    def register(breaker):
        BREAKERS.append((name, breaker))
        return breaker

    return register


def change(row, **facts):
    return type(row).objects.filter(pk=row.pk).update(**facts)


def recipient(**facts):
    return Recipient.objects.create(announcement=make_announcement(), person=make_person(), **facts)


def a_letter():
    written = letters.Written(key="k", to="a@example.org", subject="s", text="t", html="h")
    [letter_id] = letters.queue_each("announcement", [written], at=A_MOMENT)
    return Letter.objects.get(pk=letter_id)


breaks("topic_has_a_name_and_a_wording")(lambda: change(topic(), wording=""))
breaks("topic_has_a_name_and_a_wording")(lambda: change(topic(), name=""))


@breaks("one_consent_to_a_topic_holds")
def agreed_twice():
    agree(make_reader(), "Events")


breaks("news_consent_has_its_wording")(
    lambda: change(make_reader().news_consents.get(), wording="")
)
breaks("news_consent_ends_after_it_was_given")(
    lambda: change(
        make_reader().news_consents.get(), withdrawn_at=A_MOMENT - dt.timedelta(seconds=1)
    )
)
breaks("announcement_has_words")(lambda: change(make_announcement(), subject=""))
breaks("announcement_has_words")(lambda: change(make_announcement(), text=""))
breaks("announcement_has_its_time_once_it_is_no_draft")(
    lambda: change(make_announcement(), send_at=A_MOMENT)
)
breaks("announcement_has_its_time_once_it_is_no_draft")(
    lambda: change(make_announcement(), state="planned")
)
breaks("announcement_is_started_once_it_is_sent")(
    lambda: change(make_announcement(), started_at=A_MOMENT)
)
breaks("announcement_is_started_once_it_is_sent")(
    lambda: change(make_announcement(), state="sending", send_at=A_MOMENT)
)
breaks("announcement_is_finished_when_it_is_sent")(
    lambda: change(make_announcement(), finished_at=A_MOMENT)
)
breaks("announcement_is_finished_when_it_is_sent")(
    lambda: change(make_announcement(), state="sent", send_at=A_MOMENT, started_at=A_MOMENT)
)
breaks("announcement_lot_ends_after_it_begins")(
    lambda: AnnouncementLot.objects.create(announcement=make_announcement(), first_id=2, last_id=1)
)


@breaks("announcement_goes_to_nobody_twice")
def twice_to_one():
    first = recipient()
    Recipient.objects.create(announcement=first.announcement, person=first.person)


breaks("recipient_has_a_letter_or_waits_or_is_left_out")(
    lambda: change(recipient(), state="written", settled_at=A_MOMENT)
)
breaks("recipient_has_a_letter_or_waits_or_is_left_out")(
    lambda: change(recipient(), letter=a_letter())
)
breaks("recipient_has_a_letter_or_waits_or_is_left_out")(
    lambda: change(recipient(), state="left_out", settled_at=A_MOMENT)
)
breaks("recipient_is_settled_unless_they_wait")(lambda: change(recipient(), settled_at=A_MOMENT))
breaks("recipient_is_settled_unless_they_wait")(
    lambda: change(recipient(), state="left_out", reason="unsubscribed")
)
breaks("issue_has_a_title")(lambda: change(make_issue(), title=""))
breaks("issues_are_numbered_from_one")(lambda: change(make_issue(), number=0))
breaks("article_has_words")(lambda: change(make_article(), title=""))
breaks("article_has_words")(lambda: change(make_article(), teaser=""))
breaks("article_has_words")(lambda: change(make_article(), text=""))
breaks("article_has_words")(lambda: change(make_article(), slug=""))
breaks("issue_file_has_a_name_and_bytes")(lambda: change(make_file(make_issue()), name=""))
breaks("issue_file_has_a_name_and_bytes")(lambda: change(make_file(make_issue()), bytes=0))


@breaks("one_article_of_an_issue_has_an_address")
def two_of_one_address():
    first = make_article()
    make_article(first.issue, slug=first.slug)


@breaks("an_issue_is_opened_first_once")
def opened_twice():
    facts = {"issue": make_issue(), "person": make_person(), "first_on": A_DAY}
    IssueRead.objects.create(**facts)
    IssueRead.objects.create(**facts)


breaks("committee_has_words")(lambda: change(make_committee(), name=""))
breaks("committee_has_words")(lambda: change(make_committee(), slug=""))
breaks("committee_has_words")(lambda: change(make_committee(), summary=""))
breaks("expression_has_words")(lambda: change(make_expression(), words=""))
breaks("expression_is_closed_unless_it_waits")(
    lambda: change(make_expression(), closed_at=A_MOMENT)
)
breaks("expression_is_closed_unless_it_waits")(lambda: change(make_expression(), answer="Yes"))
breaks("expression_is_closed_unless_it_waits")(lambda: change(make_expression(), state="invited"))


@breaks("one_expression_of_a_person_waits")
def offered_twice():
    first = make_expression()
    make_expression(person=first.person, committee=first.committee)


@pytest.mark.parametrize(("name", "breaker"), BREAKERS)
def test_it_cannot_be_broken(name, breaker):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        breaker()

    words = str(caught.value)
    # SQLite names the columns of a unique index instead of the index.
    assert name in words or "UNIQUE constraint failed" in words


def test_every_constraint_has_a_test_that_tries_to_break_it():
    kept = {one.name for model in MODELS for one in model._meta.constraints}

    assert kept == {name for name, _breaker in BREAKERS}
