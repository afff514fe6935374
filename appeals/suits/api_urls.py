"""Paths of suits under /api/v1/ (api.md)."""

from django.urls import path

from appeals.suits.api import acting, court_set, reading
from casework.decisions.api.reading import reading_paths

app_name = reading.NAMESPACE
_ONE = "suits/<uuid:suit_id>/"
urlpatterns = [
    path("suits/", reading.SuitList.as_view(), name="list"),
    path(_ONE, reading.SuitDetail.as_view(), name="detail"),
    path(f"{_ONE}court-set.zip", court_set.CourtSet.as_view(), name="court-set"),
    *reading_paths(acting.API, reading.NAMESPACE),
    *acting.API.paths(),
]
