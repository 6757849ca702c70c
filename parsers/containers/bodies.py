"""A mail's own words, of whatever charset and markup, and the file services they link to."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import unquote

from parsers.containers.leaf import Leaf
from parsers.containers.text import clean, decode, words_of_html
from parsers.contract import Kind
from parsers.limits import MAX_BODIES_BYTES, MAX_BODY_BYTES, MAX_BODY_CHARACTERS

_HOST: Final = re.compile(r"https?:/{1,2}(?:[^\s/?#@<>\"']{0,200}@)?([a-z0-9.-]{3,253})", re.IGNORECASE)
_LINK_HOSTS: Final = (
    ("onedrive", ("-my.sharepoint.com", "onedrive.live.com", "onedrive.com", "1drv.ms")),
    ("sharepoint", ("sharepoint.com",)),
    ("google-drive", ("drive.google.com", "docs.google.com")),
    ("dropbox", ("dropbox.com", "dropboxusercontent.com", "db.tt")),
    ("wetransfer", ("wetransfer.com", "we.tl")),
    ("box", ("box.com",)),
    ("icloud", ("icloud.com",)),
    ("mega", ("mega.nz", "mega.io")),
    ("egress", ("egress.com",)),
    ("sharefile", ("sharefile.com", "sharefile.eu")),
    ("objective-connect", ("objectiveconnect.com", "objectiveconnect.co.uk")),
    ("mail-big-file", ("mailbigfile.com",)),
    ("transfernow", ("transfernow.net",)),
    ("smash", ("fromsmash.com",)),
)


@dataclass(frozen=True, slots=True)
class Words:
    """A mail's own words: as a person sees them, and raw with its markup; codes of what was odd."""

    text: str
    raw: str
    codes: tuple[str, ...]


def words_of(leaves: tuple[Leaf, ...]) -> Words:
    """Return the words of all bodies, a forwarded mail's after its outer mail's; a cut is told by ``body-cut``."""
    bodies = read_bodies(leaves)
    texts, raws, codes = [], [], set[str]()
    if len(bodies) < sum(leaf.body for leaf in leaves):
        codes.add("body-cut")
    for _, group in groupby(bodies, key=lambda leaf: leaf.place.path.rpartition("/")[0]):
        decoded = [_decoded(leaf, codes) for leaf in group]
        texts.append(_seen(decoded))
        raws += [text for _, text in decoded]
    text = "\n\n".join(filter(None, texts))
    if len(text) > MAX_BODY_CHARACTERS:
        codes.add("body-cut")
    return Words(clean(text, MAX_BODY_CHARACTERS), "\n".join(raws), tuple(sorted(codes)))


def read_bodies(leaves: tuple[Leaf, ...]) -> list[Leaf]:
    """Return the bodies that are read: the first ones, MAX_BODIES_BYTES of them in all."""
    left, read = MAX_BODIES_BYTES, []
    for leaf in leaves:
        left -= min(len(leaf.data), MAX_BODY_BYTES) if leaf.body else 0
        if left < 0:
            break
        read += [leaf] if leaf.body else []
    return read


def link_hosts(raw: str) -> tuple[str, ...]:
    """Return codes of the known file services a body links to; rewritten links (Safe Links) are looked through."""
    hosts = {found.lower().strip(".") for found in _HOST.findall(unquote(unquote(raw)))}
    codes = dict.fromkeys(code for host in sorted(hosts) for code in (_service(host),) if code)
    return tuple(codes)[:20]


def _service(host: str) -> str | None:
    for code, suffixes in _LINK_HOSTS:
        for suffix in suffixes:
            if host == suffix or host.endswith(suffix if suffix.startswith("-") else f".{suffix}"):
                return code
    return None


def text_of(leaf: Leaf) -> str:
    """Return a body's characters as they are, markup and all, as far as bodies are read."""
    return decode(leaf.data[:MAX_BODY_BYTES], leaf.declared.charset)[0]


def _decoded(leaf: Leaf, codes: set[str]) -> tuple[bool, str]:
    if len(leaf.data) > MAX_BODY_BYTES:
        codes.add("body-cut")
    text, known = decode(leaf.data[:MAX_BODY_BYTES], leaf.declared.charset)
    if not known:
        codes.add("odd-charset")
    is_html = leaf.told.kind is Kind.HTML
    return is_html, text


def _seen(bodies: list[tuple[bool, str]]) -> str:
    """Choose between the plain words and the page's: the page only where it says far more."""
    plain = "\n\n".join(text.strip() for is_html, text in bodies if not is_html and text.strip())
    page = "\n\n".join(filter(None, (words_of_html(text) for is_html, text in bodies if is_html)))
    return page if len(page) > 3 * len(plain) else plain
