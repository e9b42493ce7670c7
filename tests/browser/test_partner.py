"""A partner city with an empty instance takes over the whole demonstration: every page, every file, nothing held back.

It stands here because it needs the site that the tests of this folder serve.
"""

import json
import re
import urllib.request
from pathlib import Path

import pytest

from tests.browser.conftest import Site
from tests.equalcity.replication.instances import Instance
from tests.prepared import new_instance

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_all_of_it_arrives_and_the_manifests_agree(demonstration: Site, tmp_path: Path) -> None:
    partner = Instance(tmp_path / "var")
    new_instance(partner.home)
    for command in (["init_site"], ["peer", "add", demonstration.url, "--name", "Up", "--with-places"]):
        partner.manage(*command)
    first = partner.manage("peer", "pull")
    with urllib.request.urlopen(f"{demonstration.url}/api/v2/manifest/") as answer:
        offered = json.load(answer)
    homes = len(offered["locales"])
    assert f"{offered['count'] - homes} created, 0 updated" in first
    assert "0 conflicts open, 0 held back" in first
    files = re.search(r"(\d+) files", first)
    assert files is not None
    assert int(files[1]) == sum(total(demonstration, kind) for kind in ("images", "documents"))
    assert f"manifest: the same {offered['count']} pages" in partner.manage("peer", "status")
    assert partner.manage("peer", "pull").rstrip().endswith("; 0 writes")


def total(site: Site, kind: str) -> int:
    with urllib.request.urlopen(f"{site.url}/api/v2/{kind}/?limit=1") as answer:
        count: int = json.load(answer)["meta"]["total_count"]
    return count
