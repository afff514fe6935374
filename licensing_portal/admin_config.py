"""The back office: Django's admin site with our own pages hung into it."""

from django.contrib.admin import apps as admin_apps


class PortalAdminConfig(admin_apps.AdminConfig):
    default_site = "licensing_portal.admin_site.PortalAdminSite"
