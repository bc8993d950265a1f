"""The answers of a PayPal that says no, in its own JSON shape."""

import secrets
from typing import Any

MESSAGES = {
    "INVALID_REQUEST": "Request is not well-formed, syntactically incorrect, or violates schema.",
    "AUTHENTICATION_FAILURE": "Authentication failed due to missing authorization header,"
    " or invalid authentication credentials.",
    "RESOURCE_NOT_FOUND": "The specified resource does not exist.",
    "UNSUPPORTED_MEDIA_TYPE": "The server does not support the request payload's media type.",
    "UNPROCESSABLE_ENTITY": "The requested action could not be performed, semantically incorrect,"
    " or failed business validation.",
}


class Refusal(Exception):
    """A refusal to send back: HTTP status, PayPal's name of it and one detail."""

    def __init__(self, status: int, name: str, issue: str = "", *, field: str = "") -> None:
        super().__init__(f"{status} {name} {issue}")
        self.status = status
        self.name = name
        self.issue = issue
        self.field = field
        self.links: list[dict[str, str]] = []

    def body(self) -> dict[str, Any]:
        detail = {"issue": self.issue, "description": f"Demo PayPal: {self.issue}."}
        if self.field:
            detail |= {"field": self.field, "location": "body"}
        return {
            "name": self.name,
            "message": MESSAGES[self.name],
            "debug_id": secrets.token_hex(7),
            "details": [detail] if self.issue else [],
            "links": self.links,
        }


def malformed(issue: str, field: str = "") -> Refusal:
    """400: the request breaks the schema."""
    return Refusal(400, "INVALID_REQUEST", issue, field=field)


def unprocessable(issue: str, field: str = "") -> Refusal:
    """422: the request is well formed but cannot be done."""
    return Refusal(422, "UNPROCESSABLE_ENTITY", issue, field=field)


def not_found() -> Refusal:
    return Refusal(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")


def unauthenticated() -> Refusal:
    return Refusal(401, "AUTHENTICATION_FAILURE")
