"""Word's date control keeps the exact day beside the words shown; it is believed only where the two agree.

Whoever types over the control ("early November") may leave the old day behind: then the words alone count.
"""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def shown_or_exact(shown: str, exact: str) -> str:
    """Return ``exact`` (ISO) when the words shown name its day, month and year, else the words."""
    if not shown.strip() or not exact:
        return shown
    try:
        day = date.fromisoformat(exact)
    except ValueError:
        return shown
    numbers = {int(digits) for digits in re.findall(r"\d{1,4}", shown[:100])}
    named = any(word[:3] == MONTHS[day.month - 1] for word in re.findall(r"[a-z]{3,}", shown[:100].casefold()))
    agrees = day.day in numbers and (named or day.month in numbers) and bool(numbers & {day.year, day.year % 100})
    return exact if agrees else shown
