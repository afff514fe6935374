"""Paths under /api/v1/."""

from django.urls import path

from casework.deadlines.api import DaysView, TermsView
from casework.deadlines.api_breaches import BreachesView, ExplanationView

urlpatterns = [
    path("calendar/terms/", TermsView.as_view(), name="api-calendar-terms"),
    path("calendar/days/", DaysView.as_view(), name="api-calendar-days"),
    path("breaches/", BreachesView.as_view(), name="api-breaches"),
    path("breaches/<int:term_id>/explanation/", ExplanationView.as_view(), name="api-breach-explanation"),
]
