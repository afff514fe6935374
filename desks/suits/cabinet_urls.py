"""Suits in the cabinet."""

from django.urls import path

from desks.suits import views

urlpatterns = [path("suits/<uuid:suit_id>/", views.suit, name="suit")]
