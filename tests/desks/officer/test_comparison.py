"""Form 9 on the desk: the register today beside what it would say after the decision."""

import re

from licenses.models import Licence
from sandbox.four_forms import drafted
from sandbox.moments import moment
from tests.desks.officer.conftest import TODAY, page


def rows_of(html: str) -> list[str]:
    section = html.split('aria-labelledby="comparison-title"')[1].split("</section>", maxsplit=1)[0]
    plain = re.sub(r"<[^>]+>", "\t", section)
    cells = [" ".join(cell.split()) for cell in re.split(r"\t\s*\t+", plain)]
    return [cell for cell in cells if cell]


def test_what_changes_is_shown_beside_what_stays_until_the_licence_is_gone(play, signed_in):
    at = moment(TODAY, -1, "10:00")
    draft = drafted(play, "9", at)
    play.attach(draft, at)
    play.file(draft.pk, moment(TODAY, -1, "11:00"))
    play.assign(draft.pk, moment(TODAY, -1, "12:00"))
    licence = Licence.objects.get()

    shown = rows_of(signed_in("executor").get(page(draft.pk)).content.decode())
    assert f"Licence {licence.number}" in shown
    holder = shown.index("Holder")
    assert shown[holder : holder + 4] == [
        "Holder",
        "ТОО «Сандбокс Майнинг»",
        "ТОО «Сандбокс Дата Майнинг»",
        "changes",
    ]
    until = shown.index("In force until")
    assert shown[until : until + 3] == ["In force until", f"{licence.expires_on:%d.%m.%Y}", "stays"]
    edition = shown.index("Edition")
    assert shown[edition : edition + 4] == ["Edition", "1", "2", "changes"]
    assert shown.count("changes") == 2

    made_by = page(licence.case_id)  # the case of Form 1 that the licence came of: nothing to compare
    assert "comparison-title" not in signed_in("executor").get(made_by).content.decode()

    Licence.objects.update(expires_on=at.date())
    assert "is not in force any more" in signed_in("executor").get(page(draft.pk)).content.decode()
