"""The register: licences and annexes (licence.py), their texts (editions.py), legal periods and numbers."""

from licenses.models.editions import AnnexEdition, LicenceEdition
from licenses.models.licence import Annex, Licence
from licenses.models.numbers import LicenceNumber
from licenses.models.periods import AnnexPeriod, LicencePeriod

__all__ = [
    "Annex",
    "AnnexEdition",
    "AnnexPeriod",
    "Licence",
    "LicenceEdition",
    "LicenceNumber",
    "LicencePeriod",
]
