"""Destruction of client records: proposed by one, signed by another, checked again, certified.

`proposing` and `witnesses` ask, `signing` decides, `destroying` is the only code anywhere that
deletes a client record. Nothing here is called by a schedule but `chasing`, which only writes.
"""
