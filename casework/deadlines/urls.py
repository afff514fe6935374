"""What the calendar page posts to."""

from django.urls import path

from casework.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("calendar/exceptions/", views.enter_exception, name="enter_exception"),
    path(
        "calendar/exceptions/<int:exception_id>/confirm/", views.confirm_exception, name="confirm_exception"
    ),
]
