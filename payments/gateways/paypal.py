"""PayPal through its own library, which no other file imports."""

import json
import logging
import threading
import time
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import paypalrestsdk
import requests
from paypalrestsdk import exceptions as sdk_errors

from payments.gateways.errors import UNREADABLE, PaypalError

logger = logging.getLogger(__name__)
logging.getLogger("paypalrestsdk").setLevel(logging.WARNING)  # its DEBUG lines hold secrets

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NO_ANSWER = "NO_ANSWER"


class Transport(paypalrestsdk.Api):  # type: ignore[misc]
    """The library's authenticated calls with its traps closed; one object serves every thread.

    It waits `timeout` (seconds to connect, seconds to answer), renews a token `margin` seconds
    early and a refused one once, follows no redirect, sends no body on GET, and raises PaypalError
    and nothing else.
    """

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        endpoint: str,
        timeout: tuple[float, float] = (5.0, 25.0),
        margin: float = 120,
    ) -> None:
        # Mode "live" keeps the library from logging secrets; the endpoint says where we really are.
        super().__init__(
            mode="live",
            client_id=client_id,
            client_secret=client_secret,
            endpoint=endpoint.rstrip("/"),
        )
        self._timeout = timeout
        self._margin = margin
        self._lock = threading.RLock()
        self._sessions = threading.local()
        self._token_good_until = 0.0

    def validate_token_hash(self) -> None:
        if time.monotonic() >= self._token_good_until:
            self.token_hash = None

    def get_token_hash(
        self,
        authorization_code: str | None = None,
        refresh_token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """One token for all threads; the caller's own headers never go to the token call."""
        with self._lock:
            asked_at = time.monotonic()
            held = self.token_hash
            token: dict[str, Any] = super().get_token_hash()
            if token is held:
                return token
            if not token.get("access_token") or not token.get("token_type"):
                self.token_hash = None
                raise PaypalError(status=None, name=UNREADABLE)
            self._token_good_until = asked_at + float(token.get("expires_in") or 0) - self._margin
            return token

    def request(
        self,
        url: str,
        method: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        refresh_token: str | None = None,
    ) -> dict[str, Any]:
        """One call, and one more with a fresh token where PayPal refused the old one."""
        sent = None if method == "GET" else _as_bytes(body)
        token = self.get_token_hash()
        try:
            return self.http_call(url, method, data=sent, headers=self._headed(token, headers))
        except PaypalError as error:
            if error.status != 401:
                raise
        with self._lock:
            if self.token_hash is token:
                self.token_hash = None
        return self.http_call(
            url, method, data=sent, headers=self._headed(self.get_token_hash(), headers)
        )

    def http_call(self, url: str, method: str, **kwargs: Any) -> dict[str, Any]:
        """Send and read; an answer nobody can read counts as no answer."""
        try:
            response = self._session().request(
                method, url, timeout=self._timeout, allow_redirects=False, **kwargs
            )
            answer = self.handle_response(response, response.content.decode("utf-8", "replace"))
        except requests.RequestException:
            raise PaypalError(status=None, name=NO_ANSWER) from None
        except sdk_errors.ConnectionError as refused:
            raise _error_of(refused.response, refused.content) from None
        except ValueError:
            raise PaypalError(status=None, name=UNREADABLE) from None
        if not isinstance(answer, dict):
            raise PaypalError(status=None, name=UNREADABLE)
        return answer

    def _headed(
        self, token: Mapping[str, str], headers: Mapping[str, str] | None
    ) -> dict[str, str]:
        return {
            "Authorization": f"{token['token_type']} {token['access_token']}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": self.user_agent,
            **(headers or {}),
        }

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._sessions, "session", None)
        if session is None:
            session = self._sessions.session = requests.Session()
            session.auth = _keep_headers
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            session.trust_env = urlsplit(self.endpoint).hostname not in LOOPBACK
        return session

    def close(self) -> None:
        """Close this thread's connections."""
        self._session().close()
        del self._sessions.session


def _keep_headers(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Stands in for authentication, or a .netrc file would replace our bearer token."""
    return request


def _as_bytes(body: object) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body or {}).encode()


def _error_of(response: requests.Response, content: str) -> PaypalError:
    """PayPal's error codes; a redirect or a broken body keeps the status alone."""
    if 300 <= response.status_code <= 399:
        return PaypalError(status=None, name=UNREADABLE)
    try:
        said = json.loads(content)
    except ValueError:
        said = {}
    said = said if isinstance(said, dict) else {}
    details = said.get("details")
    first = details[0] if isinstance(details, list) and details else {}
    return PaypalError(
        status=response.status_code,
        name=_code(said.get("name") or said.get("error")),
        issue=_code(first.get("issue") if isinstance(first, dict) else ""),
        debug_id=_code(said.get("debug_id") or response.headers.get("PayPal-Debug-Id")),
        retry_after=_code(response.headers.get("Retry-After")),
    )


def _code(value: object) -> str:
    """A code fit for a log line: one short word, or nothing."""
    text = value if isinstance(value, str) else ""
    return text if text.replace("_", "").replace("-", "").isalnum() and len(text) <= 64 else ""
