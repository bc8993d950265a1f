"""What PayPal checks in a new order, and one thing more: a field nobody knows is refused."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from payments.demo_paypal.refusals import malformed, unprocessable

Body = Mapping[str, Any]

AMOUNT = re.compile(r"((-?[0-9]+)|(-?([0-9]+)?[.][0-9]+))")
CURRENCIES = frozenset({"EUR", "GBP", "USD"})
LENGTHS = {"reference_id": 256, "custom_id": 127, "invoice_id": 127, "description": 127}
CHOICES = {
    "landing_page": ("LOGIN", "GUEST_CHECKOUT", "NO_PREFERENCE"),
    "shipping_preference": ("GET_FROM_FILE", "NO_SHIPPING", "SET_PROVIDED_ADDRESS"),
    "user_action": ("CONTINUE", "PAY_NOW"),
    "payment_method_preference": ("UNRESTRICTED", "IMMEDIATE_PAYMENT_REQUIRED"),
}
EXPERIENCE = {*CHOICES, "brand_name", "locale", "return_url", "cancel_url"}


def check_order(body: Body, *, request_id: str) -> None:
    """Raise the refusal that PayPal would answer, or return."""
    _only(body, {"intent", "purchase_units", "payment_source"}, "")
    if body.get("intent") != "CAPTURE":
        raise malformed("INVALID_PARAMETER_VALUE", "/intent")
    units = body.get("purchase_units")
    if not isinstance(units, list) or not units:
        raise malformed("MISSING_REQUIRED_PARAMETER", "/purchase_units")
    if len(units) > 1:
        raise malformed("INVALID_ARRAY_MAX_ITEMS", "/purchase_units")
    _check_unit(_object(units[0], "/purchase_units/0"))
    if "payment_source" in body:
        if not request_id:
            raise malformed("PAYPAL_REQUEST_ID_REQUIRED")
        _check_source(_object(body["payment_source"], "/payment_source"))


def _check_unit(unit: Body) -> None:
    _only(unit, {*LENGTHS, "amount"}, "/purchase_units/0")
    for field, longest in LENGTHS.items():
        if field in unit:
            _text(unit[field], longest, f"/purchase_units/0/{field}")
    check_amount(_object(unit.get("amount"), "/purchase_units/0/amount"))


def check_amount(amount: Body) -> None:
    """An amount above zero in a currency of two decimals, as text."""
    where = "/purchase_units/0/amount"
    _only(amount, {"currency_code", "value"}, where)
    if _text(amount.get("currency_code"), 3, f"{where}/currency_code") not in CURRENCIES:
        raise unprocessable("INVALID_CURRENCY_CODE", f"{where}/currency_code")
    value = _text(amount.get("value"), 32, f"{where}/value")
    if not AMOUNT.fullmatch(value):
        raise malformed("INVALID_PARAMETER_SYNTAX", f"{where}/value")
    if len(value.partition(".")[2]) > 2:
        raise unprocessable("DECIMAL_PRECISION", f"{where}/value")
    if Decimal(value) <= 0:
        raise unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE", f"{where}/value")


def _check_source(source: Body) -> None:
    where = "/payment_source/paypal/experience_context"
    _only(source, {"paypal"}, "/payment_source")
    paypal = _object(source.get("paypal"), "/payment_source/paypal")
    _only(paypal, {"experience_context"}, "/payment_source/paypal")
    context = _object(paypal.get("experience_context"), where)
    _only(context, EXPERIENCE, where)
    for field, allowed in CHOICES.items():
        if field in context and context[field] not in allowed:
            raise malformed("INVALID_PARAMETER_VALUE", f"{where}/{field}")
    _text(context.get("brand_name", "-"), 127, f"{where}/brand_name")
    if not re.fullmatch(r"[a-z]{2}-[A-Z]{2}", str(context.get("locale", "en-GB"))):
        raise malformed("INVALID_PARAMETER_SYNTAX", f"{where}/locale")
    for field in ("return_url", "cancel_url"):
        _check_url(_text(context.get(field), 4000, f"{where}/{field}"), f"{where}/{field}")


def _check_url(url: str, where: str) -> None:
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise malformed("INVALID_PARAMETER_SYNTAX", where)


def _only(body: Body, known: set[str], where: str) -> None:
    for field in body:
        if field not in known:
            raise malformed("NOT_SUPPORTED", f"{where}/{field}")


def _object(value: object, where: str) -> Body:
    if value is None:
        raise malformed("MISSING_REQUIRED_PARAMETER", where)
    if not isinstance(value, dict):
        raise malformed("INVALID_PARAMETER_SYNTAX", where)
    return value


def _text(value: object, longest: int, where: str) -> str:
    if value is None:
        raise malformed("MISSING_REQUIRED_PARAMETER", where)
    if not isinstance(value, str):
        raise malformed("INVALID_PARAMETER_SYNTAX", where)
    if not 1 <= len(value) <= longest:
        raise malformed("INVALID_STRING_LENGTH", where)
    return value
