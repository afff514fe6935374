"""Words of the register for people: regions (first two digits of KATO), states, answers of the check."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licenses import events
from licenses.rules.answers import Answer

REGIONS: dict[str, Promise] = {
    "10": _("Abai Region"),
    "11": _("Akmola Region"),
    "15": _("Aktobe Region"),
    "19": _("Almaty Region"),
    "23": _("Atyrau Region"),
    "27": _("West Kazakhstan Region"),
    "31": _("Zhambyl Region"),
    "33": _("Jetisu Region"),
    "35": _("Karaganda Region"),
    "39": _("Kostanay Region"),
    "43": _("Kyzylorda Region"),
    "47": _("Mangystau Region"),
    "55": _("Pavlodar Region"),
    "59": _("North Kazakhstan Region"),
    "61": _("Turkistan Region"),
    "62": _("Ulytau Region"),
    "63": _("East Kazakhstan Region"),
    "71": _("Astana city"),
    "75": _("Almaty city"),
    "79": _("Shymkent city"),
}


def region_name(code: str) -> str:
    """The region's name in the reader's language; an unknown code as it is."""
    return str(REGIONS.get(code, code))


# The columns of the export in their order, and what each means; the page of open data shows these very words.
EXPORTED: dict[str, Promise] = {
    "number": _("Number of the licence: KZ, two check digits, three letters, eight digits"),
    "sub_kind": _("Sub-kind of the activity: I or II"),
    "status": _("State on the day: active, suspended, expired, terminated or revoked"),
    "status_since": _("First day of that state"),
    "suspended_until": _("Last day of the suspension's term; its end resumes nothing"),
    "stayed": _("Whether a complaint stays the suspension, so that the licence is in force meanwhile"),
    "holder_kind": _("Whether the holder is an individual entrepreneur or a legal entity"),
    "holder_number": _("BIN; of an individual entrepreneur the IIN with its last six digits hidden"),
    "holder_kk": _("Holder in Kazakh"),
    "holder_ru": _("Holder in Russian"),
    "regions": _("Regions of the data centres, first two digits of KATO"),
    "first_issued_on": _("Day of the first issue"),
    "expires_on": _("Last day of the licence, inclusive"),
    "edition": _("Number of the edition in force on that day"),
    "annexes": _("How many annexes it had on that day"),
}

_FACTS: dict[str, Promise] = {
    events.ISSUED: _("licence entered in the register"),
    events.IMPORTED: _("taken over from the register of before"),
    events.ANNEXES_ADDED: _("annexes added"),
    events.REISSUED: _("re-issued"),
    events.CORRECTED: _("error corrected, new edition"),
    events.SUSPENDED: _("suspended"),
    events.RESUMED: _("resumed"),
    events.TERMINATED: _("terminated"),
    events.REVOKED: _("revoked"),
    events.EXPIRED: _("expired"),
    events.STAYED: _("suspension stayed by a complaint"),
    events.STAY_ENDED: _("end of the stay of the suspension"),
    events.ANNEXES_SUSPENDED: _("annexes suspended"),
    events.ANNEXES_RESUMED: _("annexes resumed"),
    events.ANNEXES_TERMINATED: _("annexes terminated"),
    events.ANNEXES_REVOKED: _("annexes revoked"),
    events.ANNEXES_STAYED: _("suspension of annexes stayed by a complaint"),
    events.ANNEXES_STAY_ENDED: _("end of the stay of the suspension of annexes"),
    events.REINSTATED: _("order cancelled: the licence is again what it was before it"),
    events.ANNEXES_REINSTATED: _("order cancelled: the annexes are again what they were before it"),
    events.BUNDLE_TAKEN: _("everything of the licence taken as a bundle"),
}


def fact_label(kind: str) -> str:
    """What people read for a fact of a licence."""
    return str(_FACTS.get(kind, kind))


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An answer of the check for people: what it is, what it means, what to do; and the tone of its notice."""

    tone: str
    title: Promise
    meaning: Promise
    advice: Promise | str = ""


ANSWERS: dict[Answer, AnswerWords] = {
    Answer.IN_FORCE: AnswerWords("good", _("In force"), _("The holder may carry on the licensed activity.")),
    Answer.STAYED: AnswerWords(
        "warn",
        _("In force (suspension stayed by a complaint)"),
        _(
            "The licence was suspended, but a complaint stays the suspension until it is decided (APPC, art. 96)."
        ),
    ),
    Answer.SUSPENDED: AnswerWords(
        "warn",
        _("Suspended"),
        _(
            "Digital mining is forbidden until the authority resumes the licence (Law on digital assets, art. 9)."
        ),
    ),
    Answer.SUSPENDED_PAST_TERM: AnswerWords(
        "warn",
        _("Suspended, the term of the suspension has passed"),
        _(
            "The end of the term resumes nothing by itself: the licence stays suspended (Law on digital assets, art. 9)."
        ),
    ),
    Answer.EXPIRED: AnswerWords(
        "warn", _("Expired"), _("Three years have passed since the issue (Law on digital assets, art. 9(1)).")
    ),
    Answer.SUPERSEDED: AnswerWords(
        "warn",
        _("Superseded"),
        _("A later document took the place of this one; it has no force any more."),
        _("Ask the holder for the current one."),
    ),
    Answer.TERMINATED: AnswerWords(
        "bad", _("Terminated"), _("The licence has ended (Law on permits and notifications, art. 35).")
    ),
    Answer.REVOKED: AnswerWords(
        "bad", _("Revoked"), _("A court has revoked the licence (Law on digital assets, art. 9(7)).")
    ),
    Answer.NEVER_ISSUED: AnswerWords(
        "bad",
        _("Never issued"),
        _("The number or code was prepared, but no document under it was ever signed."),
        _("Do not rely on the paper; tell the authority where it was shown to you."),
    ),
    Answer.UNKNOWN: AnswerWords(
        "bad",
        _("Unknown"),
        _("The register knows no such document."),
        _("Compare the number with the paper letter by letter, or search the register by the holder's name."),
    ),
    Answer.NOT_GENUINE: AnswerWords(
        "bad",
        _("Not genuine"),
        _("The code looks like one of this portal, but the authority's keys did not sign it."),
        _("Do not rely on the paper; look the licence up in the register by its number."),
    ),
    Answer.OTHER_DOCUMENT: AnswerWords(
        "info",
        _("Genuine document"),
        _("The authority issued this document; it is not a licence and gives no right to the activity."),
    ),
}
