"""Who may take the bundle of a case; kept apart, because here documents are not laid out."""

from typing import Any

from django.urls import reverse

from applications.models import Application
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from tests.applications.stages import Stages
from tests.applications.test_bundle import AFTER, taken


def test_who_took_it_stands_in_the_journal_and_a_stranger_gets_nothing(quiet, client):
    case = Stages(quiet).filed()
    path = reverse("applications-api:bundle", args=[case])
    stream = Application.objects.get(pk=case).case.stream
    before = Fact.objects.filter(stream=stream).count()
    refused: dict[str, Any] = {}
    with legal_time(AFTER):
        refused["nobody"] = client.get(path).status_code
        client.force_login(quiet.people["dana"])
        refused["dana"] = client.get(path).status_code
        client.force_login(quiet.people["admin"])
        refused["admin"] = client.get(path).status_code
    assert refused == {"nobody": 401, "dana": 404, "admin": 404}
    assert Fact.objects.filter(stream=stream).count() == before
    taken(client, quiet.people["executor"], path)
    last = Fact.objects.filter(stream=stream).order_by("-seq")[0]
    assert (last.kind, last.actor_id) == ("bundle.taken", quiet.people["executor"].pk)
