"""The tables' history: one file a step, run at start, never edited once released."""
