"""What stands in a form that nobody has answered: prompts, dotted lines, "TBC"."""

from collections.abc import Callable, Iterable

from parsers.document import UNTICKED
from parsers.values.text import clean, plain_whole
from parsers.values.ticks import ON

RULES = "_.\u2026\u00b7-\u2013\u2014=/\\|:*" + UNTICKED

Blank = Callable[[str], bool]


def blank_by(prompts: Iterable[str]) -> Blank:
    """Return the test of whether a text is no answer, given the prompts that mean empty."""
    known = frozenset(plain_whole(prompt) for prompt in prompts)
    longest = 2 * max(map(len, known), default=0)
    signs = frozenset(ON)
    rules = dict.fromkeys(map(ord, RULES), " ")

    def is_blank(text: str) -> bool:
        if not text:
            return True
        words = clean(text)
        if not signs.isdisjoint(words) or (len(words) > longest and words[:1].isalnum()):
            return False
        return not words.translate(rules).strip() or plain_whole(words) in known

    return is_blank


def keeps(text: str, words: Iterable[str]) -> bool:
    """Tell whether a text is one of the words that a field keeps though they mean empty elsewhere."""
    return plain_whole(clean(text)) in {plain_whole(word) for word in words}


def without_rules(text: str) -> str:
    """Return an answer without the dotted or underscored line it was typed on."""
    lines = (line.strip().strip("_\u2026").strip() for line in clean(text).split("\n"))
    kept = (line.rstrip(".").rstrip() if line.endswith("...") else line for line in lines)
    return "\n".join(line.lstrip(".").lstrip() if line.startswith("...") else line for line in kept).strip()
