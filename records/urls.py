"""The addresses of this room."""

from django.urls import URLPattern, path

from records import calculator, policy_view, views, views_terms

app_name = "records"
urlpatterns: list[URLPattern] = [
    path("records/", views.register, name="register"),
    path("records/calculator/", calculator.calculator, name="calculator"),
    path("records/policy/", policy_view.policy_page, name="policy"),
    path("records/terms/", views_terms.accept, name="terms"),
    path("records/terms/<str:version>/", views_terms.wording, name="terms_version"),
    path("records/add/", views.add, name="add"),
    path("records/<uuid:key>/", views.record, name="record"),
    path("records/<uuid:key>/change/", views.change, name="change"),
    path("records/<uuid:key>/holds/add/", views.add_hold, name="add_hold"),
    path(
        "records/<uuid:key>/holds/<int:hold_id>/resolve/", views.resolve_hold, name="resolve_hold"
    ),
    path("records/<uuid:key>/keep/", views.keep_longer, name="keep_longer"),
]
