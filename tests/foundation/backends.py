"""Mail servers that behave badly, as Django mail backends."""

import smtplib
from typing import ClassVar

from django.core.mail.backends.base import BaseEmailBackend


class Failing(BaseEmailBackend):
    """A server that refuses what it is told to refuse; a word of that kind reaches no log."""

    error: ClassVar[Exception] = smtplib.SMTPServerDisconnected("pat@example.org hung up")

    def send_messages(self, email_messages) -> int:
        raise self.error


class Choosy(BaseEmailBackend):
    """Refuses one address and takes every other."""

    refused: ClassVar[str] = "nobody@example.org"
    taken: ClassVar[list[str]] = []

    def send_messages(self, email_messages) -> int:
        for message in email_messages:
            if self.refused in message.to:
                raise smtplib.SMTPRecipientsRefused({self.refused: (550, b"unknown")})
            self.taken.extend(message.to)
        return len(email_messages)


class Reentrant(BaseEmailBackend):
    """While it sends a letter, another worker tries to send the same one."""

    answers: ClassVar[list[bool]] = []
    again: ClassVar[object] = None

    def send_messages(self, email_messages) -> int:
        if callable(self.again):
            self.answers.append(self.again())
        return len(email_messages)
