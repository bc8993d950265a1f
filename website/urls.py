"""The addresses of this room."""

from django.urls import URLPattern, path

from website import views

app_name = "website"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("profile/", views.profile, name="profile"),
]
