"""What documents of a complaint share."""

from datetime import date

from appeals.models import Complaint
from appeals.papers.wording import w
from applications import addresses
from casework.decisions.papers import Language, party_addressee
from casework.documents.contexts import Addressee, Authority
from foundation.accounts.models import Body
from foundation.kernel.clock import almaty


def addressee(complaint: Complaint, language: Language) -> Addressee:
    """Who complains, as documents name them."""
    address = complaint.postal_address or addresses.one_line(complaint.case.party.address, language)
    return party_addressee(complaint.case.party, address, language)


def body_authority(body: Body) -> Authority:
    """The head of a letter of the body that considers the complaint."""
    return Authority(name_kk=body.name_kk, name_ru=body.name_ru)


def received_on(complaint: Complaint) -> date:
    """The day the complaint is named by."""
    moment = complaint.case.received_at
    assert moment is not None  # noqa: S101 -- a filed complaint has been received
    return complaint.case.registered_on or almaty(moment).date()


def opening(code: str, complaint: Complaint, language: Language) -> str:
    """The first sentence of a letter about the complaint."""
    return w(
        code, language, day=f"{received_on(complaint):%d.%m.%Y}", number=complaint.case.incoming_no or ""
    )


def answering(code: str, complaint: Complaint, language: Language) -> str:
    """The first sentences of an answer: the complaint, the act and the case it is about."""
    case = complaint.about.incoming_no or complaint.about.draft_no
    about = w("answer.about", language, act=act_named(complaint, language), case=case)
    return f"{opening(code, complaint, language)} {about}"


def act_named(complaint: Complaint, language: Language) -> str:
    """The act complained of: number and date; or that none was made in time."""
    act = complaint.act
    if act is None or act.act_date is None:
        return w(f"no_act.{complaint.target}", language)
    return w("act.dated", language, day=f"{act.act_date:%d.%m.%Y}", number=act.number)
