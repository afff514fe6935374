"""The back office: Django's admin site with our own pages hung into it."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "licensing_portal.admin_site.PortalAdminSite"
