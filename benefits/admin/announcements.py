"""Announcements: written here, looked at as they will be read, tried out, sent and stopped."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from benefits import announcing, composing, progress, recipients
from benefits.forms_news import AnnouncementForm, SendForm
from benefits.models import Announcement, Topic
from foundation import history, letters
from foundation.own_pages import OwnPage, OwnPages
from foundation.under_way import looks_again
from membership.models import User

SEND = "benefits.send_announcement"


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """What news may be about. One that people agreed to is kept: it is taken off offer instead."""

    list_display = ("name", "wording", "position", "is_offered")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Announcement)
class AnnouncementAdmin(OwnPages):
    """A draft is written here; everything after that is a step on its own page."""

    form = AnnouncementForm
    list_display = ("subject", "state", "written_at", "send_at", "finished_at")
    list_filter = ("state",)
    ordering = ("-written_at", "-pk")
    fields = ("subject", "text", "topics", "types")
    change_form_template = "admin/benefits/announcement/change_form.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is on its way is not written any more."""
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_delete_permission(request, obj))
        return may and obj is not None and obj.is_draft

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        words = ("subject", "text", "topics")
        return (*words, "types") if obj is None or obj.is_draft else (*words, "types_in_words")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None or obj.is_draft else ("types_in_words",)

    @admin.display(description="membership types")
    def types_in_words(self, announcement: Announcement) -> str:
        return announcement.types_in_words

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: bool) -> None:
        obj.written_at, obj.written_by = timezone.now(), _officer(request)
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return _here(obj.pk)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return _here(obj.pk)

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/look/", look, "benefits_announcement_look"),
            ("<int:pk>/try/", try_out, "benefits_announcement_try"),
            ("<int:pk>/send/", send, "benefits_announcement_send"),
            ("<int:pk>/stop/", stop, "benefits_announcement_stop"),
            ("<int:pk>/go-on/", go_on, "benefits_announcement_go_on"),
        )


@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it is read, how many get it, and how far it is."""
    _allow(request, "benefits.view_announcement")
    return _page(request, _found(pk), SendForm(at=timezone.now()))


@require_POST
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to oneself, and to nobody else."""
    _allow(request, "benefits.change_announcement")
    announcement, officer = _found(pk), _officer(request)
    key = f"announcement {pk} tried out {secrets.token_hex(8)}"
    with transaction.atomic():
        trial = composing.trial(announcement, to=officer.email, key=key)
        letters.queue_each("announcement", [trial], at=timezone.now())
    messages.success(request, f"A trial letter is on its way to {officer.email}.")
    return _here(pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Now, or at a time."""
    _allow(request, SEND)
    announcement, now = _found(pk), timezone.now()
    form = SendForm(request.POST, at=now)
    if not form.is_valid():
        return _page(request, announcement, form)
    moment = form.moment()
    words = "It is on its way." if moment <= now else "It goes at that time. Until then stop it."
    return _step(
        request,
        pk,
        lambda by: announcing.plan(pk, send_at=moment, by=by, at=now),
        words,
    )


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    _allow(request, SEND)
    _found(pk)
    return _step(
        request,
        pk,
        lambda by: announcing.stop(pk, by=by, at=timezone.now()),
        "Stopped. Whoever has it already has it; nobody else gets it unless you go on.",
    )


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    _allow(request, SEND)
    _found(pk)
    return _step(
        request,
        pk,
        lambda by: announcing.go_on(pk, by=by, at=timezone.now()),
        "It goes on, to those who have not got it.",
    )


def _step(
    request: HttpRequest, pk: int, do: Callable[[User], object], words: str
) -> HttpResponseRedirect:
    try:
        do(_officer(request))
    except announcing.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return _here(pk)


def _page(request: HttpRequest, announcement: Announcement, form: SendForm) -> HttpResponse:
    begun = announcement.started_at is not None
    draft = composing.Draft(announcement)
    context = {
        **admin.site.each_context(request),
        "title": announcement.subject,
        "announcement": announcement,
        "topics": announcement.topics.all(),
        "draft": draft,
        "body": composing.body_of(announcement),
        "progress": progress.of(announcement) if begun else None,
        "goes_to": 0 if begun else recipients.count(announcement, on=timezone.localdate()),
        "events": history.of(announcement.history_key),
        "form": form,
    }
    page = render(request, "admin/benefits/announcement/look.html", context)
    return looks_again(page) if announcement.state == Announcement.State.SENDING else page


def _found(pk: int) -> Announcement:
    return get_object_or_404(Announcement, pk=pk)


def _here(pk: int) -> HttpResponseRedirect:
    return redirect("admin:benefits_announcement_look", pk)


def _allow(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _officer(request: HttpRequest) -> User:
    user: Any = request.user
    return User.objects.get(pk=user.pk)
