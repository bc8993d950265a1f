"""allauth's forms in our own words: plain labels, and messages that say how to mend."""

from typing import Any

from allauth.account import forms as theirs
from allauth.mfa.base import forms as two_step
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

EMAIL = ("E-mail address", "Enter your e-mail address, such as name@example.org.")
WORDS = {
    "login": EMAIL,
    "email": EMAIL,
    "password": ("Password", "Enter your password."),
    "oldpassword": ("Current password", "Enter the password that you use now."),
    "password1": ("New password", "Choose a password of 8 characters or more."),
    "password2": ("New password once more", "Enter the new password once more."),
    "code": ("Code", "Enter the code from our letter."),
}
FROM_THE_APP = ("Code from your app", "Enter the 6 figures that your app shows now.")
CHOOSING_ONE = (
    "8 characters or more, not only figures. Three words that do not belong together are easy "
    "to remember and hard to guess."
)


class InOurWords(forms.Form):
    """Put before one of allauth's forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                field.label, field.error_messages["required"] = WORDS[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = EMAIL[1]
        if "password1" in self.fields:
            self.fields["password1"].help_text = CHOOSING_ONE


class LoginForm(InOurWords, theirs.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page says it in a section of its own


class SignupForm(InOurWords, theirs.SignupForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "Password"


class AddEmailForm(InOurWords, theirs.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New e-mail address"


class ChangePasswordForm(InOurWords, theirs.ChangePasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(InOurWords, theirs.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(InOurWords, theirs.ResetPasswordKeyForm):  # type: ignore[misc]
    """One box, as where an account is made: whoever mistypes asks for another link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class ReauthenticateForm(InOurWords, theirs.ReauthenticateForm):  # type: ignore[misc]
    pass


class ConfirmCodeForm(InOurWords, theirs.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class AskForCodeForm(InOurWords, theirs.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class LoginCodeForm(InOurWords, theirs.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ChangeEmailForm(InOurWords, theirs.ChangeEmailForm):  # type: ignore[misc]
    pass


class FromTheApp(InOurWords):
    """The same for codes that come from an app and not by letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.error_messages["required"] = FROM_THE_APP


class SwitchOnForm(FromTheApp, ActivateTOTPForm):  # type: ignore[misc]
    pass


class SecondStepForm(FromTheApp, two_step.AuthenticateForm):  # type: ignore[misc]
    pass


class SecondStepAgainForm(FromTheApp, two_step.ReauthenticateForm):  # type: ignore[misc]
    pass
