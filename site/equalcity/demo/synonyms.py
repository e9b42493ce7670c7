"""The words that search treats alike, as a start for editors."""

import yaml
from django.conf import settings

from equalcity.demo.content import CONTENT
from search.models import Synonyms

# The name of all languages in the file.
EVERY = "every"


def load_synonyms() -> int:
    """Load `content/synonyms.yaml` where no set exists yet; what editors keep is theirs. Return how many were made."""
    if Synonyms.objects.exists():
        return 0
    spoken = {EVERY, *dict(settings.LANGUAGES)}
    made = [
        Synonyms(language="" if language == EVERY else language, words=words)
        for concept in yaml.safe_load((CONTENT / "synonyms.yaml").read_text("utf-8"))
        for language, words in concept.items()
        if language in spoken
    ]
    for one in made:
        one.full_clean()
    return len(Synonyms.objects.bulk_create(made))
