"""The office's pages of a file of members: send, look, confirm, write, undo; and the letter's."""

import csv
import io

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.models import Letter
from membership.arrivals import welcome
from membership.models import Arrival, ArrivalFile, Membership, Person, User
from payments import arrivals, tasks
from tests.factories import A_MOMENT, make_clerk, make_fee_rate, make_officer, make_person
from tests.payments.arriving import UNPAID, another, bring, csv_of, keep, row
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
LIST = "/admin/membership/arrivalfile/"


@pytest.fixture
def office():
    return browser_of(make_officer())


def send(office, *rows, name="members.csv"):
    file = SimpleUploadedFile(name, csv_of(*rows).encode(), content_type="text/csv")
    return office.post(f"{LIST}send/", {"file": file}, follow=True)


def press(office, page, step):
    seen = {"seen": page.context.get("seen", "")}
    return office.post(f"{LIST}{page.context['file'].pk}/{step}/", seen, follow=True)


def write_to(file):
    arrivals.ask_for_letters(file.pk, by=file.sent_by, at=A_MOMENT)
    arrivals.write_letters(file.pk, at=A_MOMENT)


def table_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_is_looked_at_confirmed_written_about_and_undone(office):
    shown = send(office, row(), another(1), row(last_name="", email="c@example.org"))
    before = Membership.objects.count()
    done = press(office, shown, "confirm")
    here = Membership.objects.count()
    written = press(office, done, "letters")
    undone = press(office, done, "undo")

    assert "Nobody has been brought in yet." in shown.text
    assert "Bring in 2 people" in shown.text
    assert "Enter the surname." in shown.text
    assert "Send 2 letters" in done.text
    assert "The letters are on their way. Each goes once." in written.text
    assert "2 people were taken back" in undone.text
    assert (before, here, Membership.objects.count()) == (0, 2, 0)


def test_rows_of_trouble_come_first_and_one_kind_can_be_looked_at_alone(office):
    make_person(email="barnaby1@example.org")
    page = send(office, row(), another(1), another(2, last_name=""))
    url = f"{LIST}{page.context['file'].pk}/"

    lines = {
        wanted: [one.line for one in office.get(f"{url}?show={wanted}").context["page"]]
        for wanted in ("", "stays_out", "likely", "here", "comes", "nonsense")
    }

    assert lines == {
        "": [4, 3, 2],
        "stays_out": [4],
        "likely": [],
        "here": [3],
        "comes": [2],
        "nonsense": [4, 3, 2],
    }


@pytest.mark.parametrize("is_done", [False, True])
def test_rows_to_mend_come_back_as_a_file_that_can_be_sent_again(office, is_done):
    make_person(given_name="Ariadne", family_name="Sampleton", postcode="CF14 4XW")
    page = send(office, row(), another(1), another(2, email="", town="+44 Invented Road"))
    if is_done:
        page = press(office, page, "confirm")

    answer = office.get(f"{LIST}{page.context['file'].pk}/to-mend/")

    head, *rows = table_of(answer)
    told = [dict(zip(head, one, strict=True)) for one in rows]
    assert [(one["first_name"], one["what_to_mend"][:23]) for one in told] == [
        ("Ariadne", "The same name and postc"),
        ("Barnaby2", "Enter the e-mail addres"),
    ]
    mended = [told[0] | {"another_person": "yes"}, told[1] | {"email": "mended@example.org"}]
    again = press(office, send(office, *mended), "confirm")
    assert again.context["file"].brought_in == 2


def test_what_is_downloaded_is_no_formula_to_a_spreadsheet(office):
    page = send(
        office, another(1, first_name="@SUM(1)", last_name="-1", email="=cmd|' /C calc'!A0")
    )

    head, [*cells] = table_of(office.get(f"{LIST}{page.context['file'].pk}/to-mend/"))

    told = dict(zip(head, cells, strict=True))
    assert (told["first_name"], told["last_name"]) == ("'@SUM(1)", "'-1")
    assert told["email"] == "'=cmd|' /C calc'!A0"


def test_a_file_that_cannot_be_read_is_refused_at_its_field(office):
    none = office.post(f"{LIST}send/")
    sheet = office.post(f"{LIST}send/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")})
    empty = office.post(f"{LIST}send/", {"file": SimpleUploadedFile("a.csv", b"")})

    assert "Choose the file with the members." in none.text
    assert "Save the sheet as CSV" in sheet.text
    assert "The file is empty." in empty.text
    assert ArrivalFile.objects.count() == 0


def test_the_sample_and_the_columns_are_there_to_take(office):
    page = office.get(f"{LIST}send/")
    sample = table_of(office.get(f"{LIST}sample/"))
    columns = table_of(office.get(f"{LIST}columns/"))

    assert "sample file of three made-up members" in page.text
    assert len(sample) == 4
    assert [name for name, *_rest in columns[1:]] == sample[0]


def test_a_long_file_is_brought_in_by_the_worker_and_the_page_says_how_far(office, monkeypatch):
    monkeypatch.setattr(arrivals, "AT_ONCE", 1)
    shown = send(office, row(), another(1))

    waits = press(office, shown, "confirm")
    before = Membership.objects.count()
    tasks.bring_in_members(shown.context["file"].pk)
    done = office.get(f"{LIST}{shown.context['file'].pk}/")

    assert "0 of 2 rows" in waits.text
    assert waits["Refresh"] == "3"
    assert before == 0
    assert "2 people" in done.text
    assert "Refresh" not in done


