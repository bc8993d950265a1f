"""The addresses of this room, each part's in a file of its own."""

from django.urls import URLPattern

from benefits.urls_announcements import patterns as of_announcements

app_name = "benefits"
urlpatterns: list[URLPattern] = [*of_announcements]
