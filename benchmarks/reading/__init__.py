"""How well forms are read: generated documents, scored."""
