"""Paths of suits under /api/v1/ (api.md)."""

from django.urls import path

from appeals.suits.api import acting, court_set, reading

app_name = "suits-api"
_ONE = "suits/<uuid:suit_id>/"
urlpatterns = [
    path("suits/", reading.SuitList.as_view(), name="list"),
    path(_ONE, reading.SuitDetail.as_view(), name="detail"),
    path(f"{_ONE}terms/<int:term_id>/", reading.SuitTerm.as_view(), name="term"),
    path(f"{_ONE}timeline/", reading.SuitTimeline.as_view(), name="timeline"),
    path(f"{_ONE}documents/", reading.SuitDocuments.as_view(), name="documents"),
    path(f"{_ONE}documents/<uuid:document_id>/", reading.SuitDocument.as_view(), name="document"),
    path(f"{_ONE}court-set.zip", court_set.CourtSet.as_view(), name="court-set"),
    *acting.API.paths(),
]
