"""Switching the authenticator app on counts as using it: nobody types two codes in a row."""

from typing import Any

# allauth reads its notes of how somebody signed in through a public face
# (`allauth.account.authentication`), and writes them through this internal one alone. A test
# compares our note with the one that it writes after a code.
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse


class SwitchOn(ActivateTOTPView):  # type: ignore[misc]
    """The password was asked for on the way here, and the code has just come from the app."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        kind = Authenticator.Type.TOTP
        record_authentication(self.request, self.request.user, "mfa", type=kind)
        return answer


switch_on = SwitchOn.as_view()
