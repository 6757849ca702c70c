"""The staff pages over a hundred thousand messages: how long the server takes for each, and its memory."""
