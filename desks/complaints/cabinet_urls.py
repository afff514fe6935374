"""Complaints in the cabinet."""

from django.urls import path

from desks.complaints import views

urlpatterns = [
    path("complaints/new/<uuid:case_id>/", views.new, name="complaint_new"),
    path("complaints/<uuid:complaint_id>/", views.complaint, name="complaint"),
    path("complaints/<uuid:complaint_id>/acts/<slug:action>/", views.act, name="complaint_act"),
]
