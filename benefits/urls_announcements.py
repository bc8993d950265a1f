"""The addresses of news: choosing it, and leaving it by a letter's link."""

from django.urls import URLPattern, path

from benefits import views_news

urlpatterns: list[URLPattern] = [
    path("profile/news/", views_news.choose, name="news"),
    path("news/leave/<str:token>/", views_news.leave, name="leave_news"),
]
