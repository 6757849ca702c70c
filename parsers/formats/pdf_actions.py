"""What a PDF would do when a person opens it, told by codes (ISO 32000-1, 12.6): nothing of it is ever done here.

Opening at a page and links to the web are what honest files do, and are not told.
"""

from collections.abc import Iterator
from itertools import islice
from time import process_time
from typing import Final

import pikepdf

from parsers.formats.pdf_objects import Object, of, text_of
from parsers.formats.pdf_unpacking import TooHeavy, head_of
from parsers.formats.pdf_weigh import resources_of
from parsers.formats.pdf_xfa import has_script, xfa_of
from parsers.signs import HEAD_BYTES, is_afar, is_program, is_program_name

MAX_LOOKED_AT: Final = 20_000
"""Objects of one file that are asked what they do."""
MAX_PAGES_LOOKED_AT: Final = 5_000
MAX_SECONDS: Final = 1.5
"""Of the processor's time: how busy the machine is changes nothing."""
_NOT_ALL: Final = "pdf-actions-uncounted"
_TOLD: Final = {
    "/JavaScript": "pdf-javascript",
    "/Rendition": "pdf-media",
    "/Movie": "pdf-media",
    "/Sound": "pdf-media",
    "/RichMediaExecute": "pdf-media",
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
    "/3D": "pdf-media",
}
_NAMES: Final = {"/EmbeddedFiles": "pdf-embedded-files", "/JavaScript": "pdf-javascript"}
_SCRIPTS: Final = ("javascript:", "vbscript:", "data:")
_FILES: Final = ("file:", "smb:", "mhtml:", "ms-", "search-ms:", "//", "\\\\")
_ACTS: Final = frozenset({"/S", "/Subtype", "/T", "/FT", "/Kids", "/EF", "/Names", "/Title"})
_MORE: Final = frozenset({"/Next", "/First", "/Kids", "/Names", "/A", "/AA", "/AF", "/EF", "/FS", "/3DD"})
"""Where an action, a field, a note or an entry of the outline leads on to further ones."""
_OF_FILE: Final = ("/OpenAction", "/AA", "/AF")
_OF_PAGE: Final = frozenset({"/AA", "/Annots", "/AF", "/Contents"})


def actions_of(file: pikepdf.Pdf) -> set[str]:
    """Return codes of what the file, its outline, its fields, its pages and what is laid onto them would do or hold.

    Raises nothing: what cannot be walked, or takes too long, is told as not all looked at.
    """
    walk = _Walk()
    try:
        walk.file(file)
    except RecursionError:
        walk.codes.add(_NOT_ALL)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pikepdf raises what a broken object provokes; the page may be read all the same
        walk.codes.add(_NOT_ALL)
    return walk.codes


class _Walk:
    """Objects asked one after another, each once, as many as are looked at and as long as there is time."""

    def __init__(self) -> None:
        self.codes: set[str] = set()
        self._end = process_time() + MAX_SECONDS
        self._seen: set[tuple[int, int]] = set()
        self._looked = 0

    def file(self, file: pikepdf.Pdf) -> None:
        """Ask the file first, then page after page."""
        root = file.Root
        names, form = root.get("/Names"), root.get("/AcroForm")
        if isinstance(names, pikepdf.Dictionary):
            self.codes |= {code for key, code in _NAMES.items() if key in names}
        if "/Collection" in root:
            self.codes.add("pdf-embedded-files")
        self._forms_scripts(file)
        self.codes |= set(_by_address(text_of(_within(root.get("/URI"), "/Base"))))
        begun = [of(root, key) for key in _OF_FILE]
        begun += [_within(names, "/EmbeddedFiles"), _within(form, "/Fields"), _within(root.get("/Outlines"), "/First")]
        whole = self._walked(begun)
        for page in (each.obj for each in islice(file.pages, MAX_PAGES_LOOKED_AT)) if whole else ():
            keys = set(page.keys()) & _OF_PAGE
            drawn = _within(resources_of(page), "/XObject")
            whole = process_time() < self._end and self._walked([*(page[key] for key in keys), drawn])
            if not whole:
                break
        if not whole or len(file.pages) > MAX_PAGES_LOOKED_AT:
            self.codes.add(_NOT_ALL)

    def _forms_scripts(self, file: pikepdf.Pdf) -> None:
        entry = xfa_of(file)
        try:
            if entry is not None and has_script(entry):
                self.codes.add("pdf-javascript")
        except TooHeavy:
            self.codes.add(_NOT_ALL)

    def _walked(self, waiting: list[Object]) -> bool:
        """Ask object after object; tell whether all were asked."""
        while waiting:
            thing = waiting.pop()
            if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
                continue
            if thing.is_indirect:
                if thing.objgen in self._seen:
                    continue
                self._seen.add(thing.objgen)
            self._looked += 1
            if self._looked > MAX_LOOKED_AT or (self._looked % 64 == 0 and process_time() > self._end):
                return False
            waiting += self._asked(thing)
        return True

    def _asked(self, thing: Object) -> list[Object]:
        """Take an object's codes; return what it leads on to."""
        if isinstance(thing, pikepdf.Array):
            return list(thing)
        if isinstance(thing, pikepdf.Stream):
            self.codes |= set(_of_stream(thing))
            return [of(thing, "/AF")]
        keys = set(thing.keys())  # asked once: each question to the file costs as much
        if "/Type" in keys and str(thing["/Type"]) in {"/Page", "/Pages"}:
            return []  # an address to open at; pages are asked one by one
        self.codes |= set(_told(thing, keys))
        return [thing[key] for key in (keys & _MORE if keys & _ACTS else keys)]


def _within(thing: Object, key: str) -> Object:
    return of(thing, key) if isinstance(thing, pikepdf.Dictionary) else None


def _of_stream(stream: Object) -> Iterator[str]:
    """Name a stream that lies in another file, shows one, or runs a script when it is shown."""
    if "/F" in stream or "/Ref" in stream:
        yield "pdf-opens-another-file"
    if "/OnInstantiate" in stream:
        yield "pdf-javascript"


def _told(thing: Object, keys: set[str]) -> Iterator[str]:
    """Name what one dictionary is: an action, a note, or the description of a file that is inside."""
    action, note = (str(thing[key]) if key in keys else "" for key in ("/S", "/Subtype"))
    yield from (code for code in (_TOLD.get(action), _NOTES.get(note)) if code)
    if action == "/URI":
        yield from _by_address(text_of(thing.get("/URI")))
    if "/EF" in keys:
        yield "pdf-embedded-files"
        names = (str(thing.get(key, "")) for key in ("/F", "/UF"))
        inside = thing.get("/EF")
        files = (each for _, each in inside.items()) if isinstance(inside, pikepdf.Dictionary) else ()
        if any(map(is_program_name, names)) or any(map(_is_program, files)):
            yield "pdf-program-inside"


def _is_program(stream: Object) -> bool:
    return isinstance(stream, pikepdf.Stream) and is_program(head_of(stream, HEAD_BYTES))


def _by_address(address: str) -> Iterator[str]:
    """Name a link that runs a script or asks for a file on another machine; one to the web is what letters have."""
    bare = "".join(address.split()).casefold()
    if bare.startswith(_SCRIPTS):
        yield "pdf-javascript"
    elif bare.startswith(_FILES) and is_afar(bare):
        yield "pdf-opens-another-file"
