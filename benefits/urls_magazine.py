"""The addresses of the magazine: the archive, an issue, its file, an article."""

from django.urls import URLPattern, path

from benefits import views_magazine as views

urlpatterns: list[URLPattern] = [
    path("magazine/", views.archive, name="magazine"),
    path("magazine/<int:number>/", views.issue, name="issue"),
    path("magazine/<int:number>/pdf/", views.pdf, name="issue_pdf"),
    path("magazine/<int:number>/<slug:slug>/", views.article, name="article"),
]
