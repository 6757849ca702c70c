"""The letters agencies and the duty channel get, composed purely from facts that cannot hold a name."""
