"""Forms that only Adobe's programs show (XFA): the answers lie in a packet of XML, the page says "Please wait"."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from lxml import etree

from parsers.document import Control
from parsers.formats.pdf_unpacking import content_of

MAX_PACKET: Final = 5_000_000
MAX_PACKETS: Final = 20
MAX_LEAVES: Final = 2_000
WHERE: Final = "XFA data"
_SCRIPT: Final = re.compile(rb"<(?:[A-Za-z_]{1,20}:)?script\b")
_DATASETS: Final = "http://www.xfa.org/schema/xfa-data/1.0/"


def xfa_of(file: pikepdf.Pdf) -> Any | None:  # noqa: ANN401 - pikepdf's objects answer with any of their kinds
    """Return the XFA entry of a form, or None where it has none."""
    form = file.Root.get("/AcroForm")
    return form.get("/XFA") if isinstance(form, pikepdf.Dictionary) else None


def read_xfa(entry: Any) -> tuple[Control, ...]:  # noqa: ANN401 - as above
    """Return the filled leaves of the data packet; none where there is no packet or it is broken.

    Raises TooHeavy where it unpacks to more than MAX_PACKET.
    """
    packet = _packet(entry)
    if not packet:
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    data = root if root.tag == f"{{{_DATASETS}}}data" else root.find(f".//{{{_DATASETS}}}data")
    return tuple(_leaves(data)) if data is not None else ()


def has_script(entry: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether any packet has a script, which Adobe's programs run. Raises TooHeavy, as above."""
    packets = list(entry)[1::2] if isinstance(entry, pikepdf.Array) else [entry]
    streams = [packet for packet in packets[:MAX_PACKETS] if isinstance(packet, pikepdf.Stream)]
    return any(_SCRIPT.search(content_of(stream, MAX_PACKET).replace(b"\0", b"")) for stream in streams)


def _packet(entry: Any) -> bytes:  # noqa: ANN401 - as above
    """Return the datasets packet, alone or within the whole (XFA 3.3, chapter 1; ISO 32000-1, 12.7.8)."""
    if isinstance(entry, pikepdf.Stream):
        return content_of(entry, MAX_PACKET)
    if not isinstance(entry, pikepdf.Array):
        return b""
    parts = list(entry)
    found = (part for name, part in zip(parts[::2], parts[1::2], strict=False) if str(name) == "datasets")
    return next((content_of(part, MAX_PACKET) for part in found if isinstance(part, pikepdf.Stream)), b"")


def _leaves(data: etree._Element) -> Iterator[Control]:
    number = 0
    for element in data.iter():
        if not isinstance(element.tag, str) or len(element) or not (element.text or "").strip():
            continue
        number += 1
        if number > MAX_LEAVES:
            return
        name = etree.QName(element).localname[:200]
        yield Control(name, name, (element.text or "").strip()[:65_536], None, -number, WHERE)
