"""Complaints in the back office."""

from django.urls import path

from desks.complaints import views

urlpatterns = [
    path("complaints/", views.officer_complaints, name="officer_complaints"),
    path("complaints/<uuid:complaint_id>/", views.officer_complaint, name="officer_complaint"),
    path(
        "complaints/<uuid:complaint_id>/acts/<slug:action>/", views.officer_act, name="officer_complaint_act"
    ),
]
