"""The licence's page and the check after a correction: only what is current is offered (PL 44)."""

import re

import pytest
from django.test import Client

from casework.documents import qr
from casework.documents.models import OfficialDocument
from foundation.kernel.clock import legal_time
from licenses.models import Licence
from sandbox.proceedings import Docket
from tests.applications.conftest import gateway, gateway_server, quiet, stages, without_layout
from tests.applications.stages import moment

__all__ = ["gateway", "gateway_server", "quiet", "stages", "without_layout"]


@pytest.mark.slow
def test_the_page_of_the_licence_offers_the_corrected_edition_alone(stages, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    stages.issued()
    licence, docket = Licence.objects.get(), Docket(stages.play)
    case = docket.begin(licence.number, "correct", moment("2026-11-09T10:00"), who="aigerim")
    named = [{"field": "holder_ru", "reads": "ТОО «Верное имя»"}]
    docket.signed(case, "submit", moment("2026-11-09T10:05"), who="aigerim", corrections=named)
    docket.assign(case, moment("2026-11-09T10:10"))
    docket.act("prepare", case, moment("2026-11-09T11:00"), who="executor")
    docket.decide(case, moment("2026-11-09T12:00"))
    docket.play.deliver()
    issued = OfficialDocument.objects.filter(kind="licence_form_4", language="ru").order_by("edition")
    old, new = issued
    annex = OfficialDocument.objects.get(kind="annex_form_6", subject="001", language="ru")
    code = qr.signed_payload(
        qr_id=old.qr_id, kind=old.kind, number=old.number, edition=1, document_date=old.document_date
    )
    client = Client(headers={"Accept-Language": "ru"})
    client.force_login(stages.play.people["aigerim"])
    with legal_time(moment("2026-11-09T13:00")):
        page = client.get(f"/cabinet/licences/{licence.number}/").content.decode()
        offered = set(re.findall(r"/documents/([0-9a-f-]{36})/", page))
        public = client.get("/check/", {"d": code}).content.decode()
    assert {str(new.pk), str(annex.pk)} <= offered
    assert str(old.pk) not in offered
    assert "Заменен" in public
