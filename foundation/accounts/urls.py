"""Pages under /accounts/."""

from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy

from foundation.accounts.views import colleagues, profile, second_factor, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/eds/", sign_in.by_eds, name="sign_in_eds"),
    path("sign-in/password/", sign_in.by_password, name="sign_in_password"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("stay/", sign_in.stay, name="stay"),
    path("second-factor/", second_factor.verify, name="second_factor"),
    path("second-factor/set-up/", second_factor.set_up, name="second_factor_set_up"),
    path(
        "set-password/<uidb64>/<token>/",
        auth.PasswordResetConfirmView.as_view(
            template_name="accounts/set_password.html", success_url=reverse_lazy("accounts:sign_in")
        ),
        name="set_password",
    ),
    path("profile/", profile.profile, name="profile"),
    path("confirm-email/<str:token>/", profile.confirm_email, name="confirm_email"),
    path("colleagues/", colleagues.colleagues, name="colleagues"),
    path("colleagues/entrepreneur/", colleagues.act_as_entrepreneur, name="entrepreneur"),
    path("colleagues/<uuid:party_id>/power/", colleagues.new_power, name="new_power"),
    path("powers/<uuid:power_id>/revoke/", colleagues.revoke_power, name="revoke_power"),
]
