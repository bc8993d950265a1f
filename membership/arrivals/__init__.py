"""Members whom the society had before the portal, brought in from a file."""
