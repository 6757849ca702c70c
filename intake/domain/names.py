"""Names of people in a form to compare, never to show."""

import unicodedata


def normal_name(name: str) -> str:
    """Return the words of a name without case, accents, marks and order: ``Élan O'Test`` and ``otest elan`` agree."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    joined = bare.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    words = "".join(c if c.isalnum() else " " for c in joined).split()
    return " ".join(sorted(words))
