"""The register: licences and annexes (licence.py), their texts (editions.py), legal periods, numbers, proceedings."""

from licenses.models.editions import AnnexEdition, LicenceEdition
from licenses.models.licence import Annex, Licence
from licenses.models.numbers import LicenceNumber
from licenses.models.periods import AnnexPeriod, LicencePeriod
from licenses.models.proceedings import Proceeding

__all__ = [
    "Annex",
    "AnnexEdition",
    "AnnexPeriod",
    "Licence",
    "LicenceEdition",
    "LicenceNumber",
    "LicencePeriod",
    "Proceeding",
]
