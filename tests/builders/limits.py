"""Both sides of a limit: what just fits and one more, and what must be said of each."""

from collections.abc import Callable

import pytest

from parsers.contract import DocumentState
from parsers.document import Document, NotRead

both_sides = pytest.mark.parametrize("more", [0, 1])


def over(more: int, code: str) -> str | None:
    """Return what must be said of what is at the limit, and of one beyond it."""
    return code if more else None


def code_of(read: Callable[[bytes], Document], data: bytes) -> str | None:
    """Return the code of the limit a file is over, None where it is read."""
    try:
        read(data)
    except NotRead as refused:
        return refused.code if refused.state is DocumentState.OVER_LIMIT else refused.state.value
    return None
