"""Who of the office may do what: every address of the admin has a row here, or this fails."""

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import models
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from benefits.models import Article, Committee, Event, Issue
from directory.models import Enquiry
from membership.models import Application, FeeRate, Person, User
from payments.models import Account, WebhookEvent
from records.models import ScheduleRun
from tests.benefits.announcing import make_announcement
from tests.benefits.events.make import make_booking
from tests.benefits.helping import make_expression
from tests.benefits.issues import make_article
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_user
from tests.payments.money import make_attempt, make_invoice, receive
from tests.test_every_form import World
from tests.website.test_callback import make_request
from website.models import FaqGroup, Question

pytestmark = pytest.mark.django_db

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
REFUSED = (403, 405)
NOBODY = "nobody but who may do everything"

# What every member of staff may open; it shows each only what they may see.
ANY_STAFF = {
    "index",
    "login",
    "logout",
    "password_change",  # their own
    "password_change_done",
    "jsi18n",
    "app_list",
    "autocomplete",
    "view_on_site",
    "",  # the admin's own redirects: from a row to its page, from a missing slash, or to 404
}
# Changes nothing: whoever may see an application is led on to its review page.
LEADS_ON = "membership_application_change"
VERSIONED = (FaqGroup, Question, FeeRate, Event, Issue, Article, Committee)
SUPERUSERS = {"auth_group", "account_emailaddress", "mfa_authenticator"}
# Whoever decides must be able to see what they decide about.
DECIDING = ["membership.decide_application", "membership.view_application"]
# What a page asks for: every string of its row, and of several words in a string any one.
PAGES = {
    "auth_user_password_change": ["membership.change_user"],
    "reset_second_step": ["membership.reset_second_step"],
    "application_review": ["membership.view_application"],
    "application_approve": DECIDING,
    "application_decline": DECIDING,
    "application_ask": DECIDING,
    "application_offer": DECIDING,
    "application_undo": DECIDING,
    "application_reverse": DECIDING,
    "application_appeal": DECIDING,
    "application_second": ["membership.override_check", *DECIDING],
    "application_register": DECIDING,
    "application_expertise": DECIDING,
    "application_reference": DECIDING,
    "application_bounced": DECIDING,
    "application_file": ["membership.view_application", "membership.see_evidence"],
    "application_file_content": ["membership.see_evidence"],
    "feedue_waive": ["membership.waive_fee"],
    "membership_money_known": ["membership.tell_money_known"],
    "membership_suspend": ["membership.suspend_membership"],
    "membership_end_suspension": ["membership.suspend_membership"],
    "membership_resign": ["membership.suspend_membership"],
    "membership_watch": ["membership.view_application"],
    "membership_watch_register": ["membership.decide_application"],
    "membership_watch_seen": ["membership.check_assurance"],
    "membership_export": ["membership.export_register"],
    "arrivals_send": ["membership.bring_in_members"],
    "arrivals_sample": ["membership.bring_in_members"],
    "arrivals_columns": ["membership.bring_in_members"],
    "arrivals_file": ["membership.bring_in_members"],
    "arrivals_to_mend": ["membership.bring_in_members"],
    "arrivals_confirm": ["membership.bring_in_members"],
    "arrivals_drop": ["membership.bring_in_members"],
    "arrivals_letters": ["membership.bring_in_members"],
    "arrivals_undo": ["membership.bring_in_members"],
    "rules_replay": ["membership.view_eligibilityrules", "membership.view_application"],
    "rules_adopt": ["membership.adopt_rules"],
    "records_offer_register": ["records.offer_register"],
    "records_release_register": ["records.release_register"],
    "retention_rules_moves": ["records.view_retentionrules"],
    "retention_rules_adopt": ["records.adopt_retention_rules"],
    "payments_ask_paypal": ["payments.sync_attempt"],
    "payments_record_payment": ["payments.record_payment"],
    "payments_bankline_first": ["payments.view_bankline"],
    "payments_import_statement": ["payments.add_bankfile"],
    "payments_statement_columns": ["payments.add_bankfile"],
    "payments_statement_preview": ["payments.add_bankfile"],
    "payments_refund_payment": ["payments.refund"],
    "payments_decide_refund": ["payments.refund"],
    "payments_ask_about_refund": ["payments.sync_attempt"],
    "payments_deal_with_attempt": ["payments.sync_attempt"],
    "payments_deal_with_dispute": ["payments.sync_attempt"],
    "payments_follow_again": ["payments.sync_attempt"],
    "payments_money_of_person": ["payments.view_account"],
    "payments_office_credit": ["payments.record_payment"],
    "payments_pay_back": ["payments.record_payment"],
    "payments_write_off": ["payments.write_off"],
    "payments_book_charge": ["payments.book_charge"],
    "payments_books": ["payments.export_ledger"],
    "payments_balance_file": ["payments.export_ledger"],
    "payments_journal_file": ["payments.export_ledger"],
    "benefits_event_preview": ["benefits.view_event"],
    "benefits_event_publish": ["benefits.publish_event"],
    "benefits_event_call_off": ["benefits.publish_event"],
    "benefits_event_attendance": ["benefits.mark_attendance"],
    "benefits_event_mark": ["benefits.mark_attendance"],
    "benefits_event_attendees": ["benefits.export_attendees"],
    "benefits_booking_cancel": ["benefits.cancel_booking"],
    "benefits_to_send_back": ["payments.view_account"],
    "person_expertise": ["membership.decide_application"],
    "person_death": ["membership.record_death"],
    "person_not_dead": ["membership.record_death"],
    "timeline": ["membership.view_person"],
    "export_history": ["foundation.export_history"],
    "website_callback_mark": ["website.change_callbackrequest"],
    "website_message_answer": ["website.answer_message"],
    "website_message_close": ["website.answer_message"],
    "website_download_upload": ["website.change_download"],
    "website_download_file": ["website.view_download"],
    "website_download_take_down": ["website.change_download"],
    "website_download_put_back": ["website.change_download"],
    "website_complaint_outcome": ["website.answer_complaint"],
    "website_complaint_progress": ["website.answer_complaint"],
    "website_datarequest_decide": ["website.answer_datarequest"],
    "website_datarequest_extend": ["website.answer_datarequest"],
    "website_datarequest_pause": ["website.answer_datarequest"],
    "website_datarequest_resume": ["website.answer_datarequest"],
    "website_datarequest_answer": ["website.answer_datarequest"],
    "website_page_version": ["website.view_page"],
    "website_page_publish": ["website.publish_page"],
    "website_page_restore": ["website.change_page"],
    "website_page_take_down": ["website.publish_page"],
    "benefits_announcement_look": ["benefits.view_announcement"],
    "benefits_announcement_try": ["benefits.change_announcement"],
    "benefits_announcement_send": ["benefits.send_announcement"],
    "benefits_announcement_stop": ["benefits.send_announcement"],
    "benefits_announcement_go_on": ["benefits.send_announcement"],
    "benefits_expression_answer": ["benefits.answer_expression"],
    "benefits_issue_look": ["benefits.view_issue"],
    "merge": ["website.merge_people"],
    "merge_confirm": ["website.merge_people"],
    "merge_undo": ["website.merge_people"],
    "letter_came_back": ["membership.change_person"],
    "disposals": ["records.dispose_record"],
    "sign_disposal": ["records.dispose_record"],
    "history": ["foundation.export_history"],
    "export_whole_history": ["foundation.export_history"],
    "history_script": ["foundation.export_history"],
    "processing": ["website.view_datarequest"],
    "processing_csv": ["website.view_datarequest"],
    "processing_markdown": ["website.view_datarequest"],
}
ACTIONS = {
    ("payments.BankLine", "accept_suggestions"): "payments.match_bankline",
    ("website.Question", "reviewed_today"): "website.change_question",
    ("website.CallbackRequest", "mark_no_answer"): "website.change_callbackrequest",
    ("website.CallbackRequest", "mark_called"): "website.change_callbackrequest",
    ("website.CallbackRequest", "mark_closed"): "website.change_callbackrequest",
    ("account.EmailAddress", "make_verified"): NOBODY,
}


