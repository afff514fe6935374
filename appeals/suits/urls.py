"""Pages' targets of suits: forms are posted here and lead back to the page they came from."""

from django.urls import path

from appeals.suits import views

app_name = "suits"
urlpatterns = [
    path("suits/", views.create, name="create"),
    path("suits/<uuid:suit_id>/actions/<str:action>/", views.action, name="action"),
]
