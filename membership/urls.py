"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path, re_path

from membership import (
    views_answering,
    views_apply,
    views_brought_in,
    views_card,
    views_check,
    views_dates,
    views_entries,
    views_files,
    views_further,
    views_public,
    views_referees,
    views_reference,
    views_renew,
    views_upgrade,
)

app_name = "membership"

LISTS = r"^apply/(?P<key>qualifications|history)/"
FILES = r"^apply/(?P<key>qualifications|indemnity)/files/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("membership/", views_public.types, name="types"),
    path("membership/flowchart/", views_public.flowchart, name="flowchart"),
    path("membership/to-hand/", views_public.to_hand, name="to_hand"),
    path("membership/which-type/", views_public.which_type, name="which_type"),
    path("membership/renew/", views_renew.renew, name="renew"),
    path("profile/card/", views_card.card, name="card"),
    path("profile/card/new-address/", views_card.renew_card, name="renew_card"),
    path("profile/expertise/", views_further.areas, name="further_areas"),
    path(
        "profile/expertise/qualification/",
        views_further.qualification,
        name="further_qualification",
    ),
    path(
        "profile/expertise/registration/",
        views_further.registration,
        name="further_registration",
    ),
    path("profile/dates/course/", views_dates.tell_course, name="tell_course"),
    path("profile/dates/<slug:kind>/", views_dates.tell_date, name="tell_date"),
    path("profile/registration/<int:pk>/", views_dates.tell_registration, name="tell_registration"),
    path("verify/<slug:token>/", views_card.verify, name="verify"),
    path("verify/<slug:token>.json", views_card.verify_json, name="verify_json"),
    path("verify/<slug:token>/badge.svg", views_card.verify_badge, name="verify_badge"),
    path("brought-in/<str:token>/", views_brought_in.brought_in, name="brought_in"),
    path("apply/", views_apply.apply, name="apply"),
    path("apply/check/", views_check.check, name="check"),
    path("apply/copy/", views_check.copy, name="copy"),
    path("apply/copy/pdf/", views_check.copy_pdf, name="copy_pdf"),
    path("apply/sent/", views_check.sent, name="sent"),
    path("apply/upgrade/", views_upgrade.upgrade, name="upgrade"),
    path("apply/withdraw/", views_check.withdraw, name="withdraw"),
    path("apply/offer/", views_answering.offer, name="offer"),
    path("apply/review/", views_answering.review, name="review"),
    path("apply/registration/", views_apply.registration, name="registration"),
    path("apply/referees/", views_referees.places, name="referees"),
    path("apply/referees/<int:position>/", views_referees.place, name="referee"),
    path("apply/referees/<int:position>/replace/", views_referees.replace, name="replace_referee"),
    re_path(LISTS + "$", views_entries.entries, name="entries"),
    re_path(LISTS + "add/$", views_entries.entry, name="add_entry"),
    re_path(LISTS + r"(?P<pk>[0-9]{1,18})/$", views_entries.entry, name="entry"),
    re_path(LISTS + r"(?P<pk>[0-9]{1,18})/remove/$", views_entries.remove, name="remove_entry"),
    re_path(FILES + "$", views_files.files, name="files"),
    re_path(FILES + r"(?P<pk>[0-9]{1,18})/replace/$", views_files.replace, name="replace_file"),
    re_path(FILES + r"(?P<pk>[0-9]{1,18})/remove/$", views_files.remove, name="remove_file"),
    path("apply/<slug:key>/", views_apply.section, name="section"),
    path("reference/thanks/", views_reference.thanks, name="reference_thanks"),
    path("reference/refused/", views_reference.refused, name="reference_refused"),
    path("reference/<str:token>/", views_reference.reference, name="reference"),
    path("reference/<str:token>/rather-not/", views_reference.refuse, name="reference_refuse"),
    path("reference/<str:token>/check/", views_reference.check, name="reference_check"),
    path("reference/<str:token>/<slug:key>/", views_reference.question, name="reference_question"),
]
