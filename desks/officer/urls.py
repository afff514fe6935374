"""The officer's pages in the back office."""

from django.urls import path

from desks.officer.views import acting, breaches, case, desk, feed

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/calendar/", feed.page, name="calendar_feed"),
    path("desk/calendar/make/", feed.make, name="calendar_feed_make"),
    path("desk/calendar/end/", feed.end, name="calendar_feed_end"),
    path("breaches/", breaches.breaches, name="breaches"),
    path("cases/<uuid:application_id>/", case.case, name="officer_case"),
    path("cases/<uuid:application_id>/evidence/", case.evidence, name="officer_evidence"),
    path("cases/<uuid:application_id>/documents/", case.documents, name="officer_documents"),
    path("cases/<uuid:application_id>/history/", case.history, name="officer_history"),
    path("cases/<uuid:application_id>/hearing.ics", case.hearing_ics, name="officer_hearing_ics"),
    path("cases/<uuid:application_id>/acts/sign/", acting.sign, name="officer_sign"),
    path("cases/<uuid:application_id>/acts/<slug:action>/", acting.act, name="officer_act"),
]
