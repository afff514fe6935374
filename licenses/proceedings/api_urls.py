"""Paths of proceedings under /api/v1/ (api.md)."""

from django.urls import path

from casework.decisions.api.reading import reading_paths
from licenses.proceedings.api import reading
from licenses.proceedings.api.acting import API
from licenses.proceedings.api.showing import NAMESPACE

app_name = NAMESPACE
_ONE = "proceedings/<uuid:proceeding_id>/"
urlpatterns = [
    path("licenses/<str:number>/proceedings/", reading.LicenceProceedings.as_view(), name="of-licence"),
    path(
        "licenses/<str:number>/actions/notify_pool_change/",
        reading.NotifyPoolChange.as_view(),
        name="notify-pool-change",
    ),
    path(_ONE, reading.ProceedingDetail.as_view(), name="detail"),
    path(f"{_ONE}files/", reading.ProceedingFiles.as_view(), name="files"),
    path(f"{_ONE}files/<uuid:file_id>/", reading.ProceedingFile.as_view(), name="file"),
    *reading_paths(API, NAMESPACE),
    *API.paths(),
]
