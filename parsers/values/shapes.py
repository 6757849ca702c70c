"""Does an answer look like what was asked for? One that does not is kept as it stands, with doubt.

Sources: NHS data dictionary, "NHS NUMBER" (modulus 11 check digit); ITU-T E.164 (at most 15 digits); RFC 5321 4.1.2.
"""

import re
from collections.abc import Callable

from parsers.template import FieldKind

LEAST_DIGITS, MOST_DIGITS = 6, 40
"""Of an answer with telephone numbers: a short local number; two and three numbers with their extensions."""
NHS_DIGITS = 10
MOST_WORDS_OF_PERSON = 14
"""Two people with their titles and posts; a sentence of guidance has more."""
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}\.[a-z]{2,24}", re.IGNORECASE)
_DAY = re.compile(
    r"\d[./ -]{1,3}\d|(?:19|20)\d\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:week|yesterday|today)",
    re.IGNORECASE,
)
"""What every day, exact or not, is written with: figures apart, a year, a month, a week."""
_DATE_ASKED = re.compile(r"date\b[^0-9]{0,60}$", re.IGNORECASE)
"""A question for a day: no agency and no place."""
_IS_DAY = re.compile(r"\s*[0-9]{1,4}[./ -]{1,3}[0-9]{1,2}[./ -]{1,3}[0-9]{1,4}\s*")
_NUMBERS = re.compile(r"[\d()+-]{2,20}|ext\.?", re.IGNORECASE)
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


def may_be(kind: FieldKind, text: str, is_wording: Callable[[str], bool]) -> bool:
    """Tell whether an answer on a form we do not know may be of this kind; ``is_wording`` knows a form's own words."""
    match kind:
        case FieldKind.TEXT | FieldKind.LONG_TEXT | FieldKind.CHOICES | FieldKind.YES_NO | FieldKind.TABLE:
            return True
        case FieldKind.PERSON:
            letters = sum(map(str.isalpha, text))
            few = len(text.split()) <= MOST_WORDS_OF_PERSON and letters > len(_DIGITS.findall(text))
            return few and not is_wording(text)
        case FieldKind.AGENCY | FieldKind.ADDRESS:
            return not is_wording(text) and not (_DATE_ASKED.match(text) or _IS_DAY.fullmatch(text))
        case FieldKind.DATE | FieldKind.APPROXIMATE_DATE:
            return _DAY.search(text) is not None
        case _:
            return looks_like(kind, text)


def address_in(text: str, *, broken: bool) -> str:
    """Return the one mail address among other words, or the words as they are; it may be ``broken`` over lines."""
    joined = "".join(text.split())
    if broken and _EMAIL.fullmatch(joined) and not any(map(_NUMBERS.fullmatch, text.split())):
        return joined
    found = _EMAIL.findall(text)
    return str(found[0]) if len(found) == 1 else text


def is_nhs_number(text: str) -> bool:
    """Tell whether these are the ten digits of an NHS number with the right check digit."""
    digits = [int(digit) for digit in _DIGITS.findall(text)]
    if len(digits) != NHS_DIGITS:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[-1]
