"""Which of allauth's forms are replaced by those of website/sign_in.py."""

ACCOUNT = {
    "add_email": "website.sign_in.AddEmailForm",
    "change_email": "website.sign_in.ChangeEmailForm",
    "change_password": "website.sign_in.ChangePasswordForm",
    "confirm_email_verification_code": "website.sign_in.ConfirmCodeForm",
    "confirm_login_code": "website.sign_in.LoginCodeForm",
    "login": "website.sign_in.LoginForm",
    "reauthenticate": "website.sign_in.ReauthenticateForm",
    "request_login_code": "website.sign_in.AskForCodeForm",
    "reset_password": "website.sign_in.ResetPasswordForm",
    "reset_password_from_key": "website.sign_in.ResetPasswordKeyForm",
    "signup": "website.sign_in.SignupForm",
}

TWO_STEP = {
    "activate_totp": "website.sign_in.SwitchOnForm",
    "authenticate": "website.sign_in.SecondStepForm",
    "reauthenticate": "website.sign_in.SecondStepAgainForm",
    "add_webauthn": "website.passkeys.AddPasskeyForm",
    "login_webauthn": "website.passkeys.PasskeyAloneForm",
    "authenticate_webauthn": "website.passkeys.PasskeyForm",
    "reauthenticate_webauthn": "website.passkeys.PasskeyAgainForm",
    "edit_webauthn": "website.passkeys.NamePasskeyForm",
}
