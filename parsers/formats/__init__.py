"""Readers of one document format each: bytes in, a :class:`parsers.document.Document` or ``NotRead`` out."""
