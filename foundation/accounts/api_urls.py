"""Paths of accounts under /api/v1/."""

from django.urls import path

from foundation.accounts import api

urlpatterns = [
    path("eds/challenges/", api.ChallengeView.as_view(), name="eds-challenges"),
    path(
        "eds/challenges/<uuid:challenge_id>/signature/",
        api.ChallengeSignatureView.as_view(),
        name="eds-challenge-signature",
    ),
    path("powers/sign-request/", api.PowerSignRequestView.as_view(), name="power-sign-request"),
]
