"""Pages of proceedings: the officer's below admin/, the licensee's below cabinet/."""

from django.urls import path

from desks.proceedings import views

urlpatterns = [
    path("admin/proceedings/", views.officer_list, name="proceedings"),
    path("admin/proceedings/<uuid:proceeding_id>/", views.officer_page, name="officer_proceeding"),
    path(
        "admin/proceedings/<uuid:proceeding_id>/acts/<slug:action>/",
        views.officer_act,
        name="officer_proceeding_act",
    ),
    path("cabinet/licences/<str:number>/proceedings/", views.licence_list, name="licence_proceedings"),
    path("cabinet/proceedings/<uuid:proceeding_id>/", views.own_page_of, name="proceeding"),
    path(
        "cabinet/proceedings/<uuid:proceeding_id>/acts/<slug:action>/", views.own_act, name="proceeding_act"
    ),
]
