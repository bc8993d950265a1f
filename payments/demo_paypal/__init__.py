"""A strict pretend PayPal for one machine: no money moves, and its state is one SQLite file."""

CLIENT_ID = "demo-client"
CLIENT_SECRET = "demo-secret"  # noqa: S105 - it opens nothing but this
MERCHANT_ID = "DEMOMERCHANT1"
WEBHOOK_ID = "demo-webhook"
