"""Containers: what holds other parts, opened within limits; what cannot be opened is told by its kind."""
