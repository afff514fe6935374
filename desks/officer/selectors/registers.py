"""What the answers of the state registers are called on the desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REGISTER_SUBJECTS = {"entity": _("Register of legal entities"), "person": _("Register of persons")}
REGISTER_OUTCOMES = {"found": _("found"), "not_found": _("not found")}
REGISTER_FACTS: dict[str, str | Promise] = {
    "in_being": _("in being"),
    "status": _("state in the register"),
    "residency": _("residency"),
    "division": _("branch or representative office"),
    "name_ru": _("name in the register"),
    "leader_is_signer": _("the head by the register signed the application"),
    "alive": _("alive"),
    "life_status": _("state in the register"),
}
