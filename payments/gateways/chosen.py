"""The gateway that the settings ask for; built once, when it is first needed."""

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from foundation.later import later
from payments.gateways.gateway import PaypalGateway

if TYPE_CHECKING:
    from payments.gateways import paypal as library
else:
    library = later("payments.gateways.paypal")


def paypal() -> PaypalGateway:
    """Demo, sandbox or live: only the endpoint and the credentials differ."""
    return _paypal(
        settings.PAYPAL_CLIENT_ID,
        settings.PAYPAL_CLIENT_SECRET,
        settings.PAYPAL_ENDPOINT,
        settings.PAYPAL_WEBHOOK_ID,
        settings.PAYPAL_TIMEOUT,
    )


@cache
def _paypal(
    client_id: str,
    client_secret: str,
    endpoint: str,
    webhook_id: str,
    timeout: tuple[float, float],
) -> PaypalGateway:
    transport = library.Transport(
        client_id=client_id, client_secret=client_secret, endpoint=endpoint, timeout=timeout
    )
    return PaypalGateway(transport, webhook_id=webhook_id)
