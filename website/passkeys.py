"""allauth's forms for passkeys in our own words; what no browser sends gets a sentence, too."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as theirs
from django.core.exceptions import ValidationError

from website.sign_in import InOurWords

BROKEN = (TypeError, ValueError, KeyError, AttributeError, IndexError)
NOT_KNOWN = (
    "This passkey does not open this login. Press the button once more and choose another one, "
    "or use your password."
)
TRY_AGAIN = "The passkey was not read. Please press the button once more."


class _Named(InOurWords):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name of the passkey"
        self.fields["name"].help_text = "So that you can tell yours apart: “Work laptop”."
        self.fields["name"].max_length = 60  # type: ignore[attr-defined]
        self.fields["name"].error_messages["required"] = "Enter a name for the passkey."


class AddPasskeyForm(_Named, theirs.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = "Let me sign in with it alone, without my password"
        self.fields[
            "passwordless"
        ].help_text = "Your device then asks for your finger, your face or its PIN each time."

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.fields["credential"].error_messages
        said["required"] = said["invalid"] = TRY_AGAIN

    def clean_credential(self) -> Authenticator:
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except BROKEN as error:
            raise ValidationError(TRY_AGAIN) from error
        except ValidationError as refused:
            # allauth says the same of codes from an app, whose words do not fit here.
            if refused.code == "incorrect_code":
                raise ValidationError(NOT_KNOWN) from refused
            raise
        return found


class PasskeyForm(_Shown, theirs.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAloneForm(_Shown, theirs.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(_Shown, theirs.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass
