"""What the calendar page posts to."""

from django.urls import path

from casework.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("calendar/exceptions/", views.enter_exception, name="enter_exception"),
    path("calendar/exceptions/file/", views.enter_exceptions, name="enter_exceptions"),
    path(
        "calendar/exceptions/<int:exception_id>/confirm/", views.confirm_exception, name="confirm_exception"
    ),
    path("calendar/outages/", views.record_outage, name="record_outage"),
    path("calendar/outages/<int:outage_id>/end/", views.end_outage, name="end_outage"),
    path("calendar/outages/<int:outage_id>/confirm/", views.confirm_outage, name="confirm_outage"),
    path("calendar/breaches/<int:term_id>/explain/", views.explain_breach, name="explain_breach"),
]
