"""The addresses of this room, a file for each of its parts."""

from benefits.urls_events import urlpatterns as events

app_name = "benefits"
urlpatterns = [*events]
