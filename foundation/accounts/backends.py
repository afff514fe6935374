"""Django's permission questions answered from roles held today; a door, so the legal clock is read here."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from foundation.accounts import permissions
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now


class RoleBackend(BaseBackend):
    """Authenticates nobody."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        del obj
        return self._works(user_obj) and permissions.may(user_obj, perm, legal_now().date())

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self._works(user_obj) and permissions.may_see_app(user_obj, app_label, legal_now().date())

    def _works(self, user: Any) -> bool:
        return isinstance(user, Person) and user.is_active
