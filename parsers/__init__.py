"""Everything that takes untrusted bytes apart, and nothing else.

This package runs only as a walled process of its own (``python -m parsers``): no network, no secrets, no database, hard
limits. It never imports ``intake``; ``intake`` sees of it only :mod:`parsers.contract` (what may cross the wall) and
:mod:`parsers.template` (form sheets). Source: security.md 5, NCSC "Safely importing data".
"""
