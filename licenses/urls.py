"""Public pages of the register."""

from django.urls import path

from licenses import views

app_name = "licenses"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/<str:number>/", views.card, name="card"),
    path("check/", views.check, name="check"),
    path("check/offline/", views.check_offline, name="check_offline"),
    path("check/worker.js", views.check_worker, name="check_worker"),
]
