"""Measurements, run by hand: see each folder's own head."""
