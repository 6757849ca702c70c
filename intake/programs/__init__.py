"""The programs of the command line: each opens the house, does its work, and gives an exit code."""
