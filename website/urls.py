"""The addresses of this room."""

from django.urls import URLPattern, path

from website import complaint_views, robots, views, your_data

app_name = "website"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("membership/benefits/", views.benefits, name="benefits"),
    path("faq/", views.faq, name="faq"),
    path("faq/archive/", views.faq_archive, name="faq_archive"),
    path("callback/", views.callback, name="callback"),
    path("callback/thank-you/", views.callback_asked, name="callback_asked"),
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("complaints/", complaint_views.complaints, name="complaints"),
    path("complaints/thank-you/", complaint_views.received, name="complaint_received"),
    path("robots.txt", robots.robots, name="robots"),
    path("profile/", views.profile, name="profile"),
    path("profile/data/", your_data.your_data, name="your_data"),
    path("profile/data/download/", your_data.download, name="download_data"),
    path("profile/data/erase/", your_data.erase, name="erase"),
    path("profile/leave/", your_data.leave, name="leave"),
    path("profile/history/", views.history, name="history"),
]
