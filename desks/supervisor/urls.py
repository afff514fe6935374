"""The supervisor's pages in the back office."""

from django.urls import path

from desks.supervisor import (
    absence_views,
    calendar_views,
    filter_views,
    forecast_views,
    reference_views,
    views,
)

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/terms/", views.terms, name="dashboard_terms"),
    path("dashboard/terms.<slug:kind>", views.terms_file, name="dashboard_terms_file"),
    path("dashboard/cases/", views.cases, name="dashboard_cases"),
    path("dashboard/cases.<slug:kind>", views.cases_file, name="dashboard_cases_file"),
    path("dashboard/forecast/", forecast_views.forecast, name="dashboard_forecast"),
    path("dashboard/forecast.<slug:kind>", forecast_views.forecast_file, name="dashboard_forecast_file"),
    path("dashboard/filters/<slug:listed>/", filter_views.save, name="dashboard_filter_save"),
    path("dashboard/filters/<int:filter_id>/remove/", filter_views.remove, name="dashboard_filter_remove"),
    path("dashboard/<slug:code>.<slug:kind>", views.table_file, name="dashboard_file"),
    path("reference/", reference_views.reference, name="reference"),
    path("reference/<slug:table>/<int:row_id>/", reference_views.row, name="reference_row"),
    path("reference/<slug:table>/<int:row_id>/propose/", reference_views.propose, name="reference_propose"),
    path("reference/<slug:table>/<int:row_id>/confirm/", reference_views.confirm, name="reference_confirm"),
    path(
        "reference/<slug:table>/<int:row_id>/withdraw/", reference_views.withdraw, name="reference_withdraw"
    ),
    path("absences/", absence_views.absences, name="absences"),
    path("absences/assignment/start/", absence_views.start_assignment, name="start_assignment"),
    path("absences/assignment/end/", absence_views.end_assignment, name="end_assignment"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/exceptions.<slug:kind>", calendar_views.exceptions_file, name="calendar_file"),
    path("calendar/outages/", calendar_views.outages, name="outages"),
    path("calendar/exceptions/<int:exception_id>/", calendar_views.exception, name="calendar_exception"),
]
