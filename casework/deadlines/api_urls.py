"""Paths under /api/v1/."""

from django.urls import path

from casework.deadlines.api import DaysView, TermsView

urlpatterns = [
    path("calendar/terms/", TermsView.as_view(), name="api-calendar-terms"),
    path("calendar/days/", DaysView.as_view(), name="api-calendar-days"),
]
