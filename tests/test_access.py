"""Who comes to which address by which method: each address outside the office has a row here.

The office's have theirs in `test_permissions`. Each row says who it is for, and what its owner may
send there; everybody else, and every other method, is refused. An address without a row fails.
"""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from payments import invoicing
from payments.models import CreditNote, Invoice, Receipt
from records import handing_over, naming
from records.models import Certificate, ClientRecord, Disposal
from tests.factories import (
    A_MOMENT,
    PASSWORD,
    make_clerk,
    make_fee,
    make_member,
    make_officer,
    make_person,
    make_ready_application,
)
from tests.hostile import place_in, ways
from tests.records.records import make_register, name_in, register_of
from tests.records.test_importing import row
from tests.records.test_importing import send as send_file
from tests.signed_in import browser_of
from tests.test_every_address import Always
from tests.test_strangers import belongings
from website import packs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
READ_OR_SENT = ("GET", "HEAD", "POST")
LOGIN = "the login"


# For everybody. A token in the address is read by what it belongs to; a wrong one opens nothing.
OPEN = (
    "/",
    "/.well-known/security.txt",
    "/about/",
    "/accessibility/",
    "/accounts/inactive/",
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/logout/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/signup/",
    "/apply/",
    "/callback/",
    "/callback/thank-you/",
    "/complaints/",
    "/complaints/thank-you/",
    "/committees/",
    "/components/",
    "/components/confirmation/",
    "/components/paper/",
    "/contact/",
    "/contact/thank-you/",
    "/cookies/",
    "/data/",
    "/data/asked/",
    "/directory/",
    "/directory/ask/",
    "/directory/shortlist/",
    "/directory/sitemap.xml",
    "/events/",
    "/events/calendar.ics",
    "/faq/",
    "/faq/archive/",
    "/favicon.ico",
    "/healthz",
    "/letters/",
    "/magazine/",
    "/membership/",
    "/membership/benefits/",
    "/membership/flowchart/",
    "/membership/to-hand/",
    "/membership/which-type/",
    "/metrics",
    "/notices/",
    "/notices/atom.xml",
    "/notices/rss.xml",
    "/outbox/",
    "/payments/paypal/webhook/",
    "/privacy/",
    "/readyz",
    "/records/calculator/",
    "/records/policy/",
    "/records/witness/not-signed/",
    "/records/witness/thank-you/",
    "/reference/refused/",
    "/reference/thanks/",
    "/robots.txt",
    "/sitemap.xml",
)
# For who has begun to sign in; anybody else begins at the login.
BEGUN = (
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/webauthn/login/",
    "/accounts/confirm-email/",
    "/accounts/login/code/confirm/",
)
BY_TOKEN_OR_NAME = (
    "/about/<slug:slug>/",
    "/accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "/committees/<slug:slug>/",
    "/data/<str:token>/",
    "/data/<str:token>/correct/",
    "/data/<str:token>/download/",
    "/data/<str:token>/erase/",
    "/data/<str:token>/others/",
    "/directory/<slug:slug>/",
    "/directory/<slug:slug>/contact/",
    "/directory/<slug:slug>/contact/sent/",
    "/directory/<slug:slug>/photo/",
    "/directory/enquiry/<str:token>/",
    "/downloads/<slug:slug>/",
    "/events/<slug:slug>/",
    "/events/<slug:slug>/book/",
    "/events/<slug:slug>/event.ics",
    "/events/booking/<str:token>/",
    "/events/booking/<str:token>/accept/",
    "/events/booking/<str:token>/cancel/",
    "/events/booking/<str:token>/certificate/",
    "/events/booking/<str:token>/certificate/pdf/",
    "/events/booking/<str:token>/event.ics",
    "/events/booking/<str:token>/pay/",
    "/events/booking/<str:token>/sent/",
    "/events/certificates/<slug:token>/",
    "/letters/<str:name>/",
    "/letters/<str:name>/<int:number>/",
    "/magazine/<int:number>/",
    "/magazine/<int:number>/<slug:slug>/",
    "/news/leave/<str:token>/",
    "/notices/<slug:slug>/",
    "/outbox/<str:name>/",
    "/outbox/<str:name>/<int:number>/",
    "/payments/by-link/<str:token>/",
    "/payments/by-link/<str:token>/pdf/",
    "/payments/paypal/cancelled/<slug:token>/",
    "/payments/paypal/return/<slug:token>/",
    "/records/released/<str:token>/",
    "/records/terms/<str:version>/",
    "/records/verify/<str:token>/",
    "/records/witness/<str:token>/",
    "/records/witness/<str:token>/rather-not/",
    "/brought-in/<str:token>/",
    "/reference/<str:token>/",
    "/reference/<str:token>/<slug:key>/",
    "/reference/<str:token>/check/",
    "/reference/<str:token>/rather-not/",
    "/verify/<slug:token>.json",
    "/verify/<slug:token>/",
    "/verify/<slug:token>/badge.svg",
)
# For whoever is signed in, and about nobody but them.
SIGNED_IN = (
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/download/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/reauthenticate/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/password/set/",
    "/accounts/reauthenticate/",
    "/accounts/sessions/",
    "/apply/check/",
    "/apply/copy/",
    "/apply/copy/pdf/",
    "/apply/offer/",
    "/apply/referees/",
    "/apply/registration/",
    "/apply/review/",
    "/apply/sent/",
    "/apply/upgrade/",
    "/apply/withdraw/",
    "/events/mine/",
    "/membership/renew/",
    "/payments/",
    "/profile/",
    "/profile/card/",
    "/profile/card/new-address/",
    "/profile/data/",
    "/profile/data/consents/",
    "/profile/data/consents/withdraw/",
    "/profile/data/correct/",
    "/profile/data/download/",
    "/profile/data/erase/",
    "/profile/data/others/",
    "/profile/data/pack/",
    "/profile/data/take/",
    "/profile/dates/course/",
    "/profile/expertise/",
    "/profile/expertise/qualification/",
    "/profile/expertise/registration/",
    "/profile/history/",
    "/profile/leave/",
    "/profile/listing/",
    "/profile/listing/confirm/",
    "/profile/listing/opt-in/",
    "/profile/listing/opt-out/",
    "/profile/listing/pause/",
    "/profile/listing/photo/",
    "/profile/logins/",
    "/profile/logins/end-others/",
    "/profile/news/",
    "/records/",
    "/records/add/",
    "/records/certificates/find/",
    "/records/disposals/",
    "/records/disposals/propose/",
    "/records/empty-file/",
    "/records/meeting-pack/",
    "/records/meeting-pack/pdf/",
    "/records/own-policy/",
    "/records/own-policy/pdf/",
    "/records/terms/",
)
# The same, of which kind the address says; what is somebody's is looked for among their own.
OF_A_KIND = {
    "/^apply/(?P<key>qualifications|history)/$": "/apply/qualifications/",
    "/^apply/(?P<key>qualifications|history)/add/$": "/apply/qualifications/add/",
    "/^apply/(?P<key>qualifications|indemnity)/files/$": "/apply/qualifications/files/",
    "/accounts/2fa/webauthn/keys/<int:pk>/edit/": "/accounts/2fa/webauthn/keys/1/edit/",
    "/accounts/2fa/webauthn/keys/<int:pk>/remove/": "/accounts/2fa/webauthn/keys/1/remove/",
    "/apply/<slug:key>/": "/apply/home/",
    "/apply/referees/<int:position>/": "/apply/referees/1/",
    "/apply/referees/<int:position>/replace/": "/apply/referees/1/replace/",
    "/profile/data/fetch/<slug:reference>/": "/profile/data/fetch/1/",
    "/profile/dates/<slug:kind>/": "/profile/dates/1/",
    "/profile/details/<slug:part>/": "/profile/details/1/",
    "/profile/logins/<int:pk>/end/": "/profile/logins/1/end/",
    "/magazine/<int:number>/pdf/": "/magazine/1/pdf/",
    "/committees/<slug:slug>/withdraw/": "/committees/1/withdraw/",
}
# For whose it is; the number or key of somebody else's is not found.
ENTRY = "/^apply/(?P<key>qualifications|history)/(?P<pk>[0-9]{1,18})/"
FILE = "/^apply/(?P<key>qualifications|indemnity)/files/(?P<pk>[0-9]{1,18})/"
OWN = {
    f"{ENTRY}$": ("qualifications", "entry"),
    f"{ENTRY}remove/$": ("qualifications", "entry"),
    f"{FILE}remove/$": ("qualifications", "file"),
    f"{FILE}replace/$": ("qualifications", "file"),
    "/payments/<slug:number>/": ("invoice",),
    "/payments/<slug:number>/bank-transfer/": ("invoice",),
    "/payments/<slug:number>/pay/": ("invoice",),
    "/payments/<slug:number>/pdf/": ("invoice",),
    "/payments/<slug:number>/use-credit/": ("invoice",),
    "/payments/credit-notes/<slug:number>/": ("credit_note",),
    "/payments/credit-notes/<slug:number>/pdf/": ("credit_note",),
    "/payments/receipts/<slug:number>/": ("receipt",),
    "/payments/receipts/<slug:number>/pdf/": ("receipt",),
    "/profile/registration/<int:pk>/": ("registration",),
    "/profile/data/pack/<uuid:key>/": ("pack",),
    "/profile/data/pack/<uuid:key>/file/": ("pack",),
    "/records/<uuid:key>/": ("record",),
    "/records/<uuid:key>/change/": ("record",),
    "/records/<uuid:key>/holds/<int:hold_id>/resolve/": ("record", "hold"),
    "/records/<uuid:key>/holds/add/": ("record",),
    "/records/<uuid:key>/keep/": ("record",),
    "/records/certificates/<str:number>/": ("certificate",),
    "/records/certificates/<str:number>/file/": ("certificate",),
    "/records/certificates/<str:number>/history/": ("certificate",),
    "/records/certificates/<str:number>/pdf/": ("certificate",),
    "/records/disposals/<uuid:key>/": ("disposal",),
    "/records/disposals/<uuid:key>/ask/": ("disposal",),
    "/records/disposals/<uuid:key>/sign/": ("disposal",),
    "/records/disposals/<uuid:key>/withdraw/": ("disposal",),
    "/records/imports/<uuid:key>/": ("import_",),
    "/records/imports/<uuid:key>/confirm/": ("import_",),
    "/records/imports/<uuid:key>/forget/": ("import_",),
    "/records/imports/<uuid:key>/undo/": ("import_",),
    "/records/invitations/<uuid:key>/": ("invitation",),
    "/records/invitations/<uuid:key>/decline/": ("invitation",),
    "/records/named/<uuid:key>/end/": ("named",),
    "/records/offers/<uuid:key>/": ("offer",),
    "/records/offers/<uuid:key>/decline/": ("offer",),
    "/records/registers/<uuid:key>/": ("register",),
    "/records/registers/<uuid:key>/add/": ("register",),
    "/records/registers/<uuid:key>/close/": ("register",),
    "/records/registers/<uuid:key>/import/": ("register",),
    "/records/registers/<uuid:key>/offer/<uuid:named_key>/": ("register", "named"),
    "/records/registers/<uuid:key>/offer/take-back/": ("register",),
    "/records/registers/<uuid:key>/sharing/": ("register",),
    "/records/registers/<uuid:key>/take-out/": ("register",),
    "/records/registers/<uuid:key>/terms/": ("register",),
}


