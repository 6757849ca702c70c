"""Files whose names are the weapon (threats 16, 18, 20, 21; incident 72)."""

from collections.abc import Iterator

from tests.builders.mails import Attachment
from tests.hostile.case import Case, good_form, whole
from tests.promises.post_bag import sent

PROGRAM = b"MZ\x90\x00" + bytes(200)
NAMES = {
    "climbs": "../../../../etc/cron.d/x.docx",
    "climbs-in-windows": "..\\..\\Windows\\x.docx",
    "absolute": "/etc/passwd",
    "drive": "C:\\Windows\\System32\\x.docx",
    "share": "\\\\127.0.0.1\\share\\x.docx",
    "stream": "referral.docx::$DATA",
    "reserved": "CON.docx",
    "dots": "..",
    "blank": " ",
    "of-64k": "x" * 64_000 + ".docx",
    "of-300-bytes": "\u00e4" * 150 + ".docx",
    "with-controls": "refer\x01ral\x1b[2J.docx",
    "with-tab": "referral\t.docx",
    "of-surrogates": "referral\udcff\udcfe.docx",
    "zero-width": "ref\u200b\u200ferral.docx",
    "isolated": "referral\u2067xcod.\u2069.docx",
    "turned-round": "referral\u202excod.docx",
    "markup": "<script>alert(1)</script>.docx",
    "formula": "=cmd|' /C calc'!A0.docx",
    "shell": "$(reboot);`id`|x.docx",
    "look-up": "${jndi:ldap://127.0.0.1/a}.docx",
    "format": "%s%n%s{0.__class__}.docx",
    "query": "x'; DROP TABLE messages;--.docx",
}
"""Names for an honest form: it is read whatever it is called."""
PROGRAMS = {
    "exe": ("referral.docx.exe", PROGRAM),
    "exe-called-pdf": ("referral.pdf", PROGRAM),
    "exe-turned-round": ("referral\u202excod.exe", PROGRAM),
    "exe-with-dots": ("referral.exe. . .", b"words"),
    "exe-far-out": ("referral.docx" + " " * 200 + ".exe", b"words"),
    "script": ("referral.pdf.js", b"WScript.Echo(1)"),
    "page-that-runs": ("referral.hta", b"<html><script>x</script></html>"),
    "shortcut": ("referral.docx.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(90)),
    "disk": ("referral.iso", bytes(0x8001) + b"CD001" + bytes(2_000)),
    "elf": ("referral", b"\x7fELF" + bytes(200)),
    "shell-script": ("referral.txt", b"#!/bin/sh\nreboot\n"),
    "java": ("referral.jar", b"PK\x05\x06" + bytes(18)),
    "help": ("referral.chm", b"ITSF" + bytes(90)),
    "registry": ("referral.reg", b"Windows Registry Editor Version 5.00"),
    "one-note": ("referral.one", b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d" + bytes(90)),
    "settings": ("referral.settingcontent-ms", b"<PCSettings/>"),
}


def name_cases() -> Iterator[Case]:
    """Give the cases of honest forms under hostile names, and of programs under honest ones."""
    for name, told in NAMES.items():
        yield whole(f"name-{name}", "threats 20, 21", lambda told=told: _named(told))
    for name, (told, data) in PROGRAMS.items():
        yield whole(f"program-{name}", "threats 21, 26", lambda told=told, data=data: _named(told, data))
    yield whole("name-with-a-header", "incident 65", _with_a_header)
    yield whole("name-by-percents", "threat 20", lambda: _written("filename*=utf-8''%2e%2e%2f%2e%2e%2fetc%2fx%00.docx"))
    yield whole("name-given-twice", "threat 21", lambda: _written("filename=\"a.docx\"; filename*=utf-8''b.exe"))
    yield whole("name-in-encoded-words", "threat 21", lambda: _written('filename="=?utf-8?q?a=E2=80=AExcod=2Eexe?="'))
    yield whole("name-continued-5000", "4.2", lambda: _written("; ".join(f"filename*{n}*=%41" for n in range(5_000))))


def _named(name: str, data: bytes | None = None) -> bytes:
    """Return a mail with a file under a name as RFC 2231 writes any byte; without ``data`` an honest form."""
    told = "".join(f"%{byte:02X}" for byte in name.encode("utf-8", "surrogateescape"))
    return _written(f"filename*=utf-8''{told}", data)


def _written(disposition: str, data: bytes | None = None) -> bytes:
    form = Attachment("placeholder", good_form() if data is None else data)
    raw = sent(910, form)
    return raw.replace(b'filename="placeholder"', disposition.encode("utf-8", "surrogateescape"))


def _with_a_header() -> bytes:
    return _written('filename="=?utf-8?q?a=0d=0aX-Evil:_b?=.docx"')
