"""The pictures of docs/, taken from a demo of their own by `make pictures`."""
