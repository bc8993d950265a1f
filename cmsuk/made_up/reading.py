"""What members read and take part in: a magazine, news that was sent, committees; all made up."""

import datetime as dt

from django.utils import timezone
from django.utils.text import slugify

from benefits import announcing, committees, issue_files, magazine, news
from benefits.models import Announcement, Article, Committee, Issue, Topic
from cmsuk.made_up import people
from foundation import papers, uploads
from foundation.papers import Paper, Words
from membership.models import Person, User

# Number, title, days ago, and its articles: title, author, teaser, text.
ISSUES = (
    (
        1,
        "First steps back",
        430,
        (
            (
                "A sample morning on the ward",
                "Anna Invented",
                "What a case manager brings to a first meeting, told by a made-up one.",
                (
                    "This is a **sample article**. It shows how the text of a member reads.\n\n"
                    "## What to bring\n\n- a plan of the week\n- somebody they know\n- time"
                ),
            ),
        ),
    ),
    (
        2,
        "Home again",
        200,
        (
            (
                "When the house is the hard part",
                "Ned Notreal",
                "Steps, doors and neighbours: a sample case from a sample street.",
                "Another **sample article**, made up from beginning to end.",
            ),
            (
                "Six questions to a made-up architect",
                "Ned Notreal",
                "What to ask before anybody measures a door.",
                "1. Who lives here?\n2. Who visits?\n3. What must nobody ever have to ask for?",
            ),
        ),
    ),
    (
        3,
        "Working lives",
        12,
        (
            (
                "Back to work, an hour at a time",
                "Wanda Placeholder",
                "A sample plan of twelve weeks, and what an employer asked on the first day.",
                (
                    "Twelve weeks are **a sample**. Yours will be others.\n\n"
                    "| Week | Hours |\n|---|---|\n| 1 | 4 |\n| 6 | 12 |\n| 12 | 25 |\n\n"
                    "> Nobody asked how I was. They asked what I needed."
                ),
            ),
            (
                "What the register says, and what it does not",
                "Anna Invented",
                "How a check of a registration reads when you are the one who is checked.",
                "A sample text about registers. [How our own checks work](/faq/).",
            ),
        ),
    ),
)
COMMITTEES = (
    ("Events and education", "Plans study days, webinars, the conference and the lunch.", True),
    ("Standards and ethics", "Keeps the code of ethics, and answers what members ask of it.", True),
    ("Magazine", "Finds authors for Inside Case Management and reads what they send.", False),
)
NEWS = """Dear member,

the third **sample issue** of our magazine is out: *Working lives*.

- [Back to work, an hour at a time](/magazine/3/back-to-work-an-hour-at-a-time/)
- [Everything else in it](/magazine/3/)

With kind regards from the made-up office
"""


def make(*, by: User, now: dt.datetime) -> None:
    """Three issues, three committees, one announcement that was sent and one to be written on."""
    for issue in ISSUES:
        _publish(*issue, now=now)
    for position, (name, summary, is_open) in enumerate(COMMITTEES, 1):
        Committee.objects.create(
            name=name,
            slug=slugify(name),
            summary=summary,
            chair="Cher Invented",
            is_open=is_open,
            position=position,
            text="It meets by video every second month, **for an hour**. This is a sample.",
        )
    _offer_help(now)
    _announce(by=by, now=now)


def _publish(
    number: int, title: str, days: int, articles: tuple[tuple[str, ...], ...], *, now: dt.datetime
) -> None:
    at = now - dt.timedelta(days=days)
    issue = Issue.objects.create(
        number=number,
        title=title,
        published_on=timezone.localdate(at),
        cover_text="A **sample issue**: every name and every story in it is made up.",
    )
    for position, (heading, author, teaser, text) in enumerate(articles, 1):
        Article.objects.create(
            issue=issue,
            position=position,
            title=heading,
            slug=slugify(heading),
            author=author,
            teaser=teaser,
            text=text,
        )
    if number == len(ISSUES):
        issue_files.keep(issue, _printed(issue), at=at)


def _printed(issue: Issue) -> uploads.Checked:
    words = f"{magazine.NAME}, issue {issue.number}. A sample."
    paper = Paper(title=issue.title, parts=(Words(words),))
    return uploads.Checked(f"issue-{issue.number}.pdf", uploads.Kind.PDF, papers.pdf(paper))


def _offer_help(now: dt.datetime) -> None:
    person = _somebody(people.UNLISTED)
    committees.express(
        Committee.objects.order_by("position")[0].pk,
        person=person,
        words="I have run study days for my own team, and have an evening a month.",
        by=_login(person),
        on=timezone.localdate(now),
        at=now - dt.timedelta(days=4),
    )


def _announce(*, by: User, now: dt.datetime) -> None:
    """Two members agreed to it; one has read what came of it."""
    topic = Topic.objects.get(name="Magazine")
    readers = [_somebody(who) for who in (people.MEMBER, people.ASSOCIATE)]
    for person in readers:
        news.choose(person, [topic.pk], by=_login(person), at=now - dt.timedelta(days=20))
    sent = _write("Issue 3 of our magazine is out", NEWS, topic, by=by, at=now)
    at = now - dt.timedelta(days=11)
    announcing.plan(sent.pk, send_at=at, by=by, at=at)
    announcing.begin(sent.pk, at=at)
    while announcing.write_a_lot(sent.pk, at=at) is not None:
        pass
    _write("What shall we write about next?", "Dear member,\n\na draft.", topic, by=by, at=now)
    magazine.note_reading(
        readers[0], Issue.objects.get(number=3), on=timezone.localdate(now - dt.timedelta(days=9))
    )


def _write(subject: str, text: str, topic: Topic, *, by: User, at: dt.datetime) -> Announcement:
    written = Announcement.objects.create(subject=subject, text=text, written_at=at, written_by=by)
    written.topics.set([topic])
    return written


def _somebody(who: people.Somebody) -> Person:
    return Person.objects.get(email=who.email)


def _login(person: Person) -> User:
    return User.objects.get(person=person)
