"""Every decision shows its very letter first; nothing changes before it is confirmed."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from foundation import history
from foundation.models import Letter
from membership import lifecycle
from membership.models import Application, FeeDue, FeeRate
from tests.factories import A_MOMENT, make_clerk, make_fee_rate, make_officer
from tests.membership.deciding import declined, fresh, newest_letter, ready, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five_minutes_later")]
State = Application.State


def desk(user=None):
    client = Client()
    client.force_login(user or make_officer())
    return client


def clerk(*codenames):
    user = make_clerk()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return desk(user)


def way(name, application, *more):
    return reverse(f"admin:application_{name}", args=[application.pk, *more])


CASES = [
    ("approve", {}, "approved"),
    ("decline", {"reason": "The register shows no entry."}, "declined"),
    ("ask", {"dbs": "Which certificate is it?"}, "more_information"),
    ("offer", {"type": "associate", "reason": "You have 14 months."}, "another_type_offered"),
]


@pytest.mark.parametrize(("name", "typed", "kind"), CASES)
def test_what_is_shown_is_what_is_sent(name, typed, kind):
    application, client = ready(), desk()

    preview = client.post(way(name, application), typed).context["preview"]
    client.post(way(name, application), {**typed, "seen": preview.digest})

    letter = Letter.objects.get(kind=kind)
    assert (preview.to, preview.subject, preview.text) == (letter.to, letter.subject, letter.text)


@pytest.mark.parametrize(("name", "typed", "kind"), CASES)
def test_showing_changes_nothing(name, typed, kind):
    application, client = ready(), desk()
    before = list(Application.objects.filter(pk=application.pk).values())
    events = history.of(application.person.history_key).count()

    client.get(way(name, application))
    client.post(way(name, application), typed)

    assert list(Application.objects.filter(pk=application.pk).values()) == before
    assert not Letter.objects.filter(kind=kind).exists()
    assert history.of(application.person.history_key).count() == events
    assert not FeeDue.objects.exists()


def test_a_word_changed_after_the_preview_shows_the_new_letter_first():
    application, client = ready(), desk()
    seen = client.post(way("decline", application), {"reason": "One."}).context["preview"].digest

    page = client.post(way("decline", application), {"reason": "Another.", "seen": seen})

    assert "The letter is another one by now." in page.content.decode()
    assert "Another." in page.context["preview"].text
    assert fresh(application).state == State.SUBMITTED


def test_a_fee_changed_after_the_preview_shows_the_new_letter_first():
    application, client = ready(), desk()
    seen = client.get(way("approve", application)).context["preview"].digest
    FeeRate.objects.filter(type="case_manager").delete()
    make_fee_rate(pence=12000)

    page = client.post(way("approve", application), {"seen": seen})

    assert "£120.00" in page.context["preview"].text
    assert fresh(application).state == State.SUBMITTED


def test_the_letter_of_an_approval_is_there_at_once():
    page = desk().get(way("approve", ready()))

    assert "Fee due to activate your membership: £90.00" in page.content.decode()


# The review page: Approve, and why it is closed ----------------------------------------------


def test_approve_is_closed_until_each_line_is_met_and_says_why():
    make_fee_rate()
    page = clerk("view_application", "decide_application").get(way("review", sent()))

    text = page.content.decode()
    assert 'aria-disabled="true" aria-describedby="why-closed">Approve</span>' in text
    assert "Approve is closed until this is met, or overridden with a written reason:" in text
    assert "0 of 2 references arrived" in text
    assert "/approve/" not in text


def test_who_may_override_finds_the_way_to_the_written_reasons():
    make_fee_rate()
    text = desk().get(way("review", sent())).content.decode()

    assert 'accesskey="w">Approve with written reasons</a>' in text


def test_with_every_line_met_approve_is_open_and_has_its_key():
    text = desk().get(way("review", ready())).content.decode()

    assert 'accesskey="a">Approve</a>' in text
    assert "aria-disabled" not in text


def test_the_page_lists_its_keys_and_its_parts():
    text = desk().get(way("review", ready())).content.decode()

    assert "Keys on this page" in text
    for key, words in (("A", "Approve"), ("M", "Ask for more"), ("D", "Decline")):
        assert f"<dt>{key}</dt><dd>{words}</dd>" in text
    for part in ("decide", "criteria", "expertise", "history"):
        assert f'href="#{part}"' in text
        assert f'id="{part}"' in text


def test_who_is_too_near_sees_why_and_no_decision():
    application = ready()
    officer = make_officer(email=application.referees.first().email)

    text = desk(officer).get(way("review", application)).content.decode()
    answer = desk(officer).post(way("approve", application), follow=True).content.decode()

    assert "You cannot decide on this application: you are one of the referees." in text
    assert "Keys on this page" not in text
    assert "you are one of the referees. Ask a colleague." in answer
    assert fresh(application).state == State.SUBMITTED


# After the decision --------------------------------------------------------------------------


def test_who_decided_finds_undo_and_others_the_formal_way():
    officer = make_officer()
    application = declined(by=officer)

    own = desk(officer).get(way("review", application)).content.decode()
    other = desk().get(way("review", application)).content.decode()

    assert (">Undo</a>" in own, ">Undo</a>" in other) == (True, False)
    assert ">Reverse this decision</a>" in other


def test_undo_asks_once_and_undoes():
    officer = make_officer()
    application = declined(by=officer)
    client = desk(officer)

    page = client.get(way("undo", application))
    state = fresh(application).state
    answer = client.post(way("undo", application), follow=True)

    assert "That letter went out by mistake" in page.content.decode()
    assert state == State.DECLINED
    assert "Undone. The application waits for your decision again." in answer.content.decode()
    assert fresh(application).state == State.SUBMITTED


def test_reversing_needs_its_reason():
    application = declined()
    client = desk()

    empty = client.post(way("reverse", application), {"reason": " "})
    shown = client.post(way("reverse", application), {"reason": "The register was misread."})
    state, letter = fresh(application).state, shown.context["preview"]
    other = {"reason": "The register was not read.", "seen": letter.digest}
    again = client.post(way("reverse", application), other)
    client.post(way("reverse", application), {**other, "seen": again.context["preview"].digest})

    assert "Write down why" in empty.content.decode()
    assert "The register was misread." in letter.text
    assert "The letter is another one by now." in again.content.decode()
    assert state == State.DECLINED
    assert "The register was not read." in newest_letter("decision_reversed")
    assert fresh(application).state == State.SUBMITTED


def test_a_second_officer_agrees_on_a_page_that_shows_reasons_and_letter(settings):
    settings.OVERRIDE_NEEDS_SECOND = True
    make_fee_rate()
    first, second, application = make_officer(), make_officer(), sent()
    typed = {"reason_registration_checked": "Seen on paper.", "reason_references_arrived": "Known."}
    asking = desk(first)

    seen = asking.post(way("approve", application), typed).context
    asked = asking.post(
        way("approve", application), {**typed, "seen": seen["preview"].digest}, follow=True
    )
    page = desk(second).get(way("second", application))
    own = asking.get(way("second", application))
    state = fresh(application).state
    desk(second).post(way("second", application), {"seen": page.context["preview"].digest})

    assert seen["button"] == "Ask a second officer to agree"
    assert "Nothing is decided yet" in asked.content.decode()
    assert "Seen on paper." in page.content.decode()
    assert "Agree and approve" not in own.content.decode()
    assert state == State.SUBMITTED
    application = fresh(application)
    assert (application.state, application.override_agreed_by) == (State.APPROVED, second)


def test_who_may_not_override_does_not_agree():
    application = ready()

    answer = clerk("view_application", "decide_application").get(way("second", application))

    assert answer.status_code == 403


def test_a_review_is_answered_on_its_page_by_somebody_else():
    officer = make_officer()
    application = declined(by=officer)
    made = lifecycle.appeal(
        application_id=application.pk,
        by=application.person.user,
        at=A_MOMENT,
        reasons="I am registered.",
    )
    typed = {"outcome": "overturned", "answer": "We missed it."}

    own = desk(officer).get(way("appeal", application, made.pk)).content.decode()
    seen = desk().post(way("appeal", application, made.pk), typed).context["preview"]
    typed["seen"] = seen.digest
    refused = desk(officer).post(way("appeal", application, made.pk), typed, follow=True)
    other = desk().get(way("appeal", application, made.pk)).content.decode()
    state = fresh(application).state
    desk().post(way("appeal", application, made.pk), typed)

    assert "You took this decision, so somebody else must answer." in own
    assert "you took the decision yourself" in refused.content.decode()
    assert "I am registered." in other
    assert "We missed it." in seen.text
    assert state == State.DECLINED
    assert fresh(application).state == State.SUBMITTED
