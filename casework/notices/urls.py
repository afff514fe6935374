"""What the pages of messages post to."""

from django.urls import path

from casework.notices import views

app_name = "notices"
urlpatterns = [path("notices/<int:notice_id>/read/", views.read, name="read")]
