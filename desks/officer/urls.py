"""The officer's pages in the back office."""

from django.urls import path

from desks.officer.views import desk

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
]
