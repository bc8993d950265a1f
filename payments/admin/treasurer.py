"""The treasurer's page: a time, its trial balance, and both as files."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation import history, spreadsheets
from foundation.dates import add_months
from membership.admin.forms import OfficeForm
from membership.admin.pages import require
from payments import treasurer
from payments.nominal import year_of

EXPORT = "payments.export_ledger"
YEARS_BACK = 6
FIRST_YEAR, LAST_YEAR = 2000, 2100


class TimeForm(OfficeForm):
    """From one day to another, both included."""

    first_on = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter the first day, for example 2026-01-01."},
    )
    last_on = forms.DateField(
        label="To",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter the last day, for example 2026-12-31."},
    )

    def clean(self) -> dict[str, dt.date]:
        days: dict[str, dt.date] = super().clean() or {}
        for name, day in list(days.items()):
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, f"Enter a day from {FIRST_YEAR} to {LAST_YEAR}.")
        if "first_on" in days and "last_on" in days and days["last_on"] < days["first_on"]:
            raise ValidationError("The last day comes before the first. Swap them.")
        return days


@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """The trial balance of a time; without one, of this financial year."""
    require(request, EXPORT)
    form = TimeForm(request.GET if "first_on" in request.GET else _this_year())
    balance = treasurer.trial_balance(**form.cleaned_data) if form.is_valid() else None
    return _page(request, form, balance=balance, months=_months(form))


@require_safe
def balance_file(request: HttpRequest) -> HttpResponseBase:
    require(request, EXPORT)
    form = TimeForm(request.GET)
    if not form.is_valid():
        return books(request)
    rows = treasurer.balance_rows(treasurer.trial_balance(**form.cleaned_data))
    return _file("trial-balance", form, spreadsheets.lines(treasurer.BALANCE_HEAD, rows))


@require_POST
def journal_file(request: HttpRequest) -> HttpResponseBase:
    """Every posting of the time with its payer: who took the file is noted."""
    by = require(request, EXPORT)
    form = TimeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    days = f"{form.cleaned_data['first_on']} to {form.cleaned_data['last_on']}"
    history.record(f"user {by.pk}", "journal exported", at=timezone.now(), by=by, text=days)
    rows = treasurer.journal(**form.cleaned_data)
    return _file("journal", form, spreadsheets.lines(treasurer.JOURNAL_HEAD, rows))


def _page(request: HttpRequest, form: TimeForm, **context: Any) -> HttpResponse:
    everything = {**admin.site.each_context(request), "title": "Trial balance", "years": _years()}
    return render(request, "admin/payments/entry/books.html", everything | context | {"form": form})


def _file(name: str, form: TimeForm, lines: Iterator[str]) -> StreamingHttpResponse:
    days = "-to-".join(str(form.cleaned_data[name]) for name in ("first_on", "last_on"))
    return spreadsheets.streamed(lines, name=f"{name}-{days}.csv")


def _this_year() -> dict[str, dt.date]:
    return _named(timezone.localdate())


def _named(day: dt.date) -> dict[str, dt.date]:
    first_on, last_on = year_of(day, end_month=settings.YEAR_END_MONTH)
    return {"first_on": first_on, "last_on": last_on}


def _years() -> list[dict[str, dt.date]]:
    """The newest financial years, this one first."""
    last_on = _this_year()["last_on"]
    return [_named(last_on.replace(year=last_on.year - back, day=1)) for back in range(YEARS_BACK)]


def _months(form: TimeForm) -> list[dict[str, dt.date]]:
    """The months of the year that is shown."""
    if not form.is_valid():
        return []
    first_on = _named(form.cleaned_data["first_on"])["first_on"]
    return [_named_month(first_on, number) for number in range(12)]


def _named_month(year_starts_on: dt.date, number: int) -> dict[str, dt.date]:
    first_on = add_months(year_starts_on, number)
    return {"first_on": first_on, "last_on": add_months(first_on, 1) - treasurer.ONE_DAY}
