"""Pages for anyone."""

from django.urls import path

from desks.public import views

urlpatterns = [
    path("", views.start, name="start"),
    path("home/", views.home, name="home"),
    path("service/", views.passport, name="passport"),
    path("calculator/", views.calculator, name="calculator"),
    path("law/", views.law, name="law"),
    path("verification/", views.verification, name="verification"),
    path("open-data/", views.open_data, name="open_data"),
]
