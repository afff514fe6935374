"""The wizard of Forms 2, 9 and 10: the same parts, with host, targets and grounds."""

import pytest

from applications.models import Application
from licenses.models import Licence
from licenses.rules import CentreText, HolderText, LicenceText, SignerText
from licenses.services import grant_licence, reserve_number
from tests.desks.cabinet.test_wizard import INLINE, fresh, save, url

REISSUE_STEPS = ("party", "request", "grounds", "centres", "evidence", "fee", "check", "sign")
STEPS = tuple(step for step in REISSUE_STEPS if step != "grounds")


@pytest.fixture
def licence(play, now) -> Licence:
    """A licence of sub-kind I of Aigerim's company."""
    party = play.people["aigerim"].representations.get().party
    case = play.draft(now).case
    return grant_licence(
        case_id=case.pk,
        act_id=case.pk,
        party=party,
        body=case.body,
        sub_kind="I",
        number=reserve_number(case_id=case.pk, at=now),
        issued_on=now.date(),
        holder=HolderText(party.name_kk, party.name_ru, "Қарағанды", "Караганда", party.number),
        text=LicenceText("қызмет", "деятельность"),
        centres=[CentreText("Теміртау", "Темиртау", "35", "off_grid_producer")],
        signer=SignerText("Орган", "Орган", "Қасымов Нұрлан"),
        actor_id=play.people["head"].pk,
        at=now,
    )


@pytest.mark.parametrize(("form", "steps"), [("2", STEPS), ("9", REISSUE_STEPS), ("10", REISSUE_STEPS)])
def test_every_step_of_every_form_opens_and_carries_nothing_inline(signed_in, play, now, form, steps):
    draft = play.draft(now, form=form, centres=())
    for language in ("kk", "ru"):
        client = signed_in("aigerim", language)
        for step in steps:
            response = client.get(url(draft, step))
            assert response.status_code == 200, step
            assert not INLINE.search(response.content), step
    assert (client.get(url(draft, "grounds")).status_code == 200) is ("grounds" in steps)


def test_the_host_is_looked_up_and_shown_at_once(signed_in, play, now, licence):
    draft = play.draft(now, form="2", centres=())
    client = signed_in("aigerim", "ru")
    said = {"centres": "1", "data_centers__0__host_name": "ТОО «Сандбокс Майнинг»"}
    save(
        client, draft, "centres", wizard_step="centres", **said, data_centers__0__host_licence=licence.number
    )
    page = client.get(url(draft, "centres")).content.decode()
    assert f"лицензия {licence.number}, действует до" in page
    save(client, draft, "centres", wizard_step="centres", centres="1", data_centers__0__host_name="ТОО «Нет»")
    assert "не найдена лицензия I подвида" in client.get(url(draft, "centres")).content.decode()


def test_grounds_are_kept_as_ticked_and_taken_back(signed_in, play, now):
    draft = play.draft(now, form="9", centres=())
    client = signed_in("aigerim", "ru")
    shown = {"grounds_shown": "9.1 9.2 9.3 9.4 9.5 9.6", "wizard_step": "grounds"}
    body = {
        "grounds.9.1.stated": "true",
        "grounds.9.1.changed_on": "2026-11-05",
        "grounds.9.1.name_ru": "ТОО «Новое»",
        "grounds.9.5.changed_on": "2026-11-06",
    }
    save(client, draft, "grounds", **shown, **body)
    [ground] = fresh(draft).grounds.all()
    assert (ground.code, str(ground.changed_on), ground.details) == (
        "9.1",
        "2026-11-05",
        {"name_ru": "ТОО «Новое»"},
    )
    page = client.get(url(draft, "grounds")).content.decode()
    assert 'value="ТОО «Новое»"' in page
    save(client, draft, "grounds", **shown)
    assert not fresh(draft).grounds.exists()


def test_from_the_licence_page_a_further_annex_and_a_re_issue_begin_filled_in(signed_in, play, licence):
    client = signed_in("aigerim", "ru")
    page = client.get(f"/cabinet/licences/{licence.number}/").content.decode()
    for form in ("1", "9"):
        assert f'name="form_number" value="{form}"' in page
        client.post(
            "/applications/",
            {
                "party": str(licence.party_id),
                "licence": licence.number,
                "form_number": form,
                "next": "/cabinet/applications/{id}/party/",
                "back": "/cabinet/",
            },
        )
    annex, reissue = Application.objects.exclude(target_licence="").order_by("case__created_at", "form")
    assert (annex.form, annex.scope, annex.target_licence) == ("1", "annex", licence.number)
    assert (reissue.form, reissue.scope, reissue.targets) == ("9", "reissue", ["licence"])
    shown = client.get(url(reissue, "request")).content.decode()
    assert 'value="001"' in shown  # its annex may be ticked too
    save(client, reissue, "request", targets_shown="1", targets=["licence", "001"], wizard_step="request")
    assert fresh(reissue).targets == ["licence", "001"]