def owner_of_everything():
    """A member with one of each thing that can be somebody's, and where it is found."""
    owner = make_member(make_person(given_name="Zenobia"), type="associate")
    belongings(owner)
    application = owner.applications.get()
    mine = register_of(owner)
    named = name_in(mine, make_member())
    theirs = make_register(make_member())
    invited = naming.name(
        register=theirs,
        number=owner.membership.number,
        email=owner.email,
        by=theirs.owner.user,
        at=A_MOMENT,
    )
    withdrawn = Invoice.objects.get(account__person=owner)
    owner.fees.filter(settled_on=None).update(cancelled_at=A_MOMENT)
    invoicing.withdraw(withdrawn.pk, at=A_MOMENT)
    invoice = invoicing.raise_for(make_fee(owner, purpose="renewal"), at=A_MOMENT)
    offered = name_in(make_register(make_member()), owner)
    offer = handing_over.offer(
        register_id=offered.register.pk, to=owner, by=offered.register.owner.user, at=A_MOMENT
    )
    held = ClientRecord.objects.of(owner).filter(holds__isnull=False).first()
    return owner, {
        "qualifications": "qualifications",
        "offer": offer.key,
        "entry": owner.qualifications.get().pk,
        "file": application.evidence_files.get().pk,
        "registration": owner.registrations.get().pk,
        "register": mine.key,
        "record": held.key,
        "hold": held.holds.get().pk,
        "disposal": Disposal.objects.of(owner).first().key,
        "certificate": Certificate.objects.of(owner).first().number,
        "pack": packs.ask(owner, None, at=A_MOMENT).key,
        "import_": send_file(mine, row("CM-1")).key,
        "invitation": invited.key,
        "named": named.key,
        "invoice": invoice.number,
        "receipt": Receipt.objects.first().number,
        "credit_note": CreditNote.objects.get().number,
    }


