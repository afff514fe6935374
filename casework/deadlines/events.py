"""Kinds of facts written here; payloads hold ids, codes and dates only."""

from casework.deadlines.statuses import TermState

# stream of the case; payload: term, code, state, due_on, due_at; `at` is the due moment
BREACHED, MISSED, ELAPSED, DUE = "term.breached", "term.missed", "term.elapsed", "term.due"
PASSED_FACT = {
    TermState.BREACHED: BREACHED,
    TermState.MISSED: MISSED,
    TermState.ELAPSED: ELAPSED,
    TermState.DUE: DUE,
}

# stream of the case; payload: terms. A term met by delivery of a message, which is no act of a person
MET_BY_DELIVERY = "term.met"

# stream of the case; payload: term, code. Why a term was broken, by the executor; the words stay with the breach
EXPLAINED = "term.explained"

# stream "calendar"; payload: exception, day, kind (entered), and revision, moved (revised)
CALENDAR_STREAM = "calendar"
EXCEPTION_ENTERED, CALENDAR_REVISED = "calendar.exception_entered", "calendar.revised"

# stream "outages"; payload: outage, began_at, ended_at
OUTAGE_STREAM = "outages"
OUTAGE_RECORDED, OUTAGE_ENDED, OUTAGE_CONFIRMED = "outage.recorded", "outage.ended", "outage.confirmed"
