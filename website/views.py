"""The public pages, and the profile that looks over every room."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "website/home.html")


def profile(request: HttpRequest) -> HttpResponse:
    return render(request, "website/profile.html")
