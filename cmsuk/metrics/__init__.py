"""Figures about the running portal for a Prometheus server, none of them about a person."""
