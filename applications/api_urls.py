"""Paths of applications under /api/v1/ (api.md)."""

from django.urls import path

from applications.api import acting, drafting, looked, reading
from applications.api.showing import NAMESPACE
from casework.decisions.api.reading import reading_paths

app_name = NAMESPACE
_ONE = "applications/<uuid:application_id>/"
urlpatterns = [
    path("applications/", drafting.ApplicationList.as_view(), name="list"),
    path(_ONE, drafting.ApplicationDetail.as_view(), name="detail"),
    path(f"{_ONE}evidence/", drafting.EvidenceList.as_view(), name="evidence"),
    path(f"{_ONE}evidence/<uuid:evidence_id>/", drafting.EvidenceDetail.as_view(), name="evidence-one"),
    path(f"{_ONE}evidence/<uuid:evidence_id>/file/", reading.EvidenceFile.as_view(), name="evidence-file"),
    path(f"{_ONE}evidence/<uuid:evidence_id>/finding/", drafting.FindingDetail.as_view(), name="finding"),
    path(f"{_ONE}completeness/", reading.Completeness.as_view(), name="completeness"),
    path(f"{_ONE}bundle.zip", reading.BundleDownload.as_view(), name="bundle"),
    path("who-looked/", looked.LookList.as_view(), name="who-looked"),
    *reading_paths(acting.API, NAMESPACE),
    *acting.API.paths(),
]
