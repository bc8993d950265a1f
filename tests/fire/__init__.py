"""The grown installation under load, while its processes are killed one after the other."""
