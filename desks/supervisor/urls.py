"""The supervisor's pages in the back office."""

from django.urls import path

from desks.supervisor import calendar_views, views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/terms/", views.terms, name="dashboard_terms"),
    path("dashboard/terms.csv", views.terms_csv, name="dashboard_terms_csv"),
    path("dashboard/cases/", views.cases, name="dashboard_cases"),
    path("dashboard/<slug:code>.csv", views.table_csv, name="dashboard_csv"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/exceptions/<int:exception_id>/", calendar_views.exception, name="calendar_exception"),
]
