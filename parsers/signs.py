"""Signs by which bytes tell that they act: programs by their heads and names, addresses that lie on another machine.

What is told here only makes a file suspect, never innocent (security.md 2.1: 25, 26, 29).
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final
from urllib.parse import unquote

HEAD_BYTES: Final = 64
"""Of a file, which a head is told by."""
_HEADS: Final = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"ITSF",
    b"#!",
    b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d",
    b"conectix",
    b"vhdxfile",
    b"MSWIM\x00\x00\x00",
)
"""ELF, Mach-O and Java classes, Windows shortcuts, compiled help, scripts of Unix, OneNote, virtual disks."""
_DISK: Final = frozenset({b"CD001", b"BEA01", b"NSR02", b"NSR03"})
"""What stands at the seventeenth sector of an image of a CD (ISO 9660, UDF)."""
_PROGRAM_NAME: Final = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|wsh|ws|wsc|hta|ps1|psm1|psd1|lnk|jar|jnlp|msi|msp|mst|msu|iso|img"
    r"|vhdx?|dll|cpl|reg|chm|hlp|url|website|scf|inf|appx|appxbundle|appinstaller|msix|msixbundle|apk|gadget|sct|xll|wll"
    r"|application|vsto|xbap|library-ms|search-ms|searchconnector-ms|settingcontent-ms|theme|themepack|deskthemepack|one"
    r"|iqy|oqy|dqy|rqy|slk|rdp|diagcab|diagcfg|shs|shb|udl|xnk|ade|adp|accde|mde|msc|py|pyw|pyz|sh|command|desktop)"
    r"[ .]*$",
    re.IGNORECASE,
)
"""What Windows and other systems run, mount or fetch by at a double click."""
_PACKED_NAME: Final = re.compile(rb"\.(?:exe|scr|bat|cmd|pif|jse|vbs|vbe|wsf|hta|ps1|lnk|msi)\0", re.IGNORECASE)
"""The name of a program as a packager writes it beside one ([MS-OLEDS] 2.3.6); ``.com`` ends addresses too."""
_WINDOWS: Final = re.compile(rb"MZ(?=.{58}(.{4}))", re.DOTALL)
"""Where a Windows program may begin, and how far behind it its second head says to be."""
_UNSEEN: Final = re.compile(r"[\x00-\x20\x7f]")
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+):(/*)(.*)", re.DOTALL)
_DRIVE: Final = re.compile(r"[a-z][:|]")
_OWN_FOLDERS: Final = ("users/", "home/", "volumes/", "private/", "applications/", "library/", "macintoshhd")
"""How a folder of the author's own begins where the machine has no drives."""
_PDF_NAME: Final = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|GoToE|GoToR|SubmitForm|ImportData|RichMedia)(?![A-Za-z0-9])"
)
_PDF_TOLD: Final = {
    b"JavaScript": "pdf-javascript",
    b"Launch": "pdf-launch",
    b"EmbeddedFile": "pdf-embedded-files",
    b"EmbeddedFiles": "pdf-embedded-files",
    b"GoToE": "pdf-opens-another-file",
    b"GoToR": "pdf-opens-another-file",
    b"SubmitForm": "pdf-sends-data",
    b"ImportData": "pdf-takes-data",
    b"RichMedia": "pdf-media",
}
PDF_CODES: Final = frozenset(_PDF_TOLD.values())
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED_OBJECTS: Final = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_MOST_PACKED: Final = 100
_MOST_UNPACKED: Final = 1024 * 1024


def is_program(data: bytes) -> bool:
    """Tell whether a file is a program, a shortcut, a disk or a book of notes that runs what is in it, by its head."""
    windows = data[:2] == b"MZ" and b"\x00" in data[:HEAD_BYTES]
    return windows or data.startswith(_HEADS) or data[0x8001:0x8006] in _DISK


def is_program_name(name: str) -> bool:
    """Tell whether a double click would run what bears this name."""
    return _PROGRAM_NAME.search(name) is not None


def holds_windows_program(content: bytes) -> bool:
    """Tell whether a Windows program begins anywhere in these bytes, both its heads where they must be."""
    heads = (found.start() + int.from_bytes(found[1], "little") for found in _WINDOWS.finditer(content))
    return any(content[at : at + 4] == b"PE\0\0" for at in heads)


def holds_program(content: bytes) -> bool:
    """Tell whether an object packs a program, by the program's heads or by the name its packager gave it."""
    return holds_windows_program(content) or b"\x7fELF" in content or _PACKED_NAME.search(content) is not None


def is_afar(address: str) -> bool:
    r"""Tell whether fetching what an address names asks another machine; ``file:///C:`` is the author's own.

    Whatever is not surely on the author's machine is afar: there are many ways to write a share (``file://host/a``,
    ``file:///\\host\a``, ``\\?\UNC\host``), and schemes that fetch by way of another (``mhtml:http://...``).
    """
    bare = _UNSEEN.sub("", unquote(address).replace("\\", "/").casefold())
    named = _SCHEME.fullmatch(bare)
    if named is None:  # no scheme of two letters or more: a drive, a bare name, a path
        return bare.startswith("//")
    scheme, slashes, rest = named[1], len(named[2]), named[3]
    if scheme != "file":
        return True
    if _DRIVE.match(rest) and slashes <= 3:
        return False
    if slashes == 2:
        return not rest.startswith("localhost/")
    return slashes != 3 or not rest.startswith(_OWN_FOLDERS)


def actions_named(data: bytes) -> tuple[str, ...]:
    """Return codes of the actions that the bare bytes of a PDF name, for one that nobody can open: locked or broken.

    A lock hides texts and streams, not the names of actions; names packed with their objects are looked for too.
    """
    pieces = (data, *_packed_objects(data))
    plain = (_ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), each) for each in pieces)
    return tuple(sorted({_PDF_TOLD[found[1]] for each in plain for found in _PDF_NAME.finditer(each)}))


def _packed_objects(data: bytes) -> Iterator[bytes]:
    for found in islice(_PACKED_OBJECTS.finditer(data), _MOST_PACKED):
        packed = data[found.end() : found.end() + _MOST_UNPACKED]
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(packed, _MOST_UNPACKED)
