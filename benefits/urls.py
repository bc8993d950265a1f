"""The addresses of this room, a file for each of its parts."""

from benefits.urls_announcements import urlpatterns as announcements
from benefits.urls_committees import urlpatterns as committees
from benefits.urls_events import urlpatterns as events
from benefits.urls_magazine import urlpatterns as magazine

app_name = "benefits"
urlpatterns = [*events, *announcements, *magazine, *committees]
