"""Doors of the sandbox, under /sandbox/ in the demo only."""

from django.urls import path

from sandbox import sign_in
from sandbox.eds import views as eds

app_name = "sandbox"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("eds/identities/", eds.identity_list, name="eds-identities"),
    path("eds/sign", eds.sign_data, name="eds-sign"),
    path("eds/crl/<str:name>", eds.revocation_list, name="eds-crl"),
]
