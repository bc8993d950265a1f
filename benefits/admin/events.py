"""The office's pages for events."""
