"""What an answer's words mean for reading it: blanks, ticks, choices, and text made comparable."""
