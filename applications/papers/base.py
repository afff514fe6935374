"""What documents of an application share: the addressee; the rest is common to every case."""

from applications import addresses
from applications.models import Application
from casework.decisions.papers import Language, party_addressee
from casework.documents.contexts import Addressee

# signed by the applicant's side; everything else is signed by an official of the authority
APPLICANTS = frozenset({"submit", "withdraw", "answer_hearing"})


def addressee(application: Application, language: Language) -> Addressee:
    """The applicant as documents name it."""
    return party_addressee(
        application.case.party, addresses.one_line(application.address, language), language
    )
