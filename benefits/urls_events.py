"""The addresses of events, of bookings behind signed links, and of certificates."""

from django.urls import URLPattern, path

from benefits import views_bookings as own
from benefits import views_events as views

ONE = "events/booking/<str:token>/"

urlpatterns: list[URLPattern] = [
    path("events/", views.events, name="events"),
    path("events/calendar.ics", views.calendar, name="calendar"),
    path("events/mine/", views.mine, name="mine"),
    path("events/certificates/<slug:token>/", own.verify, name="verify_attendance"),
    path(ONE, own.booking, name="booking"),
    path(f"{ONE}pay/", own.pay, name="booking_pay"),
    path(f"{ONE}sent/", own.transfer_sent, name="booking_sent"),
    path(f"{ONE}accept/", own.accept, name="booking_accept"),
    path(f"{ONE}cancel/", own.cancel, name="booking_cancel"),
    path(f"{ONE}event.ics", own.diary, name="booking_ics"),
    path(f"{ONE}certificate/", own.certificate, name="certificate"),
    path(f"{ONE}certificate/pdf/", own.certificate_pdf, name="certificate_pdf"),
    path("events/<slug:slug>/", views.event, name="event"),
    path("events/<slug:slug>/event.ics", views.event_ics, name="event_ics"),
    path("events/<slug:slug>/book/", views.book, name="book"),
]