def path_of(way, keys):
    """The address with the keys of what is theirs in its places, in order."""
    names = iter(OWN[way])
    place = r"\(\?P<\w+>[^)]*\)|<[^>]+>"
    return re.sub(place, lambda _match: str(keys[next(names)]), way).rstrip("$").replace("/^", "/")


def send(client, method, path):
    """What it answers, and where it leads; nothing of it stays."""
    with transaction.atomic():
        answer = client.generic(method, path)
        transaction.set_rollback(True)
    led = answer.get("Location", "").partition("?")[0]
    return LOGIN if led in {"/accounts/login/", "/accounts/login/code/"} else answer.status_code


def another_member():
    """With as much as a member can have, so that a wrong row could be found."""
    other = make_member(make_person(given_name="Otto"), type="associate")
    belongings(other)
    return other.user


def test_every_address_has_a_row_and_every_row_an_address():
    rows = [*OPEN, *BEGUN, *BY_TOKEN_OR_NAME, *SIGNED_IN, *OF_A_KIND, *OWN]

    assert len(rows) == len(set(rows))
    assert {way for way in ways() if not way.startswith("/admin/")} == set(rows)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_no_address_knows_any_method_but_those_of_pages_and_forms(client, method):
    codes = {way: send(client, method, place_in(way, Always(), ["1"])) for way in ways()}

    assert len(codes) > 400
    assert {way for way, code in codes.items() if code != 405} == set()


