"""Pages' targets of applications: forms are posted here and lead back to the page they came from."""

from django.urls import path

from applications import assign_views, case_views, draft_views, views

app_name = "applications"
urlpatterns = [
    path("applications/", draft_views.create, name="create"),
    path("applications/assign/", assign_views.assign, name="assign"),
    path("applications/<uuid:application_id>/actions/<str:action>/", views.action, name="action"),
    path(
        "applications/<uuid:application_id>/evidence/<uuid:evidence_id>/finding/",
        case_views.find,
        name="find",
    ),
    path("applications/<uuid:application_id>/hearing/files/", views.hearing_file, name="add_hearing_file"),
    path(
        "applications/<uuid:application_id>/hearing/files/<uuid:file_id>/remove/",
        views.hearing_file,
        name="remove_hearing_file",
    ),
    path("applications/<uuid:application_id>/notes/", case_views.note, name="note"),
    path("applications/<uuid:application_id>/registers/", case_views.ask_registers, name="ask_registers"),
    path("applications/<uuid:application_id>/draft/", draft_views.save, name="save"),
    path("applications/<uuid:application_id>/confirmations/", draft_views.confirm, name="confirm"),
    path("applications/<uuid:application_id>/evidence/", draft_views.add_evidence, name="add_evidence"),
    path(
        "applications/<uuid:application_id>/evidence/<uuid:evidence_id>/",
        draft_views.change_evidence,
        name="change_evidence",
    ),
    path(
        "applications/<uuid:application_id>/evidence/<uuid:evidence_id>/remove/",
        draft_views.remove_evidence,
        name="remove_evidence",
    ),
    path("applications/<uuid:application_id>/payment/", draft_views.look_up_payment, name="look_up_payment"),
    path("applications/<uuid:application_id>/prefill/", draft_views.prefill, name="prefill"),
    path("applications/<uuid:application_id>/discard/", draft_views.discard, name="discard"),
]
