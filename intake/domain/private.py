"""Words about a person, which no print, format, log, repr or JSON dump may show (domain.md, "Acknowledgement")."""

from typing import NoReturn, final


@final
class Private:
    """A text that shows itself as ``<private>`` everywhere but where code asks for it by ``reveal()``.

    Slotted and without a ``__dict__``, so that ``dataclasses.asdict`` and ``vars`` find nothing to open; it refuses
    pickling. Equality and hash are by the text, so that it works in sets and property tests.
    """

    __slots__ = ("_text",)
    _text: str

    def __init__(self, text: str) -> None:
        """Wrap ``text``."""
        object.__setattr__(self, "_text", text)

    def reveal(self) -> str:
        """Return the words themselves: each call is a place to look at in review."""
        return self._text

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse: immutable."""
        raise AttributeError("Private is immutable")

    def __repr__(self) -> str:
        """Show nothing."""
        return "<private>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        """Show nothing, whatever the format asks."""
        return "<private>"

    def __eq__(self, other: object) -> bool:
        """Compare by text with another Private only."""
        return isinstance(other, Private) and self._text == other._text

    def __hash__(self) -> int:
        """Hash by text, apart from the text's own hash."""
        return hash((Private, self._text))

    def __bool__(self) -> bool:
        """Tell whether there are any words."""
        return bool(self._text)

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled."""
        raise TypeError("Private is not pickled")

    def __deepcopy__(self, memo: object) -> "Private":
        """Copy as itself (immutable), which ``dataclasses.asdict`` asks for."""
        return self
