"""What the office's own pages share: who may open them, and how they are drawn.

`admin_view` lets every member of staff in; who may see and who may decide is checked here.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from membership import lifecycle
from membership.lifecycle import wording
from membership.lifecycle.wording import Preview, Wording
from membership.models import Application, User

SEE = "membership.view_application"
DECIDE = "membership.decide_application"
OVERRIDE = "membership.override_check"
EVIDENCE = ("person__qualifications", "person__registrations", "person__employments", "referees")


def require(request: HttpRequest, permission: str) -> User:
    """The member of staff, who must hold the permission; else 403."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(permission):
        raise PermissionDenied
    return user


def application_for(request: HttpRequest, pk: int, permission: str) -> Application:
    """The application with its evidence, for staff who hold the permission; else 403.

    Whoever may decide must be able to see what they decide about, too.
    """
    require(request, SEE)
    require(request, permission)
    found = Application.objects.select_related(
        "person", "decided_by", "override_asked_by", "override_agreed_by"
    ).prefetch_related(*EVIDENCE)
    return get_object_or_404(found, pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if that is nothing; None where a page is only being opened."""
    return request.POST if request.method == "POST" else None


def was_read(request: HttpRequest, preview: Preview) -> bool:
    """Whether the button below this very letter was pressed, not below an older one."""
    return request.POST.get("seen") == preview.digest


def taken(request: HttpRequest, step: Callable[[], object], *, done: str) -> bool:
    """Take a step of the lifecycle and say what happened; False where it was refused."""
    try:
        step()
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


def by_letter(
    request: HttpRequest,
    application: Application,
    name: str,
    *,
    title: str,
    form: Form,
    letter: Callable[[], Wording],
    step: Callable[[], object],
    done: str,
    **context: Any,
) -> HttpResponse:
    """A step whose reason goes into a letter: the letter is shown, and goes once it was read."""
    preview = None
    if request.method == "POST" and form.is_valid():
        preview = wording.preview(application, letter())
    if preview is not None and was_read(request, preview):
        taken(request, step, done=done)
        return back_to(application)
    return page(
        request,
        f"application/{name}",
        title=title,
        application=application,
        form=form,
        preview=preview,
        is_other_letter=preview is not None and "seen" in request.POST,
        **context,
    )


def back_to(application: Application, *, part: str = "") -> HttpResponse:
    """The review page, or the part of it that somebody was busy with."""
    page_url = reverse("admin:application_review", args=[application.pk])
    return redirect(f"{page_url}#{part}" if part else page_url)


def page(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    """A page inside the admin; its title is its heading, too."""
    everything = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/membership/{template}.html", everything)
