"""The office sees registers in counts, and finds somebody for one whose owner has died."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission

from foundation import history
from membership.models import Person
from records import care, handing_over
from records.models import HandoverOffer, Register
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_member, make_officer
from tests.records.records import make_record, name_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
LIST = "/admin/records/register/"


def left_behind():
    """The register of somebody who has died, with one record."""
    record = make_record(make_member(), reference="CM-8801")
    Person.objects.filter(pk=record.owner.pk).update(
        died_on=A_DAY, death_recorded_at=A_MOMENT, death_recorded_by=make_officer()
    )
    care.sweep(at=A_MOMENT)
    return Register.objects.get(pk=record.register_id)


def typed(member, **changed):
    return {
        "number": member.membership.written_number,
        "email": member.email,
        "reason": "Letter of the firm of 20 November 2026",
        **changed,
    }


def test_the_office_sees_counts_and_no_record(client):
    one = left_behind()
    client.force_login(make_officer())

    listed = client.get(LIST)
    shown = client.get(f"{LIST}{one.pk}/change/")
    home = client.get("/admin/")

    assert "Offer to a member" in listed.text
    assert "CM-8801" not in listed.text + shown.text + home.text
    assert "1 register of client records has nobody since its owner died" in " ".join(
        home.text.replace("<strong>", "").replace("</strong>", "").split()
    )
    assert client.post(f"{LIST}{one.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_the_office_offers_it_to_a_member_of_the_firm_who_takes_it_over(client):
    one, colleague = left_behind(), make_member()
    client.force_login(make_officer())

    client.post(f"{LIST}{one.pk}/offer/", typed(colleague))
    offer = HandoverOffer.objects.get()
    client.force_login(colleague.user)
    page = client.get(f"/records/offers/{offer.key}/")
    handing_over.accept(offer_id=offer.pk, version="2026-11", by=colleague.user, at=A_MOMENT)

    assert (offer.person, offer.by_portal) == (colleague, True)
    assert "named to our office" in page.text
    assert Register.objects.get().owner == colleague
    told = history.of(one.history_key).filter(verb="office looked for an owner").get()
    assert told.text == "Letter of the firm of 20 November 2026"


def test_a_register_that_somebody_may_take_is_not_the_offices_to_offer(client):
    record = make_record(make_member())
    name_in(record.register)
    client.force_login(make_officer())
    url = f"{LIST}{record.register_id}/offer/"

    page = client.post(url, typed(make_member()))

    assert "only for a register whose owner has left" in page.text
    assert HandoverOffer.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": "nobody@example.org"}, "No active member has this number together"),
        ({"number": "x"}, "Enter the number as on the card"),
        ({"reason": ""}, "Say why the register is offered to them."),
    ],
)
def test_a_mistake_is_said_and_nobody_is_written_to(client, changed, words):
    one = left_behind()
    client.force_login(make_officer())

    page = client.post(f"{LIST}{one.pk}/offer/", typed(make_member(), **changed))

    assert words in page.text
    assert HandoverOffer.objects.count() == 0


def test_who_may_look_may_not_offer(client):
    one, clerk = left_behind(), make_clerk()
    clerk.user_permissions.add(Permission.objects.get(codename="view_register"))
    client.force_login(clerk)

    codes = [client.get(LIST).status_code]
    codes += [getattr(client, way)(f"{LIST}{one.pk}/offer/").status_code for way in ("get", "post")]

    assert codes == [200, 403, 403]


def test_a_declined_register_waits_for_the_office_again(client):
    one, colleague = left_behind(), make_member()
    client.force_login(make_officer())
    client.post(f"{LIST}{one.pk}/offer/", typed(colleague))

    before = Register.objects.without_anybody().count()
    handing_over.decline(offer_id=HandoverOffer.objects.get().pk, by=colleague.user, at=A_MOMENT)

    assert (before, Register.objects.without_anybody().count()) == (0, 1)
    care.sweep(at=A_MOMENT + dt.timedelta(days=3650))
    assert Register.objects.get(pk=one.pk).records.count() == 1


def test_the_list_takes_the_same_queries_for_one_and_for_three(
    client, django_assert_max_num_queries
):
    client.force_login(make_officer())
    left_behind()
    client.get(LIST)

    with django_assert_max_num_queries(15) as first:
        client.get(LIST)
    left_behind()
    left_behind()
    with django_assert_max_num_queries(15) as then:
        client.get(LIST)

    assert len(first) == len(then)
