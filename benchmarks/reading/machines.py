"""What machines do to filled forms, many at a time: LibreOffice saves and prints them, a scanner photographs them."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from benchmarks.reading.rendered import Rendered

FILTERS: Final = {
    "pdf": "pdf:writer_pdf_Export",
    "odt": "odt:writer8",
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "docx": "docx:MS Word 2007 XML",
}
DPI: Final = 200
POINTS: Final = 72
MAX_SECONDS: Final = 900


def converted(documents: list[Rendered], kind: str, name: str) -> list[Rendered]:
    """Return Word files saved by LibreOffice as another kind, all in one go; empty where it is not installed."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        sources = [place / f"{number:05}.docx" for number in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document.data)
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", FILTERS[kind], "--outdir", str(place / "out")]
        try:
            subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=MAX_SECONDS)
        except OSError:
            return []
        made = [(place / "out" / source.name).with_suffix(f".{kind}").read_bytes() for source in sources]
    return [
        Rendered(data, kind, document.asked, name, document.truth)
        for data, document in zip(made, documents, strict=True)
    ]


def scanned(documents: list[Rendered], name: str, *, worn: bool, rng: Random) -> list[Rendered]:
    """Return printed PDFs as a scanner gives them: pictures of 200 dpi; ``worn``: aslant, dirty and soft."""
    return [
        Rendered(_pictures(document.data, worn=worn, rng=rng), "pdf", document.asked, name, document.truth)
        for document in documents
    ]


def _pictures(pdf: bytes, *, worn: bool, rng: Random) -> bytes:
    pages = [_page(page, worn=worn, rng=rng) for page in _printed(pdf)]
    made = BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return made.getvalue()


def _printed(pdf: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as file:
        for number in range(len(file)):
            yield file[number].render(scale=DPI / POINTS, grayscale=True).to_pil().convert("L")


def _page(page: Image.Image, *, worn: bool, rng: Random) -> Image.Image:
    if not worn:
        return page
    turned = page.rotate(rng.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.6))
    noise = np.random.default_rng(rng.randint(0, 2**31)).normal(0, 8, (soft.height, soft.width))
    return Image.fromarray(np.clip(np.asarray(soft, dtype=np.float64) + noise, 0, 255).astype(np.uint8))