def label_of(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def pages_of_models() -> Iterator[tuple[str, list[str]]]:
    """What Django admin makes by itself for each registered model."""
    for model in admin.site._registry:
        label = label_of(model)
        app, name = model._meta.app_label, model._meta.model_name
        see = f"{app}.view_{name} {app}.change_{name}"
        for page in ("changelist", "change", "history", "simple_history"):
            yield f"{label}_{page}", [NOBODY] if label in SUPERUSERS else [see]
        for page in ("add", "delete"):
            yield f"{label}_{page}", [NOBODY] if label in SUPERUSERS else [f"{app}.{page}_{name}"]


def addresses() -> Iterator[tuple[str, str]]:
    """Name and pattern of every address under /admin/."""

    def walk(patterns: list[URLPattern | URLResolver], way: str) -> Iterator[tuple[str, str]]:
        for one in patterns:
            here = way + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, here)
            else:
                yield one.name or "", here

    found = walk(get_resolver().url_patterns, "/")
    return ((name, way) for name, way in found if way.startswith("/admin/"))


ROWS = dict(pages_of_models()) | PAGES
GUARDED = [(name, way) for name, way in addresses() if name not in ANY_STAFF]


def key_of(way: str) -> str:
    """The number of a row that is there, where the address is one of a model's."""
    for model in admin.site._registry:
        if f"/admin/{model._meta.app_label}/{model._meta.model_name}/" in way:
            first = model._default_manager.order_by("pk").first()
            return str(first.pk) if first else "1"
    return str(Person.objects.order_by("pk").values_list("pk", flat=True).first() or 1)


