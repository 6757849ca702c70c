"""What an address may say: numbers a record can have, references in capitals, and nothing that no record can hold."""

import re
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.routing import IntegerConverter

MOST = 2**63 - 1
"""Numbers of records are of 64 bits; what is greater is nobody's, and no database is asked for it."""
READS = ("GET", "HEAD")
WAYS_BACK = re.compile(
    r"/(?:message/[A-Za-z0-9-]{1,60}|case/[A-Za-z0-9-]{1,40}(?:/print)?|letters/[0-9]{1,19}/release"
    r"|exceptions(?:/[0-9]{1,19}/close|/kind/[a-z-]{1,40}/[a-z0-9-]{1,80})?|log|figures|trail|configuration|accounts)"
)
"""Where somebody is led who wanted to go there and had to sign in first: pages of ours, and nothing asked of them."""
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,40}")


class Number(IntegerConverter):
    """A record's number in a path; where it is none that a record can have, there is no such page."""

    regex = r"[0-9]{1,19}"

    def __init__(self, map: Any, *given: Any, **more: Any) -> None:  # noqa: A002, ANN401 - werkzeug's shape
        """Bound every number."""
        super().__init__(map, *given, **{"max": MOST, **more})


def number(written: str) -> int:
    """Return a record's number in a query; ValueError where it is none."""
    found = int(written)
    if not 0 <= found <= MOST:
        raise ValueError("no record has that number")
    return found


def refuse_nul() -> None:
    """Refuse a request that holds a NUL anywhere: no text of ours has one, and PostgreSQL cannot hold it."""
    said = (pair for each in (request.args, request.form) for pair in each.items(multi=True))
    if "\0" in request.path or any("\0" in word for pair in said for word in pair):
        abort(400)


def way_back(wanted: str) -> str:
    """Return the path where somebody may be led after signing in; empty where it is none of ours."""
    return wanted if WAYS_BACK.fullmatch(wanted) else ""


def straighten() -> Any:  # noqa: ANN401 - an answer, or nothing
    """Lead to a case whose reference was typed in small letters."""
    written = (request.view_args or {}).get("reference", "")
    if request.method not in READS or written == written.upper() or not _REFERENCE.fullmatch(written):
        return None
    asked = {**(request.view_args or {}), "reference": written.upper()}
    query = request.query_string.decode("ascii", "replace")
    return redirect(url_for(request.endpoint or "", **asked) + (f"?{query}" if query else ""))
