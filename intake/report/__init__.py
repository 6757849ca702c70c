"""The nightly exception report: pure facts, then rendered."""
