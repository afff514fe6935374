"""What people type into a form: telephones and e-mail by library (integrations.md 6.1)."""

import pytest

from applications.forms import draft_changes
from foundation.kernel.refusals import BadInput


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("87012345678", "+77012345678"),
        ("+7 701 234 56 78", "+77012345678"),
        ("7012345678", "+77012345678"),
        ("8 (7172) 74-10-10", "+77172741010"),
        ("+79161234567", "+79161234567"),
        ("", ""),
    ],
)
def test_a_telephone_is_kept_in_one_form(typed, kept):
    assert draft_changes({"phone": typed}).fields == {"phone": kept}


@pytest.mark.parametrize("typed", ["+76001234567", "1414", "call me"])
def test_what_is_no_telephone_is_refused_beside_its_field(typed):
    with pytest.raises(BadInput) as refused:
        draft_changes({"phone": typed})
    assert list(refused.value.fields) == ["phone"]


def test_an_address_of_mail_keeps_its_local_part():
    assert draft_changes({"email": "Office@Example.KZ"}).fields == {"email": "Office@example.kz"}
    with pytest.raises(BadInput) as refused:
        draft_changes({"email": "office@"})
    assert list(refused.value.fields) == ["email"]
