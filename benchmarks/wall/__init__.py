"""The wall around the reader, and what it costs for each message."""
