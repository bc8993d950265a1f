"""What stands behind `make`: nothing here is part of the portal."""
