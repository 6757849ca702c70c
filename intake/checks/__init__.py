"""One rule, one file: each module's docstring is the question it asks of a form; ``roll`` is the order of asking.

Adding a check is one file with ``KINDS`` and ``ask``, one line in :mod:`intake.checks.roll`, and its severities in
``config/checks.toml``. No check imports another; what several need is in the domain or in :mod:`intake.checks.context`.
"""
