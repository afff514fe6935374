"""Pages of files."""

from django.urls import path

from casework.documents import views

app_name = "documents"
urlpatterns = [
    path("files/<uuid:file_id>/", views.download, name="file"),
    path("files/<uuid:file_id>/preview/", views.preview, name="file-preview"),
]
