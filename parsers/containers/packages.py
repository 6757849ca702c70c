"""What an Office package (OOXML, ODF) is, and what it carries: told by heads, types and relations, not by names alone.

A part may be called what its maker likes: Word finds a macro project, an object or another file by its relation and
its content. So every part's head is looked at, and what a package holds of further packages one step further in.
"""

import re
import zipfile
from time import process_time
from typing import Final

from parsers.containers import office_lock
from parsers.containers.office_macros import has_odf_macros, is_typed_as_macros
from parsers.containers.relations import from_outside, has_macros, relations_of
from parsers.containers.zip import EMPTY, MAGIC, BrokenZip, Listing, listing
from parsers.contract import Kind
from parsers.limits import MAX_ZIP_RATIO, SMALL_ZIP_ENTRY_BYTES, OverLimit
from parsers.signs import holds_program, holds_windows_program, is_program, is_program_name

MAX_SECONDS: Final = 1.0
"""Of the processor, for one package with all that it holds; an ordinary one takes half a thousandth."""
MAX_OBJECTS_LOOKED_AT: Final = 50
MAX_OBJECT_BYTES: Final = 1024 * 1024
"""Of an object's beginning, where a packaged program tells itself."""
MAX_OLE_BYTES: Final = 4 * MAX_OBJECT_BYTES
"""Of an OLE file, whose directory may stand at its end."""
MAX_PACKAGE_BYTES: Final = 16 * 1024 * 1024
MAX_DEEP: Final = 1
_TYPES_BYTES: Final = 256 * 1024
_MAIN_PARTS: Final = (
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"word.document.macroEnabled.main+xml", Kind.DOCM),
    (b"word.template.macroEnabledTemplate.main+xml", Kind.DOCM),
    (b"wordprocessingml.template.main+xml", Kind.DOTX),
)
_ODF: Final = b"application/vnd.oasis.opendocument"
_OBJECT: Final = re.compile(r"(?:^|/)embeddings/.+\.bin$", re.IGNORECASE)
_ACTIVE_X: Final = re.compile(r"(?:^|/)activex/.", re.IGNORECASE)
_PROJECT: Final = re.compile(r"vbaproject\.bin$", re.IGNORECASE)
_USUAL: Final = re.compile(r"(?!.*activex/.).*\.(?:xml|rels|png|jpe?g|gif|emf|wmf|tiff?)", re.IGNORECASE | re.DOTALL)
_USUAL_HEADS: Final = frozenset({b"<?x", b"\xef\xbb\xbf", b"\x89PN", b"\xff\xd8\xff", b"GIF"})
"""What nearly every part is called and begins with; such a one is left at its head."""
_PICTURES: Final = re.compile(r"(?:^|/)(?:media|pictures|thumbnails|docprops|objectreplacements)/", re.IGNORECASE)
_CHARTS: Final = re.compile(r"(?:^|/)(?:charts|diagrams)/", re.IGNORECASE)
_FILES: Final = (b"%PDF-", b"{\\rt", MAGIC, EMPTY)
_TOLD_OF_INNER: Final = frozenset(
    {"macros-inside", "program-inside", "ole-objects", "active-x", "files-inside", "parts-uncounted"}
    | {"has-remote-template", "has-remote-object"}
)
_FILES_OF_OLE: Final = frozenset({Kind.DOC, Kind.LOCKED_OFFICE, Kind.OUTLOOK_MSG})


def kind_of(data: bytes) -> tuple[Kind, bool, tuple[str, ...]]:
    """Return what a zip is by what it holds, whether it is locked, and codes of what is odd and of what it carries."""
    return _kind_of(data, process_time() + MAX_SECONDS, 0)


def _kind_of(data: bytes, end: float, depth: int) -> tuple[Kind, bool, tuple[str, ...]]:
    try:
        found = listing(data)
    except OverLimit as over:
        return Kind.ZIP, False, (over.code,)
    except BrokenZip:
        return Kind.ZIP, False, ("broken-zip",)
    package = _Package(found, end, depth)
    kind, locked = package.kind()
    if kind is Kind.ZIP and depth == 0:  # each of its files is told of by itself, as far as they can be unpacked
        named = any(is_program_name(entry.orig_filename) for entry in found.entries)
        return kind, locked, ("program-inside",) if named else ()
    codes = package.codes()
    if "macros" in codes and kind in {Kind.DOCX, Kind.DOTX}:
        kind = Kind.DOCM
    return kind, locked, codes


