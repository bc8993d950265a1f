"""A mail server that refuses, as smtplib tells it."""

import smtplib

from django.core.mail.backends.base import BaseEmailBackend


class Refusing(BaseEmailBackend):
    code = 550

    def send_messages(self, messages):
        for message in messages:
            told = dict.fromkeys(message.to, (self.code, b"no such reader"))
            raise smtplib.SMTPRecipientsRefused(told)


class Greylisting(Refusing):
    code = 450


class LowestFinal(Refusing):
    code = 500


class HighestPassing(Refusing):
    code = 499


class Away(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")
