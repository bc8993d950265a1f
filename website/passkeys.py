"""allauth's forms for passkeys in our own words; what no browser sends gets a sentence, too."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as theirs
from django.core.exceptions import ValidationError

from website.sign_in import InOurWords

BROKEN = (TypeError, ValueError, KeyError, AttributeError, IndexError)
TRY_AGAIN = "The passkey was not read. Please press the button once more."


class _Named(InOurWords):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name of the passkey"
        self.fields["name"].help_text = "So that you can tell yours apart: “Work laptop”."
        self.fields["name"].max_length = 60  # type: ignore[attr-defined]
        self.fields["name"].error_messages["required"] = "Enter a name for the passkey."


class AddPasskeyForm(_Named, theirs.AddWebAuthnForm):  # type: ignore[misc]
    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except BROKEN as error:
            raise ValidationError(TRY_AGAIN) from error
        return cleaned


class NamePasskeyForm(_Named, theirs.EditWebAuthnForm):  # type: ignore[misc]
    pass


class _Shown(InOurWords):
    """What a passkey answered; the script fills it in."""

    def clean_credential(self) -> Authenticator:
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except BROKEN as error:
            raise ValidationError(TRY_AGAIN) from error
        return found


class PasskeyForm(_Shown, theirs.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(_Shown, theirs.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass
