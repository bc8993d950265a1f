"""The icon, where browsers look for it by themselves: beside a PDF or a plain text."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def icon(request: HttpRequest) -> HttpResponseRedirect:
    return redirect(static("icon.svg"))
