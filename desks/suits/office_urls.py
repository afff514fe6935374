"""Suits in the back office."""

from django.urls import path

from desks.suits import views

urlpatterns = [
    path("suits/", views.officer_suits, name="officer_suits"),
    path("suits/new/<uuid:case_id>/", views.suit_new, name="officer_suit_new"),
    path("suits/<uuid:suit_id>/", views.officer_suit, name="officer_suit"),
    path("suits/<uuid:suit_id>/acts/<slug:action>/", views.officer_suit_act, name="officer_suit_act"),
]