def test_a_file_that_stands_still_can_be_gone_on_with(office, monkeypatch):
    monkeypatch.setattr(arrivals, "AT_ONCE", 1)
    page = press(office, send(office, row(), another(1)), "confirm")
    ArrivalFile.objects.update(moved_at="2026-11-22T09:00Z")

    stands = office.get(f"{LIST}{page.context['file'].pk}/")
    monkeypatch.undo()
    done = press(office, stands, "confirm")

    assert "Go on with the rest" in stands.text
    assert "Refresh" not in stands
    assert done.context["file"].brought_in == 2


def test_what_changed_since_one_looked_is_shown_again_with_a_word(office):
    shown = send(office, row())
    make_person(email="ariadne@example.org")

    again = press(office, shown, "confirm")

    assert "Something has changed since you looked." in again.text
    assert Membership.objects.count() == 0


def test_a_file_in_two_tabs_is_brought_in_once_and_written_about_once(office):
    shown = send(office, row())
    for step in ("confirm", "confirm", "letters", "letters"):
        press(office, shown, step)

    assert Membership.objects.count() == 1
    assert Letter.objects.filter(kind="brought_in").count() == 1


def test_a_file_is_forgotten_unless_it_was_confirmed(office):
    shown = send(office, row())
    press(office, shown, "drop")
    dropped = ArrivalFile.objects.count()
    file = bring(row())

    office.post(f"{LIST}{file.pk}/drop/")

    assert dropped == 0
    assert ArrivalFile.objects.get() == file


def test_who_stays_is_named_before_the_file_is_undone(office):
    file = bring(row(), another(1))
    User.objects.filter(email="ariadne@example.org").update(last_login="2026-11-22T09:30Z")

    page = office.get(f"{LIST}{file.pk}/")

    assert "Ariadne Sampleton</a> signed in on 22 November 2026" in page.text
    assert "Barnaby1" not in page.text


@pytest.mark.parametrize("people", [1, 3])
def test_a_page_asks_as_much_of_one_as_of_three(office, django_assert_max_num_queries, people):
    file = keep(*(another(number) for number in range(people)))
    office.get(f"{LIST}{file.pk}/")

    with django_assert_max_num_queries(21):
        office.get(f"{LIST}{file.pk}/")


def test_letters_say_what_each_reader_has_here_and_lead_to_a_password(office, client):
    make_fee_rate(pence=9500)
    page = press(
        office,
        send(office, row(), another(1, paid_until="30/10/2026"), another(2, **UNPAID)),
        "confirm",
    )
    press(office, page, "letters")

    texts = {letter.to: letter.text for letter in Letter.objects.filter(kind="brought_in")}

    assert "Case Manager membership is active until 31 March 2027" in texts["ariadne@example.org"]
    assert "ended on 30 October 2026. You can renew it" in texts["barnaby1@example.org"]
    assert "once your fee of £95.00 has arrived" in texts["barnaby2@example.org"]
    assert Arrival.objects.unwritten().count() == 0


def test_the_letters_link_confirms_the_address_and_leads_to_a_password(client):
    write_to(bring(row()))
    user = User.objects.get(email="ariadne@example.org")
    url = reverse("membership:brought_in", args=[welcome.token_of(user)])

    looked = client.get(url)
    before = EmailAddress.objects.get(user=user).verified
    choosing = client.post(url, follow=True)
    client.post(
        choosing.redirect_chain[-1][0],
        {"password1": "a long sample pass phrase", "password2": "a long sample pass phrase"},
    )
    again = client.get(url)

    user.refresh_from_db()
    assert "Choose my password" in looked.text
    assert before is False
    assert EmailAddress.objects.get(user=user).verified
    assert user.check_password("a long sample pass phrase")
    assert "You have a password already" in again.text


def test_a_link_that_was_changed_or_is_too_old_says_what_to_do(client, at_a_moment):
    write_to(bring(row()))
    token = welcome.token_of(User.objects.get(email="ariadne@example.org"))

    broken = client.get(f"/brought-in/{token[:-2]}/")
    at_a_moment.shift(welcome.LASTS.total_seconds() + 1)
    late = client.get(f"/brought-in/{token}/")

    assert (broken.status_code, late.status_code) == (404, 410)
    assert "Ask for a link" in late.text


def test_before_their_letter_nobody_gets_in_by_any_way(client):
    bring(row())
    user = User.objects.get(email="ariadne@example.org")
    url = reverse("membership:brought_in", args=[welcome.token_of(user)])

    client.post("/accounts/password/reset/", {"email": user.email})
    client.post("/accounts/login/code/", {"email": user.email})

    assert client.get(url).status_code == 404
    assert "_auth_user_id" not in client.session
    assert [one.to for one in mail.outbox if "/reset/key/" in one.body] == []


def test_nobody_signs_in_before_they_have_chosen_a_password(client):
    write_to(bring(row()))

    for password in ("", "!", "password"):
        client.post("/accounts/login/", {"login": "ariadne@example.org", "password": password})

    assert "_auth_user_id" not in client.session
    assert Person.objects.get().user.last_login is None


def test_members_page_and_the_first_screen_lead_there(office):
    make_person()
    bring(row())

    people = office.get("/admin/membership/membership/")
    home = office.get("/admin/")

    assert f'href="{LIST}"' in people.text
    assert "person was brought in from a file and has not been told" in home.text


def test_the_list_leads_straight_to_a_files_own_page(office):
    file = keep(row())

    led = office.get(f"{LIST}{file.pk}/change/")

    assert led["Location"] == f"{LIST}{file.pk}/"


def test_who_may_only_look_reads_what_is_noted_of_a_file():
    clerk = make_clerk()
    clerk.user_permissions.add(Permission.objects.get(codename="view_arrivalfile"))
    file = keep(row())

    seen = browser_of(clerk).get(f"{LIST}{file.pk}/change/")

    assert (seen.status_code, file.name in seen.text) == (200, True)
