"""The public calculator: works in memory, stores nothing, writes nothing to a log."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from records import versions
from records.answers import answer
from records.forms import CalculatorForm


@login_not_required
@never_cache
@sensitive_post_parameters()
def calculator(request: HttpRequest) -> HttpResponse:
    """How long one record must be kept. The facts are posted, so that no address carries them."""
    today = timezone.localdate()
    readings = versions.readings(on=today)
    rules = next(iter(readings.values()))
    form = CalculatorForm(
        request.POST if request.method == "POST" else None,
        on=today,
        readings=readings,
        initial={"rule_set": rules.code},
    )
    found = None
    if form.is_valid():
        rules = readings[form.cleaned_data["rule_set"]]
        found = answer(form.facts(), rules=rules, on=today)
    context = {"form": form, "answer": found, "rules": rules}
    return render(request, "records/calculator.html", context)