def version_of(way: str) -> str:
    """The number of an earlier state of that row."""
    for model in VERSIONED:
        if f"/{model._meta.model_name}/" in way:
            version = model.history.filter(id=key_of(way)).order_by("pk").first()
            return str(version.pk) if version else "1"
    return "1"


def filled(way: str) -> str:
    """The address with something in each of its places, after the row's own number."""
    way = re.sub(r"<(int:pk|path:object_id|id)>", key_of(way), way)
    way = way.replace("(?P<url>.*)$", "nowhere")
    way = re.sub(r"\^\(\?P<app_label>(\w+).*", r"\1/", way)
    way = way.replace("^([^/]+)/history/([^/]+)/$", f"{key_of(way)}/history/{version_of(way)}/")
    way = re.sub(r"<slug:\w+>", "brain_injury", way)
    return re.sub(r"<[^>]+>", "1", way)


def staff_with(*permissions: str) -> Client:
    pairs = [one.split(".") for one in permissions]
    return client_of(
        [Permission.objects.get(content_type__app_label=app, codename=code) for app, code in pairs]
    )


def staff_without(*permissions: str) -> Client:
    """Somebody who may do everything else."""
    pairs = {tuple(one.split(".")) for one in permissions}
    everything = Permission.objects.select_related("content_type")
    return client_of(
        [one for one in everything if (one.content_type.app_label, one.codename) not in pairs]
    )


def client_of(permissions: list[Permission]) -> Client:
    user = make_clerk()
    user.user_permissions.set(permissions)
    client = Client()
    client.force_login(user)
    return client


def refusals(client: Client, way: str) -> dict[str, int]:
    """What each method answers, where that is no refusal."""
    answers = {method: getattr(client, method)(filled(way)) for method in METHODS}
    return {
        method: answer.status_code
        for method, answer in answers.items()
        # Where there is no such row, the page of its history leads home without another word.
        if answer.status_code not in REFUSED and answer.get("Location") != "/admin/"
    }


def test_every_address_of_the_admin_has_a_row():
    assert {name for name, _way in GUARDED} - ROWS.keys() == set()
    assert len(GUARDED) > 100


def test_every_row_is_of_an_address_that_there_is():
    assert PAGES.keys() - {name for name, _way in GUARDED} == set()


@pytest.fixture
def somebody_everywhere():
    """Somebody in every place, so that what must not show could."""
    world = World()
    make_attempt(make_invoice())
    receive(make_invoice(9000), 100)
    make_request()
    make_booking(person=world.other)
    Enquiry.objects.create(
        listing=world.other.listing,
        name="Sunita Secretname",
        email="sunita@example.org",
        message="Secret words",
        sent_at=A_MOMENT,
    )
    user = world.member.user
    Group.objects.create(name="Secretname")
    EmailAddress.objects.create(user=user, email=user.email)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    ScheduleRun.objects.create(judged_on=A_DAY, started_at=A_MOMENT)
    WebhookEvent.objects.create(
        event_id="WH-1", event_type="made up", raw="{}", received_at=A_MOMENT
    )
    make_announcement()
    make_article()
    make_expression()
    for model in VERSIONED:
        model.objects.order_by("pk").first().save()
    return world


