"""The partnership's words as types: values only, no input or output (domain.md)."""
