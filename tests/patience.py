"""How long a test waits for what comes within a second: a machine under load is no fault."""

PATIENCE = 120  # seconds
