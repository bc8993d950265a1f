"""The addresses of this room."""

from django.urls import URLPattern, path

from website import (
    complaint_views,
    consents,
    data_by_link,
    details,
    robots,
    views,
    your_data,
    your_requests,
)

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
    path("profile/data/take/", your_requests.take, name="take_data"),
    path("profile/data/download/", your_data.download, name="download_data"),
    path("profile/data/others/", your_requests.ask_to_see, name="ask_to_see"),
    path("profile/data/correct/", your_requests.ask_to_correct, name="ask_to_correct"),
    path("profile/data/fetch/<slug:reference>/", your_requests.fetch, name="fetch_data"),
    path("profile/data/consents/", consents.consents, name="consents"),
    path("profile/data/consents/withdraw/", consents.withdraw, name="withdraw_consent"),
    path("profile/details/<slug:part>/", details.details, name="details"),
    path("data/", data_by_link.ask_for_link, name="data_ask"),
    path("data/asked/", data_by_link.asked, name="data_asked"),
    path("data/<str:token>/", data_by_link.see, name="data_by_link"),
    path("data/<str:token>/download/", data_by_link.download, name="data_link_download"),
    path("data/<str:token>/others/", data_by_link.ask_to_see, name="data_link_others"),
    path("data/<str:token>/correct/", data_by_link.correct, name="data_link_correct"),
    path("data/<str:token>/erase/", data_by_link.erase, name="data_link_erase"),
    path("profile/data/erase/", your_data.erase, name="erase"),
    path("profile/leave/", your_data.leave, name="leave"),
    path("profile/history/", views.history, name="history"),
]
