"""No header decides how an address is read."""

import io
from typing import Any

import pytest
from django.test import RequestFactory

from equalcity.core.request import Utf8Request

CONTENT_TYPES = [
    *(
        f"text/plain; charset={charset}"
        for charset in ("utf-16", "base64", "idna", "raw_unicode_escape", "zlib", "utf-7", "nonsense", '"')
    ),
    "text/plain; charset*=base64''x",
    "text/plain; x*=nonsense''%41",
    "text/plain; x*=''",
    "; ; =",
    "é\x00",
]


def environ(**given: Any) -> dict[str, Any]:
    return {**RequestFactory()._base_environ(), "wsgi.input": io.BytesIO(), **given}


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_an_address_is_utf_8(content_type: str) -> None:
    request = Utf8Request(environ(CONTENT_TYPE=content_type, QUERY_STRING="title=caf%C3%A9&x=%5Cud800"))
    assert request.GET.dict() == {"title": "café", "x": "\\ud800"}


def test_a_form_is_read_as_before() -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\ncaf\xc3\xa9\r\n--b--\r\n'
    request = Utf8Request(
        environ(
            REQUEST_METHOD="POST",
            CONTENT_TYPE="multipart/form-data; boundary=b; charset=latin-1",
            CONTENT_LENGTH=str(len(body)),
            **{"wsgi.input": io.BytesIO(body)},
        )
    )
    assert request.POST.dict() == {"title": "café"}
