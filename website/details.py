"""What people put right themselves: where they live, where they work, how to reach them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation import history
from membership import accounts
from membership.forms import SectionForm
from membership.forms_about import HomeForm, WorkForm
from membership.models import Person

NAMES = ("given_name", "family_name")


class HomeDetailsForm(HomeForm):
    """Without the name: it stands in a public register, so the office looks at a change of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES:
            del self.fields[name]


FORMS: dict[str, tuple[type[SectionForm], str]] = {
    "home": (HomeDetailsForm, "Your home address and telephone"),
    "work": (WorkForm, "Where you work"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, part: str) -> HttpResponse:
    """Show what we have, and keep what is typed; the history says what was changed, not to what."""
    if part not in FORMS:
        raise Http404
    kind, title = FORMS[part]
    person, now = accounts.of_request(request), timezone.now()
    known = Person.objects.get(pk=person.pk)
    form = kind(request.POST if request.method == "POST" else None, instance=person, at=now)
    if not form.is_valid():
        return render(request, "website/details.html", {"form": form, "title": title})
    _keep(form, known, part=part, request=request)
    messages.success(request, "Saved.")
    return redirect("website:your_data")


@transaction.atomic
def _keep(form: SectionForm, known: Person, *, part: str, request: HttpRequest) -> None:
    changed = [
        str(field.label)
        for name, field in form.fields.items()
        if form.cleaned_data[name] != getattr(known, name)
    ]
    if changed:
        form.keep()
        history.record(
            known.history_key,
            f"changed their {part} details",
            at=timezone.now(),
            by=accounts.login_of(request),
            text=", ".join(changed),
        )
