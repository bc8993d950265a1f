"""A strict pretend PayPal for one machine: no money moves, and its state is one SQLite file."""

CLIENT_ID = "demo-client"
CLIENT_SECRET = "demo-secret"  # noqa: S105 - opens nothing but the pretend PayPal
MERCHANT_ID = "DEMOCMSUK0001"
WEBHOOK_ID = "DEMOWEBHOOK000001"
