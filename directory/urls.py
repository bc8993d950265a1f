"""The addresses of this room."""

from django.urls import path

from directory import member_views, views

app_name = "directory"
urlpatterns = [
    path("directory/", views.search, name="search"),
    path("directory/<slug:slug>/", views.listing, name="listing"),
    path("directory/<slug:slug>/contact/", views.contact, name="contact"),
    path("directory/<slug:slug>/contact/sent/", views.sent, name="sent"),
    path("profile/listing/", member_views.listing_edit, name="listing_edit"),
    path("profile/listing/opt-in/", member_views.opt_in, name="opt_in"),
    path("profile/listing/opt-out/", member_views.opt_out, name="opt_out"),
]
