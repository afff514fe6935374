"""Pages' targets of proceedings: forms are posted here and lead back to the page they came from."""

from django.urls import path

from licenses.proceedings import views

app_name = "proceedings"
urlpatterns = [
    path("proceedings/", views.begin, name="begin"),
    path("proceedings/<uuid:proceeding_id>/files/", views.add_file, name="add_file"),
    path("proceedings/<uuid:proceeding_id>/actions/<str:action>/", views.action, name="action"),
]
