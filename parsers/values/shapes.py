"""Does an answer look like what was asked for? One that does not is kept as it stands, with doubt.

Sources: NHS data dictionary, "NHS NUMBER" (modulus 11 check digit); ITU-T E.164 (at most 15 digits); RFC 5321 4.1.2.
"""

import re

from parsers.template import FieldKind

LEAST_DIGITS, MOST_DIGITS = 6, 40
"""Of an answer with telephone numbers: a short local number; two and three numbers with their extensions."""
NHS_DIGITS = 10
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}\.[a-z]{2,24}", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]")


def looks_like(kind: FieldKind, text: str) -> bool:
    """Tell whether an answer may be one of this kind; kinds whose answers are words always may."""
    match kind:
        case FieldKind.DATE | FieldKind.APPROXIMATE_DATE:
            return _DIGITS.search(text) is not None
        case FieldKind.PHONE:
            return LEAST_DIGITS <= len(_DIGITS.findall(text)) <= MOST_DIGITS
        case FieldKind.EMAIL:
            return _EMAIL.search(text) is not None
        case FieldKind.NHS_NUMBER:
            return is_nhs_number(text)
        case _:
            return True


def is_nhs_number(text: str) -> bool:
    """Tell whether these are the ten digits of an NHS number with the right check digit."""
    digits = [int(digit) for digit in _DIGITS.findall(text)]
    if len(digits) != NHS_DIGITS:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[-1]