class _Package:
    """One package being looked at, until ``end`` on the clock."""

    def __init__(self, found: Listing, end: float, depth: int) -> None:
        self._found = found
        self._end = end
        self._depth = depth
        self._types = found.part("[Content_Types].xml", _TYPES_BYTES)
        self._objects = 0
        self._told: set[str] = set()
        self._whole = True
        self._inserted: frozenset[str] = frozenset()
        """Names of the parts that are put into the document as files, not behind a chart."""

    def kind(self) -> tuple[Kind, bool]:
        """Return what it is and whether it is locked."""
        found, names = self._found, self._found.names
        if found.part("mimetype", 200).startswith(_ODF):
            locked = found.locked or b"encryption-data" in found.part("META-INF/manifest.xml", _TYPES_BYTES)
            return Kind.ODT if b"opendocument.text" in found.part("mimetype", 200) else Kind.SPREADSHEET, locked
        if "word/document.xml" in names:
            return self._by_type(Kind.DOCX), found.locked
        if names & {"xl/workbook.xml", "xl/workbook.bin"}:
            return Kind.SPREADSHEET, found.locked
        if "[Content_Types].xml" in names:
            return self._by_type(Kind.UNKNOWN), found.locked
        return Kind.ZIP, found.locked

    def _by_type(self, otherwise: Kind) -> Kind:
        return next((kind for mark, kind in _MAIN_PARTS if mark in self._types), otherwise)

    def codes(self) -> tuple[str, ...]:
        """Return codes of macros, objects, programs, files inside and things from afar; and whether all was seen."""
        relations, self._whole = relations_of(self._found)
        inside = [each for each in relations if not each.outside]
        self._inserted = frozenset(
            each.part for each in inside if each.kind in {"package", "oleobject"} and not _CHARTS.search(each.source)
        )
        objects = frozenset(each.part for each in inside if each.kind == "oleobject")
        if has_macros(relations) or is_typed_as_macros(self._types, self._found.names) or has_odf_macros(self._found):
            self._tell("macros")
        for number, entry in enumerate(self._found.entries):
            if number % 16 == 0 and process_time() > self._end:
                self._whole = False
                break
            self._look(entry, self._found.head(entry), is_object=entry.filename in objects)
        self._tell(*from_outside(relations), *(() if self._whole else ("parts-uncounted",)))
        return tuple(sorted(self._told))

    def _tell(self, *codes: str) -> None:
        self._told.update(codes)

    def _look(self, entry: zipfile.ZipInfo, head: bytes, *, is_object: bool) -> None:
        """Look at one part: nearly all are XML or pictures."""
        name = entry.orig_filename
        if head[:3] in _USUAL_HEADS and not is_object and _USUAL.fullmatch(name):
            return
        if _PROJECT.search(name):
            self._tell("macros")
        if is_program_name(name) or self._is_program(entry, head):
            self._tell("program-inside")
        ole, file = head.startswith(office_lock.MAGIC), head.startswith(_FILES) and not _PICTURES.search(name)
        active = _ACTIVE_X.search(name) is not None
        if active:
            self._tell("active-x")
        if not (ole or file or is_object or _OBJECT.search(name)):
            return
        self._objects += 1
        if self._objects > MAX_OBJECTS_LOOKED_AT or process_time() > self._end:
            self._whole = False
        elif ole:
            self._ole(self._found.content(entry, MAX_OLE_BYTES), active=active)
        elif file:
            self._file(entry, head)
        else:
            self._object(self._found.content(entry, MAX_OBJECT_BYTES))

    def _is_program(self, entry: zipfile.ZipInfo, head: bytes) -> bool:
        """Tell by the head, and of Windows' two letters by the second head too: a part may be anything."""
        if head[:2] == b"MZ":
            return holds_windows_program(self._found.content(entry, MAX_OBJECT_BYTES))
        return is_program(head)

    def _object(self, content: bytes) -> None:
        self._tell("ole-objects", *(("program-inside",) if holds_program(content) else ()))

    def _ole(self, content: bytes, *, active: bool) -> None:
        """Tell of a macro project, an object of another program, or an old document, whatever the part is called."""
        if office_lock.is_macro_project(content):
            self._tell("macros")
            return
        kind, _ = office_lock.kind_of(content)
        holds = holds_program if kind is Kind.UNKNOWN else holds_windows_program  # a sheet names EXCEL.EXE itself
        told = {
            "ole-objects": not active,
            "program-inside": holds(content[:MAX_OBJECT_BYTES]),
            "macros-inside": "macros" in office_lock.carried_by(content),
            "files-inside": kind in _FILES_OF_OLE,
        }
        self._tell(*(code for code, there in told.items() if there))

    def _file(self, entry: zipfile.ZipInfo, head: bytes) -> None:
        """Tell of a file of its own inside; a sheet of figures behind a chart is usual and no file of the sender's."""
        most = max(SMALL_ZIP_ENTRY_BYTES, MAX_ZIP_RATIO * entry.compress_size)
        packed = head.startswith((MAGIC, EMPTY))
        if not packed or self._depth >= MAX_DEEP or entry.file_size > min(most, MAX_PACKAGE_BYTES):
            self._tell("files-inside")
            self._whole = self._whole and not packed
            return
        kind, locked, codes = _kind_of(self._found.content(entry, MAX_PACKAGE_BYTES), self._end, self._depth + 1)
        inner = ("macros-inside" if code == "macros" else code for code in codes)
        self._tell(*(code for code in inner if code in _TOLD_OF_INNER))
        if kind is not Kind.SPREADSHEET or locked or entry.filename in self._inserted:
            self._tell("files-inside")
