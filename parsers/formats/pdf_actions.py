"""What a PDF would do when a person opens it, told by codes (ISO 32000-1, 12.6): nothing of it is ever done here.

Opening at a page and links to the web are what honest files do, and are not told.
"""

from collections.abc import Iterator
from typing import Final

import pikepdf

from parsers.formats.pdf_objects import Object, of

MAX_LOOKED_AT: Final = 20_000
"""Objects of one file that are asked what they do."""
_TOLD: Final = {
    "/JavaScript": "pdf-javascript",
    "/Rendition": "pdf-media",
    "/Movie": "pdf-media",
    "/Sound": "pdf-media",
    "/Launch": "pdf-launch",
    "/GoToR": "pdf-opens-another-file",
    "/GoToE": "pdf-opens-another-file",
    "/SubmitForm": "pdf-sends-data",
    "/ImportData": "pdf-takes-data",
}
_NOTES: Final = {
    "/FileAttachment": "pdf-embedded-files",
    "/RichMedia": "pdf-media",
    "/Screen": "pdf-media",
    "/Movie": "pdf-media",
}
_NAMES: Final = {"/EmbeddedFiles": "pdf-embedded-files", "/JavaScript": "pdf-javascript"}
_PROGRAMS: Final = (
    ".exe",
    ".scr",
    ".bat",
    ".cmd",
    ".com",
    ".js",
    ".jse",
    ".vbs",
    ".vbe",
    ".hta",
    ".ps1",
    ".lnk",
    ".msi",
    ".jar",
)
_MORE: Final = ("/Next", "/Kids", "/A", "/AA", "/EF", "/FS")
"""Where an action, a field or a note leads on to further ones."""


def actions_of(file: pikepdf.Pdf, pages: list[Object]) -> set[str]:
    """Return codes of what the file, its pages, its fields and what is laid onto pages would do or hold."""
    root = file.Root
    names, form = root.get("/Names"), root.get("/AcroForm")
    codes = set(_listed_names(names)) if isinstance(names, pikepdf.Dictionary) else set()
    begun = [root.get("/OpenAction"), root.get("/AA"), *(of(form, "/Fields") for _ in _dictionaries(form))]
    begun += [of(page, key) for page in pages for key in ("/AA", "/Annots")]
    begun += [of(names, key) for _ in _dictionaries(names) for key in ("/EmbeddedFiles",)]
    return codes | _walked(begun)


def _listed_names(names: Object) -> Iterator[str]:
    return (code for key, code in _NAMES.items() if key in names)


def _dictionaries(thing: Object) -> Iterator[Object]:
    if isinstance(thing, pikepdf.Dictionary):
        yield thing


def _walked(waiting: list[Object]) -> set[str]:
    """Ask object after object, each once, as many as are looked at; a file of more is told as such."""
    seen, looked, codes = set[tuple[int, int]](), 0, set[str]()
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array) or isinstance(thing, pikepdf.Stream):
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        looked += 1
        if looked > MAX_LOOKED_AT:
            return codes | {"pdf-actions-uncounted"}
        if isinstance(thing, pikepdf.Array):
            waiting += list(thing)
            continue
        codes |= set(_told(thing))
        acts = any(key in thing for key in ("/S", "/Subtype", "/T", "/FT", "/Kids", "/EF", "/Names"))
        waiting += [of(thing, key) for key in (*_MORE, "/Names")] if acts else [each for _, each in thing.items()]
    return codes


def _told(thing: Object) -> Iterator[str]:
    """Name what one dictionary is: an action, a note, or the description of a file that is inside."""
    action, note = str(thing.get("/S", "")), str(thing.get("/Subtype", ""))
    yield from (code for code in (_TOLD.get(action), _NOTES.get(note)) if code)
    if "/EF" in thing:
        yield "pdf-embedded-files"
        named = f"{thing.get('/F', '')}\n{thing.get('/UF', '')}".lower().rstrip(" .")
        if any(line.rstrip(" .").endswith(_PROGRAMS) for line in named.split("\n")):
            yield "pdf-program-inside"