def test_without_its_permission_no_address_does_anything_by_any_method(somebody_everywhere):
    through = {}
    for name, way in GUARDED:
        for needed in ROWS[name]:
            client = staff_without(*([] if needed == NOBODY else needed.split()))
            if found := refusals(client, way):
                through[f"{name} without {needed}"] = found

    assert sorted(f"{name}: {codes}" for name, codes in through.items()) == []


def test_with_its_permissions_alone_each_page_of_ours_opens(somebody_everywhere):
    closed = {}
    for name, way in GUARDED:
        if name in PAGES:
            client = staff_with(*PAGES[name])
            closed[name] = {
                client.get(filled(way)).status_code,
                client.post(filled(way)).status_code,
            }

    assert {name: codes for name, codes in closed.items() if 403 in codes} == {}


def test_who_may_only_look_changes_nothing(somebody_everywhere):
    looking = staff_without(
        *(
            f"{one.content_type.app_label}.{one.codename}"
            for one in Permission.objects.select_related("content_type")
            if not one.codename.startswith("view_")
        )
    )

    codes = {
        name: looking.post(filled(way), {"anything": "1"}).status_code
        for name, way in GUARDED
        if name != LEADS_ON and name.endswith(("_add", "_change", "_delete", "_password_change"))
    }

    # Of what there is no row there is nothing to change.
    assert {name: code for name, code in codes.items() if code not in (403, 404)} == {}


def test_staff_without_any_permission_see_nothing_of_anybody(somebody_everywhere):
    client = client_of([])
    secrets = {
        *Person.objects.values_list("email", flat=True),
        *Person.objects.exclude(family_name="").values_list("family_name", flat=True),
        *Application.objects.values_list("reference", flat=True),
        *Account.objects.values_list("payment_reference", flat=True),
        "Secretname",
    }

    told = {}
    for name, way in addresses():
        answer = client.get(filled(way), follow=name != "logout")
        words = answer.content.decode(errors="replace")
        if found := [secret for secret in secrets if secret in words]:
            told[name] = found

    assert len(secrets) > 20
    assert told == {}


@pytest.mark.parametrize("somebody", ["a visitor", "a member"])
def test_who_is_not_staff_comes_to_no_page_at_all(client, somebody):
    if somebody == "a member":
        client.force_login(make_user())

    answers = {way: client.get(filled(way)) for name, way in GUARDED}

    ways = {answer["Location"].partition("?")[0] for answer in answers.values()}
    assert ways <= {"/admin/login/", "/accounts/login/"}


def test_every_action_on_a_list_has_a_row_and_is_for_whom_it_says():
    request = RequestFactory().get("/admin/")
    request.user = User(is_staff=True, is_superuser=True)
    known = {}
    for model, model_admin in admin.site._registry.items():
        for name in model_admin.get_actions(request):
            known[(model._meta.label, name)] = model_admin
    known = {key: one for key, one in known.items() if key[1] != "delete_selected"}

    assert known.keys() == ACTIONS.keys()
    for (label, name), model_admin in known.items():
        needed = ACTIONS[(label, name)]
        if needed == NOBODY:
            continue  # the list itself is shut
        request.user = _user_without(needed)
        assert name not in model_admin.get_actions(request), label


def _user_without(permission: str) -> User:
    user = make_clerk()
    codename = permission.partition(".")[2]
    user.user_permissions.set(Permission.objects.exclude(codename=codename))
    return user


def test_rows_are_deleted_from_a_list_by_nobody_who_may_not_delete_them():
    request = RequestFactory().get("/admin/")
    for user in (AnonymousUser(), make_clerk()):
        request.user = user

        offered = [
            model._meta.label
            for model, model_admin in admin.site._registry.items()
            if "delete_selected" in model_admin.get_actions(request)
        ]

        assert offered == []
