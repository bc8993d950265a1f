"""The office's pages of this room, beside those that Django admin makes."""

from django.contrib import admin
from django.urls import URLPattern, path

from records import office_disposals

app_name = "records_office"
urlpatterns: list[URLPattern] = [
    path("", admin.site.admin_view(office_disposals.to_sign), name="disposals"),
    path("<int:pk>/", admin.site.admin_view(office_disposals.sign), name="sign_disposal"),
]
