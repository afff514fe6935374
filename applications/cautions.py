"""What an applicant is warned of before paying and filing; nothing of it forbids the filing (process.md, Who may apply)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, DataCentre
from casework.cases.models import Case
from foundation.accounts.identifiers import Division, EntityType, division, entity_type
from foundation.kernel.citations import Citation, cite, cite_all

_PLACE = ("region", "city", "district", "settlement", "street", "house")


class CautionCode(StrEnum):
    """What is the matter."""

    BRANCH = "branch"
    NON_RESIDENT = "non_resident"
    PARALLEL = "parallel"


@dataclass(frozen=True, slots=True)
class Caution:
    """One warning: what, what it can lead to, by which paragraph; `cases` are numbers of own open cases."""

    code: CautionCode
    title: str | Promise
    text: str | Promise
    citation: Citation
    cases: tuple[str, ...] = ()


_WHO_MAY_HOLD = cite_all(cite("Rules", 4), cite("DA", "8(5)"))
_CONSEQUENCE = _(
    "You may file; the executor will find the first ground of refusal, and a fee that was paid is not returned by the portal. "
    "Let the legal entity of Kazakhstan itself apply."
)


def cautions_of(application: Application) -> list[Caution]:
    """Of the applicant's number and of own open cases for the same sub-kind and data centre."""
    found = _of_the_number(application.case.party.bin)
    parallel = _parallel(application)
    if parallel:
        found.append(
            Caution(
                CautionCode.PARALLEL,
                _("Another application for the same data centre is open"),
                _(
                    "Both would be decided, each by itself and each with its own fee. "
                    "If this one is meant instead, withdraw the other."
                ),
                cite("APPC", "64(9)"),
                tuple(parallel),
            )
        )
    return found


def _of_the_number(bin_number: str | None) -> list[Caution]:
    """Rules 4, DA 8(5): entrepreneurs and legal entities of Kazakhstan; read from the digits of the BIN."""
    if not bin_number:
        return []
    if entity_type(bin_number) == EntityType.NON_RESIDENT:
        title = _("The BIN is that of a non-resident")
        return [Caution(CautionCode.NON_RESIDENT, title, _CONSEQUENCE, _WHO_MAY_HOLD)]
    if division(bin_number) in (Division.BRANCH, Division.REPRESENTATIVE_OFFICE):
        title = _("The BIN is that of a branch or representative office")
        return [Caution(CautionCode.BRANCH, title, _CONSEQUENCE, _WHO_MAY_HOLD)]
    return []


def _parallel(application: Application) -> list[str]:
    """Numbers of the party's other filed, open cases of the sub-kind that name one of the data centres."""
    case = application.case
    here = {_place(centre) for centre in application.data_centres.all()} - {""}
    if not here:
        return []
    others = DataCentre.objects.filter(
        application__case__in=Case.objects.filter(
            party_id=case.party_id, sub_kind=case.sub_kind, is_open=True, received_at__isnull=False
        ).exclude(pk=case.pk)
    ).select_related("application__case")
    cases = (centre.application.case for centre in others if _place(centre) in here)
    return sorted({case.incoming_no or case.draft_no for case in cases})


def _place(centre: DataCentre) -> str:
    """The address as one line of small letters, without the words of `free_text`; empty where nothing is said."""
    said = [str(centre.address.get(name, "")).strip().lower() for name in _PLACE]
    return "|".join(said) if any(said) else ""
