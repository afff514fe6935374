"""Paths of complaints under /api/v1/ (api.md)."""

from django.urls import path

from appeals.api import acting, bundles, reading
from casework.decisions.api.reading import reading_paths

app_name = reading.NAMESPACE
_ONE = "complaints/<uuid:complaint_id>/"
urlpatterns = [
    path("complaints/", reading.ComplaintList.as_view(), name="list"),
    path(_ONE, reading.ComplaintDetail.as_view(), name="detail"),
    path(f"{_ONE}files/", reading.ComplaintFiles.as_view(), name="files"),
    path(f"{_ONE}bundle.zip", bundles.ComplaintBundle.as_view(), name="bundle"),
    *reading_paths(acting.API, reading.NAMESPACE),
    *acting.API.paths(),
]
