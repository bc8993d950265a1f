"""The addresses of this room."""

from django.urls import URLPattern, path

from payments import views
from payments.webhook_view import paypal_webhook

app_name = "payments"
urlpatterns: list[URLPattern] = [
    path("payments/paypal/webhook/", paypal_webhook, name="paypal_webhook"),
    path("payments/paypal/return/<str:token>/", views.paypal_return, name="paypal_return"),
    path("payments/paypal/cancelled/<str:token>/", views.paypal_cancel, name="paypal_cancel"),
    path("payments/<str:number>/", views.invoice, name="invoice"),
    path("payments/<str:number>/pay/", views.pay, name="pay"),
    path("payments/<str:number>/bank-transfer/", views.bank_transfer, name="bank_transfer"),
]
