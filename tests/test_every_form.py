"""Every form of the site, filled as nobody should: a page answers, others keep what is theirs."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import A_MOMENT
from tests.filling import HOSTILE, everywhere, fill, forms_of, lost, send
from tests.profiles import CHOSEN, LONG, pages
from tests.walking import Page
from tests.world import APPLYING, ROLES, World

pytestmark = pytest.mark.django_db

# The pay button opens a line to PayPal: see the tests of payments.
LEFT_OUT = re.compile(
    r"/static/|/outbox/|/pay/$|jsi18n|^/records/verify/|^/admin/(mfa|account|auth)/|\?"
)
NUMBER = re.compile(r"(?<=/)(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|\w+(?=/change))(?=/)")
OF_APPLYING = re.compile(r"/(apply|reference|membership)/")
# So many forms that several processes share them.
PARTS = {"applicant": 4}
MORE = [(role, part) for role, parts in PARTS.items() for part in range(1, parts)]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Everybody, once for all tests, since each takes back what it sent."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(A_MOMENT, tick=False):
            world = World()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(made):
    with time_machine.travel(A_MOMENT, tick=False):
        yield made


def found_forms(world, role):
    """Every form that this person can reach, by its shape: where it goes and what it asks."""
    client, seen, forms = world.client_of(role), set(), {}
    waiting = world.starts(role)
    while waiting:
        path = waiting.pop(0)
        shape = NUMBER.sub("1", path)
        if shape in seen:
            continue
        seen.add(shape)
        response = client.get(path)
        if response.status_code == 302:
            waiting.append(response["Location"])
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(response, path):
            key = (NUMBER.sub("1", form.action), form.method, tuple(form.kinds))
            if not LEFT_OUT.search(form.action.partition("?")[0]):
                forms.setdefault(key, form)
        links = [link.partition("#")[0] for link in Page(response.content.decode()).links]
        waiting += [
            link
            for link in (link if link.startswith("/") else "" for link in links)
            if link and not LEFT_OUT.search(link) and is_of_role(link, role)
        ]
    return dict(sorted(forms.items()))


def is_of_role(link, role):
    return link.startswith("/admin/") == (role == "officer")


def noting(written):
    """Keeps what is sent to the database other than questions."""

    def note(execute, sql, params, many, context):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            written.append(sql)
        return execute(sql, params, many, context)

    return note


def check(world, role, form, filled, action):
    """One hostile answer, taken back again afterwards."""
    cache.clear()
    written: list[str] = []
    with transaction.atomic(), connection.execute_wrapper(noting(written)):
        client = world.client_of(role)
        answer = send(client, form, filled, action)
        if role in APPLYING and answer.status_code == 302:  # what was kept can be shown again
            assert client.get("/apply/check/").status_code in {200, 302}, action
        after = world.rows_of_the_other() if written else world.before
        transaction.set_rollback(True)

    assert answer.status_code in {200, 302, 400, 403, 404, 405, 409, 410, 413, 429}, action
    if role != "officer":
        assert after == world.before, action
    if answer.status_code == 200 and form.method == "post":
        assert lost(form, filled, answer) == {}, action


@pytest.mark.parametrize("role", ROLES)
@pages(1)
@given(data=st.data())
def test_whatever_is_sent_a_page_answers_and_others_keep_what_is_theirs(world, role, data):
    forms = known_forms(world, role)
    form = data.draw(st.sampled_from(forms), label="form")

    attack(world, role, form, data.draw)


@pytest.mark.soak
@pytest.mark.parametrize(("role", "part"), [(role, 0) for role in ("visitor", *APPLYING)] + MORE)
def test_every_form_of_applying_takes_its_full_share_of_that(world, role, part):
    forms = [form for form in own_forms(world, role) if OF_APPLYING.match(form.action)]

    for form in forms[part :: PARTS.get(role, 1)]:
        beset(world, role, form)


def beset(world, role, form):
    """One form as often as the profile says."""

    @pages(1)
    @given(data=st.data())
    def each(data):
        attack(world, role, form, data.draw)

    each()


def attack(world, role, form, draw):
    """One answer that nobody should send, now and then to a stranger's address."""
    filled = fill(draw, form, world.strangers)
    action = form.action
    if draw(st.integers(0, 9)) == 0:
        action = NUMBER.sub(draw(st.sampled_from(world.strangers)), action)

    check(world, role, form, filled, action)


def known_forms(world, role):
    """Walked once for a test, not for every example."""
    if role not in world.forms:
        world.forms[role] = found_forms(world, role)
    return list(world.forms[role].values())


def own_forms(world, role):
    """The forms that nobody named before reaches, so that none is filled in nine times over."""
    met = {}
    for each in ROLES[: ROLES.index(role)]:
        known_forms(world, each)
        met |= world.forms[each]
    known_forms(world, role)
    return [form for shape, form in world.forms[role].items() if shape not in met]


@pytest.mark.soak
@pytest.mark.parametrize("role", ROLES)
def test_every_form_stands_every_hostile_value_in_every_field(world, role):
    forms = own_forms(world, role)

    for number, form in enumerate(forms):
        # The short form takes turns: every value meets every third form.
        for value in HOSTILE if CHOSEN == LONG else HOSTILE[number % 3 :: 3]:
            check(world, role, form, everywhere(form, value), form.action)


def test_the_walk_reaches_the_forms_it_is_for(world):
    reached = {
        role: {NUMBER.sub("1", form.action) for form in known_forms(world, role)} for role in ROLES
    }

    for role, wanted in WANTED.items():
        assert wanted - reached[role] == set(), role


WANTED = {
    "visitor": {
        "/membership/which-type/",
        "/callback/",
        "/records/calculator/",
        "/accounts/login/",
        "/accounts/signup/",
    },
    "applicant": {"/apply/home/", "/apply/history/add/", "/apply/qualifications/files/"},
    "supporter": {"/apply/supporter/"},
    "overseas": {"/apply/overseas/"},
    "student": {"/apply/course/"},
    "newcomer": {"/apply/"},
    "sent": {"/apply/referees/1/replace/", "/apply/withdraw/"},
    "associate": {"/apply/upgrade/"},
    "member": {
        "/profile/dates/indemnity/",
        "/profile/registration/1/",
        "/profile/card/new-address/",
        "/profile/listing/",
        "/records/registers/1/add/",
        "/records/registers/1/sharing/",
        "/records/1/keep/",
        "/records/1/holds/add/",
        "/profile/news/",
    },
    "payer": {"/payments/CMS-2026-0001/bank-transfer/"},
    "officer": {
        "/admin/membership/application/1/decline/",
        "/admin/membership/feedue/1/waive/",
        "/admin/membership/person/1/death/",
    },
}