@pytest.mark.parametrize("method", READ_OR_SENT)
def test_strangers_are_sent_to_the_login_from_all_that_is_somebodys(client, method):
    _owner, keys = owner_of_everything()
    paths = [*BEGUN, *SIGNED_IN, *OF_A_KIND.values(), *(path_of(way, keys) for way in OWN)]

    codes = {path: send(client, method, path) for path in paths}

    assert {path: code for path, code in codes.items() if code != LOGIN} == {}


def test_strangers_are_sent_there_from_nothing_that_is_for_everybody(client):
    filled = {way: place_in(way, Always(), ["1"]) for way in BY_TOKEN_OR_NAME}

    codes = {path: send(client, "GET", path) for path in (*OPEN, *filled.values())}

    assert [path for path, code in codes.items() if code == LOGIN] == []
    assert {codes[filled[way]] for way in BY_TOKEN_OR_NAME} <= {200, 404, 410}


def test_a_wrong_token_opens_nothing_by_sending_either(client):
    filled = [place_in(way, Always(), ["1"]) for way in BY_TOKEN_OR_NAME]

    codes = {path: send(client, "POST", path) for path in filled}

    opened = {path for path, code in codes.items() if code not in {404, 405, 410}}
    # A page that says that the link or the listing is not to be used, with its form's faults.
    assert opened == {"/accounts/password/reset/key/1-1/", "/directory/1/contact/"}


def test_their_owner_finds_each_of_these(client):
    owner, keys = owner_of_everything()
    client = browser_of(owner.user)

    codes = {
        way: {send(client, method, path_of(way, keys)) for method in ("GET", "POST")} for way in OWN
    }

    assert {way: found for way, found in codes.items() if not found & {200, 302}} == {}


def staff_without_permission():
    """With an application of their own, so that only the number is wrong."""
    clerk = make_clerk()
    make_ready_application(make_person(user=clerk))
    return clerk


@pytest.mark.parametrize("somebody", [another_member, staff_without_permission])
@pytest.mark.parametrize("method", READ_OR_SENT)
def test_nobody_else_finds_any_of_them_by_any_method(method, somebody):
    _owner, keys = owner_of_everything()
    client = browser_of(somebody())

    codes = {way: send(client, method, path_of(way, keys)) for way in OWN}

    assert {way: code for way, code in codes.items() if code not in {404, 405}} == {}


def test_not_even_who_may_do_everything_opens_somebodys_client_records(client):
    _owner, keys = owner_of_everything()
    client = browser_of(make_officer())

    codes = {way: send(client, "GET", path_of(way, keys)) for way in OWN if "/records/" in way}

    assert {way: code for way, code in codes.items() if code not in {404, 405}} == {}


def test_a_passkey_of_somebody_else_is_not_found_either(client):
    owner, other = make_member(), make_member()
    key = Authenticator.objects.create(user=owner.user, type=Authenticator.Type.WEBAUTHN, data={})
    client.force_login(other.user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    way = f"/accounts/2fa/webauthn/keys/{key.pk}/"
    codes = [client.post(f"{way}{page}/").status_code for page in ("edit", "remove")]

    assert codes == [404, 404]
    assert Authenticator.objects.filter(pk=key.pk).exists()
