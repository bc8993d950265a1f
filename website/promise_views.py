"""What we promise about data, cookies and access, out of the policy and the settings."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from records import processing, published
from records.policy import in_force
from website import complaints
from website import cookies as jar


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The notice of UK GDPR Articles 13 and 14; nothing on it is written down a second time."""
    policy = in_force()
    context = {
        "policy": policy,
        "controller": processing.controller(),
        "activities": [(one, _others(one)) for one in processing.activities(policy)],
        "recipients": processing.recipients().values(),
        "periods": published.main_periods(policy),
        "complaint_days": complaints.ANSWER_WITHIN_DAYS,
    }
    return render(request, "website/privacy.html", context)


def _others(activity: processing.Activity) -> list[str]:
    """Who receives it beside those who work for us: these are told of once."""
    return [one.name for one in activity.recipients if one.part != processing.PROCESSOR]


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "website/cookies.html", {"cookies": jar.ours()})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "website/accessibility.html")
