"""The cabinet: pages under /cabinet/."""

from django.urls import path

from desks.cabinet.views import case, home, wizard

urlpatterns = [
    path("", home.cabinet, name="cabinet"),
    path("messages/", home.messages_page, name="messages"),
    path("messages/<int:notice_id>/", home.message, name="message"),
    path("who-looked/", home.who_looked, name="who_looked"),
    path("parties/<uuid:party_id>/", home.party, name="party"),
    path("licences/<str:number>/", home.licence, name="licence"),
    path("applications/<uuid:application_id>/", case.case, name="case"),
    path("applications/<uuid:application_id>/filed/", case.filed, name="filed"),
    path("applications/<uuid:application_id>/hearing/", case.hearing, name="hearing"),
    path("applications/<uuid:application_id>/hearing.ics", case.hearing_ics, name="hearing_ics"),
    path("applications/<uuid:application_id>/withdraw/", case.withdraw, name="withdraw"),
    path("applications/<uuid:application_id>/<str:step>/", wizard.wizard, name="wizard"),
]
