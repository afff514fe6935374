"""What the calendar page posts to."""

from django.urls import path

from casework.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("cases/<uuid:case_id>/terms.pdf", views.terms_pdf, name="annex"),
    path("calendar/exceptions/", views.enter_exception, name="enter_exception"),
    path("calendar/exceptions/file/", views.enter_exceptions, name="enter_exceptions"),
    path(
        "calendar/exceptions/<int:exception_id>/confirm/", views.confirm_exception, name="confirm_exception"
    ),
    path("absences/", views.enter_absence, name="enter_absence"),
    path("absences/<int:absence_id>/end/", views.end_absence, name="end_absence"),
    path("absences/<int:absence_id>/withdraw/", views.withdraw_absence, name="withdraw_absence"),
    path("calendar/outages/", views.record_outage, name="record_outage"),
    path("calendar/outages/<int:outage_id>/end/", views.end_outage, name="end_outage"),
    path("calendar/outages/<int:outage_id>/confirm/", views.confirm_outage, name="confirm_outage"),
    path("calendar/breaches/<int:term_id>/explain/", views.explain_breach, name="explain_breach"),
]
