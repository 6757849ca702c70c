"""The legs of the journey, one verb each: collect evidence through ports, then decide, purely."""
