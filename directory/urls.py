"""The addresses of this room."""

from django.urls import path

from directory import member_views, sitemaps, views, views_contact, views_shortlist

app_name = "directory"
urlpatterns = [
    path("directory/", views.search, name="search"),
    path("directory/sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("directory/shortlist/", views_shortlist.shortlist, name="shortlist"),
    path("directory/ask/", views_contact.ask, name="ask"),
    path("directory/enquiry/<str:token>/", views_contact.enquiry, name="enquiry"),
    path("directory/<slug:slug>/", views.listing, name="listing"),
    path("directory/<slug:slug>/photo/", views.photo, name="photo"),
    path("directory/<slug:slug>/contact/", views_contact.contact, name="contact"),
    path("directory/<slug:slug>/contact/sent/", views_contact.sent, name="sent"),
    path("profile/listing/", member_views.listing_edit, name="listing_edit"),
    path("profile/listing/opt-in/", member_views.opt_in, name="opt_in"),
    path("profile/listing/opt-out/", member_views.opt_out, name="opt_out"),
    path("profile/listing/confirm/", member_views.confirm, name="confirm"),
    path("profile/listing/pause/", member_views.pause, name="pause"),
    path("profile/listing/photo/", member_views.photo, name="own_photo"),
]
