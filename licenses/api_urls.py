"""The register's paths under /api/v1/ (api.md)."""

from django.urls import path

from licenses.api import own, published, register

app_name = "licenses-api"
urlpatterns = [
    path("register/", register.RegisterList.as_view(), name="register"),
    path("register.csv", register.RegisterCsv.as_view(), name="register-csv"),
    path("register.json", register.RegisterJson.as_view(), name="register-json"),
    path("register/<str:number>/", register.RegisterCard.as_view(), name="register-card"),
    path("check/", register.Check.as_view(), name="check"),
    path("licenses/", own.LicenceList.as_view(), name="licences"),
    path("licenses/<str:number>/bundle.zip", own.LicenceBundle.as_view(), name="licence-bundle"),
    path("licenses/<str:number>/", own.LicenceDetail.as_view(), name="licence"),
    path("verification-keys/", published.VerificationKeys.as_view(), name="verification-keys"),
    path("status-list/", published.StatusList.as_view(), name="status-list"),
]
