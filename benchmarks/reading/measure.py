"""Makes the documents, reads them as the walled program does, scores them; batches run side by side."""

import math
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from tempfile import TemporaryDirectory

from benchmarks.reading.plan import Batch, batches
from benchmarks.reading.rendered import Rendered
from benchmarks.reading.score import Score, scored
from parsers.contract import DocumentReading, Harvest
from parsers.read import read_file, read_mail
from parsers.template import Field, Library
from tests.builders import forms, mails

SECONDS = 120.0


@cache
def library() -> Library:
    """Return the shipped library, loaded once in each worker."""
    return forms.library()


def measured(documents: int, seed: int, only: str, jobs: int) -> Iterator[tuple[Batch, Score]]:
    """Yield each batch with its score, as they are done in order; ``only`` keeps names that hold it, or a group."""
    chosen = [batch for batch in batches() if only in batch.name or batch.group.startswith(only)]
    whole = sum(batch.share for batch in chosen) or 1.0
    counts = [max(1, math.ceil(documents * batch.share / whole)) for batch in chosen]
    with ProcessPoolExecutor(jobs) as pool:
        places = [next(n for n, b in enumerate(batches()) if b.name == batch.name) for batch in chosen]
        scores = pool.map(_one, places, counts, [seed] * len(chosen))
        yield from zip(chosen, scores, strict=True)


def _one(place: int, count: int, seed: int) -> Score:
    batch = batches()[place]
    fields = {field.name: field for field in library().fields}
    score = Score()
    made = batch.make(count, seed)
    if made:
        _read(made[0], slow=batch.slow)  # what is made ready once is not counted
    for document in made:
        begun = time.perf_counter()
        read = _read(document, slow=batch.slow)
        score.add(scored(document, read, fields, time.perf_counter() - begun))
    return score


def _read(document: Rendered, *, slow: bool) -> tuple[DocumentReading, ...]:
    """Read one document; a slow one in a folder of its own, as the workshop has it."""
    if not slow:
        return _harvest(document, slow=False)
    here = os.getcwd()  # noqa: PTH109 - to come back to
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            return _harvest(document, slow=True)
        finally:
            os.chdir(here)


def _harvest(document: Rendered, *, slow: bool) -> tuple[DocumentReading, ...]:
    if document.kind in {"text", "html"}:
        words = document.data.decode()
        raw = mails.mail(words) if document.kind == "text" else mails.mail("See below.", html=words)
        read = read_mail(raw, library(), SECONDS, slow=slow)
    else:
        read = read_file(document.data, library(), SECONDS, slow=slow)
    return read.documents if isinstance(read, Harvest) else ()


def fields() -> dict[str, Field]:
    """Return the fields by name."""
    return {field.name: field for field in library().fields}
