"""What an officer reads of the form's own words: data centres with their hosts, grounds of a re-issue told late or not."""

from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from applications import addresses, ways
from applications.fees import LICENCE
from applications.models import Application, DataCentre
from applications.papers.filing import ground_lines
from applications.permissions import Situation
from applications.telling import Telling, telling
from casework.decisions.papers import Language
from licenses.selectors import HostAnswer, look_up_host

Centre: TypeAlias = tuple[int, DataCentre, str, HostAnswer | None]
Ground: TypeAlias = tuple[str, tuple[str, ...], Telling | None]


def centres(application: Application, s: Situation, side: str) -> list[Centre]:
    """Each with its address and what our register says of its host (Annex 11, entry II-1)."""
    hosted = s.case.sub_kind == "II"
    return [
        (
            number,
            row,
            addresses.one_line(row.address, side),
            look_up_host(row.host_name, row.host_licence, s.today) if hosted else None,
        )
        for number, row in enumerate(application.data_centres.all(), start=1)
    ]


def targets(application: Application) -> str:
    """The licence and the annexes that are meant, in words."""
    annexes = [name for name in application.targets if name != LICENCE]
    parts = [str(_("the licence"))] if LICENCE in application.targets else []
    if annexes:
        parts.append(str(_("annexes {numbers}")).format(numbers=", ".join(annexes)))
    return "; ".join(parts)


def grounds(application: Application, s: Situation, side: str) -> list[Ground]:
    """The grounds of a re-issue in words, each with whether it was told in time (PL 33(4))."""
    if not s.is_reissue:
        return []
    language: Language = "kk" if side == "kk" else "ru"
    texts = {row.code: row.text(side) for row in s.pack.reissue_grounds(int(application.form))}
    return [
        (texts[row.code], ground_lines(row, language), telling(row, application, s.at))
        for row in ways.stated(application)
    ]
