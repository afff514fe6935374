"""Pages of files."""

from django.urls import path

from casework.documents import views

app_name = "documents"
urlpatterns = [
    path("files/<uuid:file_id>/", views.download, name="file"),
    path("files/<uuid:file_id>/preview/", views.preview, name="file-preview"),
    path("documents/<uuid:document_id>/", views.official, name="official"),
    path(
        "documents/<uuid:document_id>/signatures/<int:position>/<str:part>/",
        views.official_signature,
        name="official-signature",
    ),
]
