"""Paths of complaints under /api/v1/ (api.md)."""

from django.urls import path

from appeals.api import acting, bundles, reading

app_name = "appeals-api"
_ONE = "complaints/<uuid:complaint_id>/"
urlpatterns = [
    path("complaints/", reading.ComplaintList.as_view(), name="list"),
    path(_ONE, reading.ComplaintDetail.as_view(), name="detail"),
    path(f"{_ONE}files/", reading.ComplaintFiles.as_view(), name="files"),
    path(f"{_ONE}terms/<int:term_id>/", reading.ComplaintTerm.as_view(), name="term"),
    path(f"{_ONE}timeline/", reading.ComplaintTimeline.as_view(), name="timeline"),
    path(f"{_ONE}documents/", reading.ComplaintDocuments.as_view(), name="documents"),
    path(f"{_ONE}documents/<uuid:document_id>/", reading.ComplaintDocument.as_view(), name="document"),
    path(f"{_ONE}bundle.zip", bundles.ComplaintBundle.as_view(), name="bundle"),
    *acting.API.paths(),
]
