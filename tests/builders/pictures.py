"""Pictures of pages, drawn here: ruled tables, tick-boxes and words, all invented; the same call, the same bytes."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFont

A4 = (1654, 2339)
"""Pixels at 200 dpi."""
ROWS = (
    ("Name of referrer", "Orla Example"),
    ("Agency", "Greater Manchester Police"),
    ("Telephone", "0161 496 0123"),
    ("Date of referral", "13/11/2026"),
)

NUMBERS = ("one", "two", "three")


def page(rows: Sequence[tuple[str, str]] = ROWS, *, boxes: Sequence[bool] = (False, True)) -> Image.Image:
    """Return an upright page: a heading, a ruled table of labels and answers, and tick-boxes with an option each."""
    sheet = Image.new("L", A4, 255)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(30)
    draw.text((160, 150), "Referral for a Child Safeguarding Practice Review", fill=0, font=font)
    for number, (label, answer) in enumerate(rows):
        top = 260 + 60 * number
        draw.rectangle((160, top, 700, top + 60), outline=0, width=2)
        draw.rectangle((700, top, 1480, top + 60), outline=0, width=2)
        draw.text((175, top + 12), label, fill=0, font=font)
        draw.text((715, top + 12), answer, fill=0, font=font)
    for number, ticked in enumerate(boxes):
        top = 900 + 70 * number
        draw.rectangle((160, top, 188, top + 28), outline=0, width=2)
        if ticked:
            draw.line((163, top + 3, 185, top + 25), fill=0, width=3)
            draw.line((185, top + 3, 163, top + 25), fill=0, width=3)
        draw.text((215, top - 4), f"Option {NUMBERS[number]}", fill=0, font=font)
    return sheet


def noisy(picture: Image.Image, *, slant: float, noise: float) -> Image.Image:
    """Return the page as a worn scanner gives it: aslant by so many degrees, grey values strewn."""
    turned = picture.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
    strewn = np.asarray(turned, dtype=np.float64) + np.random.default_rng(7).normal(0, noise, turned.size[::-1])
    return Image.fromarray(strewn.clip(0, 255).astype(np.uint8))


def saved(picture: Image.Image, kind: str = "PNG", *more: Image.Image) -> bytes:
    """Return the file: PNG, JPEG, TIFF, BMP, GIF, WEBP, HEIF or PDF; TIFF and PDF of several pages."""
    file = BytesIO()
    if more:
        picture.save(file, kind, save_all=True, append_images=more)
    else:
        picture.save(file, kind)
    return file.getvalue()
