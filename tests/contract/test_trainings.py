"""Ours against stock for trainings: their rows, drawings and files."""

import json
from typing import Any

import pytest
from django.test import Client

from equalcity.publication.record import record
from tests.contract.asking import differing
from tests.factories import (
    DocumentFactory,
    EvaluationResultFactory,
    ImageFactory,
    PictureCardFactory,
    RoleFactory,
    TrainingHandoutFactory,
    TrainingModulePageFactory,
    TrainingProgrammePageFactory,
    TrainingRunFactory,
    TrainingSessionFactory,
    Tree,
    locale,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.contract.urls")]

PROGRAMME = "toolbox_pages.TrainingProgrammePage"
MODULE = "toolbox_pages.TrainingModulePage"


@pytest.fixture
def trainings(tree: Tree) -> dict[str, Any]:
    programme = TrainingProgrammePageFactory(parent=tree.toolbox, city=tree.city, planned_minutes=180)
    programme.roles.add(RoleFactory(code="mediator"))
    TrainingRunFactory(page=programme)
    EvaluationResultFactory(page=programme)
    EvaluationResultFactory(page=programme, n_before=None, before=None)
    module = TrainingModulePageFactory(parent=programme, kind="mindfulness")
    TrainingSessionFactory(page=module)
    TrainingHandoutFactory(page=module, document=DocumentFactory())
    TrainingHandoutFactory(page=module)
    PictureCardFactory(page=module, image=ImageFactory())
    PictureCardFactory(page=module)
    for page in (tree.toolbox, programme, module):
        page.refresh_from_db()
        page.save_revision().publish()
        page.refresh_from_db()
        page.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    record()
    return {"programme": programme, "module": module}


def test_the_same_as_stock(trainings: dict[str, Any]) -> None:
    programme, module = (trainings[name].pk for name in ("programme", "module"))
    addresses = [
        f"pages/?type={PROGRAMME}",
        f"pages/?type={PROGRAMME}&locale=en&fields=*",
        f"pages/?type={MODULE}&locale=en&fields=*",
        f"pages/?type={MODULE}&locale=en&fields=sessions(_,minutes),cards(-picture),handouts(file)",
        f"pages/?type={PROGRAMME}&locale=en&fields=results(question,before),runs,planned_minutes",
        f"pages/{programme}/",
        f"pages/{module}/",
        f"pages/{module}/?fields=_,cards(_,picture)",
        f"pages/{module}/?fields=sessions(nonsense)",
        f"pages/?child_of={programme}",
    ]
    assert differing(addresses) == []


def test_aliases_are_the_same_as_stock_s(trainings: dict[str, Any]) -> None:
    addresses = [f"pages/?type={kind}&locale=fr&fields=*" for kind in (PROGRAMME, MODULE)]
    assert differing(addresses, "fr") == []


def test_numbers_are_numbers_and_files_can_be_fetched(trainings: dict[str, Any], client: Client) -> None:
    body = json.loads(client.get(f"/api/v2/pages/{trainings['module'].pk}/").content)
    (session,) = body["sessions"]
    assert (session["minutes"], session["method"]) == (40, "exercise")
    files = [body["cards"][0]["picture"], body["handouts"][0]["file"]]
    assert [body["cards"][1]["picture"], body["handouts"][1]["file"]] == [None, None]
    for one in files:
        assert one["url"].endswith(f"/api/v2/media/{one['sha256']}")
        assert client.get(f"/api/v2/media/{one['sha256']}").status_code == 200
