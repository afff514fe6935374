"""Pages' targets of complaints: forms are posted here and lead back to the page they came from."""

from django.urls import path

from appeals import views

app_name = "appeals"
_ONE = "complaints/<uuid:complaint_id>/"
urlpatterns = [
    path("complaints/", views.create, name="create"),
    path(f"{_ONE}draft/", views.save, name="save"),
    path(f"{_ONE}files/", views.add_file, name="add_file"),
    path(f"{_ONE}files/<uuid:file_id>/remove/", views.remove_file, name="remove_file"),
    path(f"{_ONE}discard/", views.discard, name="discard"),
    path(f"{_ONE}actions/<str:action>/", views.action, name="action"),
]
