"""What each document is filled with: plain strings and dates, already in the language of the document.

Nothing here is looked up or translated while rendering, so the same context gives the same bytes. People's text goes
in as it was typed; the templates escape it.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Context:
    """Base of all contexts."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The body that issues the document; both names, for the two-column head of Form 8."""

    name_kk: str
    name_ru: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom: name, legal address, BIN or IIN (the label says which)."""

    name: str
    address: str
    number: str
    is_entity: bool


@dataclass(frozen=True, slots=True)
class Signatory:
    """Post and full name as they stand under the document."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground (or a missing document) with its facts and where it stands in law.

    `items` are the entries it concerns (Annex 11), `assessment` is the answer to the applicant's objection.
    """

    title: str
    facts: str = ""
    citation: str = ""
    items: tuple[str, ...] = ()
    assessment: str = ""


@dataclass(frozen=True, slots=True)
class LicenceContext(Context):
    """Forms 4 and 5. Under Form 5 `special_conditions` also name place and host."""

    authority: Authority
    issued_on: date
    number: str
    holder: Addressee
    activity: str
    special_conditions: tuple[str, ...]
    note: str
    provider: str
    head: Signatory
    first_issued_on: date
    expires_on: date
    place_of_issue: str
    edition: int = 1


@dataclass(frozen=True, slots=True)
class AnnexContext(Context):
    """Forms 6 and 7. `location` and `electricity` are empty for Form 7, which has no such fields."""

    authority: Authority
    licence_issued_on: date
    licence_number: str
    sub_kind: str
    provider: str
    location: str
    electricity: str
    special_conditions: tuple[str, ...]
    head: Signatory
    annex_number: str
    expires_on: date
    annex_issued_on: date
    edition: int = 1


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One entry of Annex 11 for one data centre: its statement and particulars beside the file."""

    code: str
    title: str
    particulars: tuple[tuple[str, str], ...] = ()
    file_name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class DataCentre:
    """One data centre of an application: address, electricity, grid connection, its evidence.

    Under Forms 2 and 10 the host; `annex` is the annex it belongs to or takes the place of, `moves` a yes or no.
    """

    address: str
    electricity: str
    grid_connection: str
    evidence: tuple[EvidenceItem, ...] = ()
    host: str = ""
    annex: str = ""
    moves: str = ""

    @property
    def replaces(self) -> str:
        """Forms 1, 2: the annex whose place it takes."""
        return self.annex


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One of the four confirmations, verbatim, with the moment it was ticked."""

    text: str
    ticked_at: datetime


@dataclass(frozen=True, slots=True)
class ApplicationContext(Context):
    """Form 1 or 2 as filed, with the form of information of Annex 11."""

    provider: str
    applicant: Addressee
    asked: str
    licence: str
    email: str
    phone: str
    centres: tuple[DataCentre, ...]
    owns_hardware: bool
    evidence: tuple[EvidenceItem, ...]
    sheets: int
    confirmations: tuple[Confirmation, ...]
    head: Signatory
    filled_on: date
    draft_no: str
    has_evidence: bool = True


@dataclass(frozen=True, slots=True)
class StatedGround:
    """A ground of Form 9 or 10 in its order; of a stated one what changed and when."""

    number: int
    text: str
    stated: bool
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReissueContext(Context):
    """Form 9 or 10 as filed; `has_evidence`: with the form of information of Annex 11, where it is looked at."""

    provider: str
    applicant: Addressee
    asked: str
    licence: str
    licence_issued_on: date | None
    annexes: tuple[str, ...]
    activity: str
    sub_kind: str
    grounds: tuple[StatedGround, ...]
    email: str
    phone: str
    centres: tuple[DataCentre, ...]
    evidence: tuple[EvidenceItem, ...]
    sheets: int
    confirmations: tuple[Confirmation, ...]
    head: Signatory
    filled_on: date
    draft_no: str
    has_evidence: bool = True


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term that starts with registration: what, until when, by which paragraph."""

    title: str
    due_on: date
    citation: str


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that came with the application."""

    title: str
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReceiptContext(Context):
    """Receipt (Rules 5, PL 25(4)): what came, when it counts as received, what terms run.

    `incoming_no` and `registered_on` are known at once for a filing in working hours; after hours the receipt says
    when it will be registered, and `incoming_no` is empty.
    """

    authority: Authority
    applicant: Addressee
    service: str
    draft_no: str
    incoming_no: str
    received_at: datetime
    registered_on: date
    files: tuple[AttachedFile, ...]
    terms: tuple[TermLine, ...]
    fee: str = ""


@dataclass(frozen=True, slots=True)
class LetterContext(Context):
    """Any letter or order in the style of Form 8: opening, reasons, what is decided, how to appeal, who signs.

    Form 8 itself, the refusal of further consideration, the discontinuance and the orders of a proceeding. `opening`
    empty means Form 8's own sentence made of `applied_on` and `incoming_no`.
    """

    authority: Authority
    addressee: Addressee
    number: str
    signatory: Signatory
    applied_on: date | None = None
    incoming_no: str = ""
    opening: str = ""
    reasons: tuple[Reason, ...] = ()
    decision: tuple[str, ...] = ()
    appeal: str = ""
    second_signatory: Signatory | None = None
    edition: int = 1


@dataclass(frozen=True, slots=True)
class ComplaintContext(Context):
    """A complaint as filed (APPC 93(2)): its places by name, in the order of the law."""

    rows: tuple[tuple[str, str], ...]
    number: str


@dataclass(frozen=True, slots=True)
class HearingNoticeContext(Context):
    """Notice of the preliminary decision and of the hearing (Rules 10).

    `way` is how the hearing is held, in words; `held_at` and `place` are set for an oral one or by video.
    `late_reason` is the head's, when notice comes after its term. `about` is the kind of case, as `Case.Kind` names it.
    """

    authority: Authority
    addressee: Addressee
    number: str
    applied_on: date
    incoming_no: str
    preliminary: str
    reasons: tuple[Reason, ...]
    way: str
    objections_until: date
    rights: tuple[str, ...]
    signatory: Signatory
    held_at: datetime | None = None
    place: str = ""
    late_reason: str = ""
    late_agreed: str = ""
    about: str = "application"


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said at the hearing."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class HearingProtocolContext(Context):
    """Protocol of an oral hearing (APPC 74)."""

    authority: Authority
    number: str
    place: str
    started_at: datetime
    ended_at: datetime
    chair: Signatory
    secretary: Signatory
    present: tuple[str, ...]
    question: str
    statements: tuple[Statement, ...]
    incoming_no: str = ""
    recording: str = ""
