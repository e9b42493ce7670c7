"""The vectors of meaning of the corpus, made once and kept: to make them takes minutes, and tests fill many databases.

`make bench ONLY=relevance` makes those that the file lacks and drops those that nothing asks for any more. A test makes
some of them anew.
"""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from django.utils import timezone

from equalcity.core.progress import Progress
from search import embedding
from search.embedding import DIMENSIONS, digest, embed
from search.models import Entry
from tests.relevance.corpus import Text, corpus

FILE = Path(__file__).parent / "vectors.npz"


def passages() -> set[str]:
    """Return all that documents of the corpus say they are about; many say the same."""
    return {passage for text in corpus() for passage in said_by(text)}


def said_by(text: Text) -> tuple[str, ...]:
    """Return what one of them says."""
    return embedding.passages(text.title, text.summary, text.other_words)


@cache
def vectors() -> Mapping[str, bytes]:
    """Return the vectors of the file by the digests of their passages."""
    if not FILE.exists():
        return {}
    with np.load(FILE) as kept:
        return {bytes(name).hex(): bytes(vector) for name, vector in zip(kept["digests"], kept["vectors"], strict=True)}


def named(passage: str) -> str:
    """Return the name of a passage in the file: half of its digest tells it from all others."""
    return digest([passage])[:32]


def give_vectors() -> None:
    """Give each document of the corpus in the database's index its vector."""
    of = {digest(said): b"".join(vectors()[named(one)] for one in said) for said in map(said_by, corpus())}
    entries = list(Entry.objects.filter(embedding=None).only("pk", "passage"))
    for entry in entries:
        entry.embedding, entry.embedded_at = of[entry.passage], timezone.now()
    Entry.objects.bulk_update(entries, ["embedding", "embedded_at"], batch_size=200)


def complete() -> None:
    """Write the file anew with all that the corpus asks for."""
    wanted, made = {named(one): one for one in passages()}, dict(vectors())
    with Progress("Vectors of the corpus", sys.stderr) as progress:
        for number, (name, one) in enumerate(wanted.items()):
            progress.at(number, len(wanted))
            vector = made.get(name) or embed([one])
            if vector is None:
                raise SystemExit("The model of meaning cannot run on this machine.")
            made[name] = vector
    names = sorted(wanted)
    np.savez_compressed(
        FILE,
        digests=np.array([list(bytes.fromhex(name)) for name in names], np.uint8),
        vectors=np.frombuffer(b"".join(made[name] for name in names), np.int8).reshape(-1, DIMENSIONS),
    )
    vectors.cache_clear()
