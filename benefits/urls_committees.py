"""The addresses of committees."""

from django.urls import URLPattern, path

from benefits import views_committees as views

urlpatterns: list[URLPattern] = [
    path("committees/", views.committees, name="committees"),
    path("committees/<slug:slug>/", views.committee, name="committee"),
    path("committees/<slug:slug>/withdraw/", views.withdraw, name="withdraw_expression"),
]
