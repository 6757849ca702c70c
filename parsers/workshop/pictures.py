"""Pictures, opened: a closed list of formats, weighed before a pixel is unpacked; of EXIF only the turn is used."""

import logging
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import Final

import pillow_heif
from PIL import Image, ImageOps

from parsers.contract import DocumentState
from parsers.document import NotRead

FORMATS: Final = ("JPEG", "PNG", "TIFF", "HEIF", "BMP", "GIF", "WEBP")
MAX_PIXELS: Final = 40_000_000
"""Of one page: A4 at 600 dpi has 35 million."""
logging.getLogger("PIL").setLevel(logging.CRITICAL)  # its notes quote the file
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
pillow_heif.register_heif_opener(thumbnails=False)


def pages_of(data: bytes) -> Iterator[Image.Image]:
    """Walk the pages of a picture, grey and as a person would see them; NotRead where one cannot be opened."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            for number in count():
                picture.seek(number)
                _weigh(picture)
                yield _grey(picture)
                if picture.format != "TIFF":  # of a moving picture the first
                    return
    except EOFError:
        return
    except (NotRead, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotRead(DocumentState.OVER_LIMIT, "picture-too-large") from None
    except Exception:  # noqa: BLE001 - whatever a broken picture provokes in a dozen decoders becomes one code
        raise NotRead(DocumentState.UNREADABLE, "broken-picture") from None


def _weigh(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise NotRead(DocumentState.OVER_LIMIT, "picture-too-large")


def _grey(picture: Image.Image) -> Image.Image:
    """Return one page in shades of grey, turned as EXIF says, what is see-through as white."""
    turned = ImageOps.exif_transpose(picture)
    if turned.mode in {"RGBA", "LA", "PA", "P"}:
        turned = turned.convert("RGBA")
        white = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(white, turned)
    if turned.mode.startswith("I;16"):
        turned = turned.point(lambda shade: shade / 256)
    return turned.convert("L")
