"""Wordings of labels and what each means: exact first, then the same words in another order, then a slip of the pen.

"Telephone number of referrer" and "Referrer's telephone number" are the same words; "Where did it happen?" is no slip
of "When did it happen?", because both are words that labels use. A wording that may mean two fields means none.
"""

from collections.abc import Callable, Iterable, KeysView
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz, process

from parsers.template import Field
from parsers.values.text import FILLERS, gist, plain, plain_whole

NEAR: Final = 90
MARGIN: Final = 10
LEAST_NEAR_LETTERS, MAX_NEAR_LETTERS = 4, 80


@dataclass(frozen=True, slots=True)
class Match:
    """A label's field and whether the wording is one we know; ``follows`` marks a second question on a field."""

    field: Field
    exact: bool
    follows: bool = False


Layer = Iterable[tuple[str, Match]]
"""Wordings of one rank, each with what it means."""
Forms = Callable[[str], tuple[str, ...]]
"""A label's comparable forms."""


class Wordings:
    """All wordings that may stand in one place of a form; those of a higher rank win over those of a lower."""

    def __init__(self, layers: Iterable[Layer], vocabulary: frozenset[str], decoys: tuple[str, ...] = ()) -> None:
        """``vocabulary`` are the words that any label uses; ``decoys`` wordings that must not be taken for these."""
        ranked = [tuple(layer) for layer in layers]
        self._exact = _index(ranked, lambda label: (plain(label), plain_whole(label)))
        self._by_gist = _index(ranked, lambda label: (gist(plain_whole(label)), gist(plain(label))))
        self._vocabulary = vocabulary
        self._decoys = decoys

    def exact(self, text: str) -> Match | None:
        """Return what a text means by its very words."""
        return self._exact.get(plain_whole(text)) or self._exact.get(plain(text))

    @property
    def labels(self) -> KeysView[str]:
        """The comparable forms of all labels here."""
        return self._exact.keys()

    def same_words(self, text: str) -> Match | None:
        """Return what a text means by its words in whatever order, fillers aside; never exact."""
        for words in (plain_whole(text), plain(text)):
            found = self._by_gist.get(gist(words)) or self._alternatives(words)
            if found is not None:
                return replace(found, exact=False)
        return None

    def _alternatives(self, words: str) -> Match | None:
        """Return what "Organisation / agency" means where each part of it means the same."""
        found = [self._exact.get(part.strip()) for part in words.split(" / ")]
        matches = [match for match in found if match is not None]
        same = len(found) > 1 and len(matches) == len(found) and len({match.field.name for match in matches}) == 1
        return matches[0] if same else None

    def near(self, text: str) -> Match | None:
        """Return what a text means but for a slip of the pen, where nothing else is close; never exact."""
        words = plain(text)
        if not LEAST_NEAR_LETTERS <= len(words) <= MAX_NEAR_LETTERS:
            return None
        close = process.extract(
            words, self._exact.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR - MARGIN, limit=None
        )
        if not close or close[0][1] < NEAR or not self._is_slip(words, close[0][0]):
            return None
        best = self._exact[close[0][0]].field
        others = [score for label, score, _ in close if self._exact[label].field is not best]
        decoys = [fuzz.token_sort_ratio(words, decoy) for decoy in self._decoys]
        return Match(best, exact=False) if close[0][1] - max(others + decoys, default=0) >= MARGIN else None

    def _is_slip(self, words: str, label: str) -> bool:
        """Tell whether what differs are misspellings: words that no label uses, save fillers."""
        strange = set(words.split()) - set(label.split()) - FILLERS
        return not strange & self._vocabulary


def vocabulary_of(labels: Iterable[str]) -> frozenset[str]:
    """Return the words that labels use."""
    return frozenset(word for label in labels for word in plain_whole(label).split())


def _index(ranked: list[tuple[tuple[str, Match], ...]], forms: Forms) -> dict[str, Match]:
    index: dict[str, Match] = {}
    for layer in ranked:
        found: dict[str, list[Match]] = {}
        for label, match in layer:
            for words in dict.fromkeys(forms(label)):
                if words:
                    found.setdefault(words, []).append(match)
        for words, matches in found.items():
            if words not in index and len({match.field.name for match in matches}) == 1:
                index[words] = matches[0]
    return index
