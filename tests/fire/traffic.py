"""Visitors of every kind at once, each as patient as people are: what fails is tried again."""

import itertools
import threading
import time
from dataclasses import dataclass, field

import requests

from tests.membership import applying

TOKEN = "t" * 32
PATIENCE = 0.2
SEARCHES = (
    "/",
    "/faq/",
    "/directory/?area=england_south_east",
    "/directory/?expertise=brain_injury",
    "/directory/?postcode=CF14&miles=25",
    "/membership/",
    "/records/calculator/",
)
FORGED = {"id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": {}}


@dataclass(frozen=True)
class Answered:
    """One answer: to what, when, and whether it was a page that people can read."""

    path: str
    began: float
    ended: float
    status: int
    is_page: bool


@dataclass
class Portal:
    """Both web servers, asked in turn, and every answer that they gave."""

    sites: list[str]
    paypal: str
    over: threading.Event = field(default_factory=threading.Event)
    answers: list[Answered] = field(default_factory=list)
    _turn: itertools.count = field(default_factory=itertools.count)

    def ask(self, method, path, *, session="", data=None, json=None):
        """The answer, whatever it is; None where nobody answered."""
        site = self.sites[next(self._turn) % len(self.sites)]
        cookies = {"csrftoken": TOKEN} | ({"sessionid": session} if session else {})
        began = time.monotonic()
        try:
            answer = requests.request(
                method,
                site + path,
                data=data,
                json=json,
                cookies=cookies,
                headers={"X-CSRFToken": TOKEN},
                allow_redirects=False,
                timeout=120,
            )
        except requests.RequestException:
            return None
        is_page = "<h1" in answer.text
        self.answers.append(Answered(path, began, time.monotonic(), answer.status_code, is_page))
        return answer

    def insist(self, method, path, **how):
        """Ask until there is an answer, and not one that asks to come again."""
        while True:
            answer = self.ask(method, path, **how)
            if answer is not None and answer.status_code < 500:
                return answer
            self.over.wait(PATIENCE)


class Applicant:
    """Fills the whole form in as `applying` does, with the patience of an applicant."""

    def __init__(self, portal, session):
        self.portal, self.session = portal, session

    def post(self, path, data=None):
        return self.portal.insist("POST", path, session=self.session, data=data)

    def apply(self):
        applying.start(self, "case_manager")
        applying.fill_practising(self)
        assert applying.send(self).status_code == 302


def search(portal):
    for path in itertools.cycle(SEARCHES):
        if portal.over.is_set():
            return
        if portal.ask("GET", path) is None:
            portal.over.wait(PATIENCE)


def forge(portal):
    """Messages that PayPal never sent."""
    while not portal.over.wait(PATIENCE):
        portal.ask("POST", "/payments/paypal/webhook/", json=FORGED)


def pay(portal, debt):
    """Press Pay, pay at PayPal, come back; from the start again where any of it broke."""
    while True:
        pressed = portal.insist(
            "POST", f"/payments/{debt['number']}/pay/", session=debt["session"], data={}
        )
        if pressed.status_code == 404:  # it is paid already
            return
        back = choose(portal, pressed.headers.get("Location", ""))
        if back:
            portal.insist("GET", back)
            return
        portal.over.wait(PATIENCE)


def choose(portal, address):
    """Pay at PayPal; the path to come back to, none where it was not reached."""
    if not address.startswith(portal.paypal):
        return ""
    order = address.partition("token=")[2]
    try:
        answer = requests.post(
            f"{portal.paypal}/checkoutnow",
            data={"token": order, "choice": "pay"},
            allow_redirects=False,
            timeout=120,
        )
    except requests.RequestException:
        return ""
    location = answer.headers.get("Location", "")
    return next((location.removeprefix(one) for one in portal.sites if one in location), "")


def pay_all(portal, debts):
    for debt in debts:
        pay(portal, debt)


def apply_all(portal, sessions):
    for session in sessions:
        Applicant(portal, session).apply()
