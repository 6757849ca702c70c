"""Opening pictures: a closed list of formats, weighed before they are unpacked, turned as their camera says."""

import struct
import zlib

import pytest
from PIL import Image

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.workshop.pictures import pages_of
from tests.builders.pictures import saved

SMALL = Image.linear_gradient("L").resize((64, 48))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "HEIF"])
def test_each_format_of_the_list_is_opened(kind: str) -> None:
    """In shades of grey, at its size."""
    (opened,) = pages_of(saved(SMALL, kind))
    assert (opened.mode, opened.size) == ("L", (64, 48))


def test_a_tiff_has_all_its_pages() -> None:
    """Faxes come as one file."""
    assert len(list(pages_of(saved(SMALL, "TIFF", SMALL, SMALL)))) == 3


def test_the_turn_of_the_camera_is_honoured() -> None:
    """A picture taken upright but stored on its side stands upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    import io

    file = io.BytesIO()
    SMALL.save(file, "JPEG", exif=exif)
    (opened,) = pages_of(file.getvalue())
    assert opened.size == (48, 64)


def test_what_is_see_through_is_paper() -> None:
    """A transparent picture has a white ground, not a black one."""
    (opened,) = pages_of(saved(Image.new("RGBA", (4, 4), (0, 0, 0, 0))))
    assert opened.getpixel((0, 0)) == 255


def _claiming(width: int, height: int) -> bytes:
    """Return a PNG that says it is so large; its pixels are not there."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize("size", [(8_000, 6_000), (60_000, 60_000), (2**31 - 1, 1)])
def test_a_bomb_is_refused_before_a_pixel_is_unpacked(size: tuple[int, int]) -> None:
    """Its own claim is enough."""
    with pytest.raises(NotRead) as fault:
        list(pages_of(_claiming(*size)))
    assert (fault.value.state, fault.value.code) == (DocumentState.OVER_LIMIT, "picture-too-large")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff\xe0 cut", _claiming(50, 50), b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"]
)
def test_what_is_no_picture_of_the_list_is_broken(data: bytes) -> None:
    """Cut, empty or of a format that runs programs: one code, no library's words."""
    with pytest.raises(NotRead) as fault:
        list(pages_of(data))
    assert (fault.value.state, fault.value.code) == (DocumentState.UNREADABLE, "broken-picture")
