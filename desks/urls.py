"""Pages that join the apps. Each desk keeps its own list; names are one namespace: `desks:<name>`."""

from django.urls import include, path

from desks.officer.views import feed

app_name = "desks"
urlpatterns = [
    path("", include("desks.public.urls")),
    path("cabinet/", include("desks.complaints.cabinet_urls")),
    path("cabinet/", include("desks.suits.cabinet_urls")),
    path("", include("desks.proceedings.urls")),
    path("cabinet/", include("desks.cabinet.urls")),
    path("admin/", include("desks.supervisor.urls")),
    path("admin/", include("desks.officer.urls")),
    path("admin/", include("desks.complaints.office_urls")),
    path("admin/", include("desks.suits.office_urls")),
    path("calendars/<str:secret>.ics", feed.feed, name="calendar_feed_file"),
]
