"""What `make run` serves: the portal, once the demo database is up to date. Production serves `wsgi` and migrates by itself."""

from licensing_portal.run import prepare
from licensing_portal.wsgi import application

__all__ = ["application"]

prepare()
