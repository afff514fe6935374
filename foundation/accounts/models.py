"""People, parties, who may act for whom, and roles held in bodies of the authority."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

from foundation.journal.models import append_only


class PersonManager(BaseUserManager["Person"]):
    """Creates people; kept because Django's auth commands ask for it."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(login=login, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, login: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(login, password, is_staff=True, is_superuser=True, **fields)


class Rank(models.TextChoices):
    """What stands above a signer: it decides to whom the signed act can be appealed (APPC 80(5), 91(3))."""

    HEAD = "head", _("head of a division or committee")
    VICE_MINISTER = "vice_minister", _("vice-minister")
    MINISTER = "minister", _("minister")


class Person(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # of EdsKey; django-otp ships no types
    """A human being who signs in: an applicant, a colleague, an officer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(_("login"), max_length=60, unique=True)
    iin = models.CharField(_("IIN"), max_length=12, unique=True, null=True, blank=True)
    surname = models.CharField(_("surname"), max_length=100)
    given_name = models.CharField(_("given name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    post_kk = models.CharField(_("post (Kazakh)"), max_length=200, blank=True)
    post_ru = models.CharField(_("post (Russian)"), max_length=200, blank=True)
    rank = models.CharField(
        _("rank as a signer"),
        max_length=13,
        choices=Rank.choices,
        default=Rank.HEAD,
        help_text=_("The way of appeal in what this person signs follows it (APPC 80(5))."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=16, blank=True, help_text="E.164")
    language = models.CharField(
        _("language"),
        max_length=2,
        default="ru",
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
    )
    is_staff = models.BooleanField(_("works in the back office"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = ["surname", "given_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic, as documents print it."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """Surname and initials."""
        initials = "".join(f"{part[0]}." for part in (self.given_name, self.patronymic) if part)
        return f"{self.surname} {initials}".strip()


class Body(models.Model):
    """The authority itself, the body above it and the body for the quality of services."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", _("provider of the service")
        SUPERIOR = "superior", _("superior body")
        QUALITY = "quality", _("body for the quality of public services")

    code = models.SlugField(primary_key=True, max_length=30)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    bin = models.CharField(_("BIN"), max_length=12)
    works_in_portal = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.name_ru

    @property
    def shown_name(self) -> str:
        """The name in the language of the page."""
        return self.name_kk if get_language() == "kk" else self.name_ru


class Role(models.TextChoices):
    """What an officer may be (process.md, People); an applicant needs no role."""

    CHANCERY = "chancery", _("chancery")
    EXECUTOR = "executor", _("executor")
    HEAD = "head", _("head")
    SUPERVISOR = "supervisor", _("supervisor")
    REVIEWER = "reviewer", _("reviewer")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


class RoleHolding(models.Model):
    """A role held by a person in a body, by order, for a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    order = models.CharField(_("by order"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "body", "role", "valid_from"], name="accounts_role_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} @ {self.body_id}"


class Party(models.Model):
    """Who applies and holds licences: an individual entrepreneur (IIN) or a legal entity (BIN)."""

    class Kind(models.TextChoices):
        ENTREPRENEUR = "entrepreneur", _("individual entrepreneur")
        ENTITY = "entity", _("legal entity")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(_("IIN or BIN"), max_length=12, unique=True)
    name_kk = models.CharField(max_length=500, blank=True)
    name_ru = models.CharField(max_length=500)
    address = models.JSONField(default=dict, blank=True, help_text="structured address, see applications")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=2, default="ru")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")

    def __str__(self) -> str:
        return self.name_ru

    @property
    def iin(self) -> str | None:
        return self.number if self.kind == self.Kind.ENTREPRENEUR else None

    @property
    def bin(self) -> str | None:
        return self.number if self.kind == self.Kind.ENTITY else None

    def name(self, language: str) -> str:
        """The name in Kazakh where known, else in Russian."""
        return (self.name_kk or self.name_ru) if language == "kk" else self.name_ru

    @property
    def shown_name(self) -> str:
        """The name in the language of the page."""
        return self.name(get_language() or "ru")


class Representation(models.Model):
    """A person's right to act for a party: as its head, or by a power such a head signed in the cabinet."""

    class Basis(models.TextChoices):
        HEAD = "head", _("head, by certificate")
        POWER = "power", _("power of attorney")

    class Scope(models.TextChoices):
        DRAFT = "draft", _("prepare drafts")
        SIGN = "sign", _("sign and file")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="representations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representations")
    basis = models.CharField(max_length=5, choices=Basis.choices)
    scope = models.CharField(max_length=5, choices=Scope.choices)
    since = models.DateTimeField()
    until = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    evidence_sha256 = models.CharField(
        max_length=64, blank=True, help_text="of the CMS or certificate it rests on"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "person", "basis", "scope"],
                condition=models.Q(revoked_at=None),
                name="accounts_one_open_representation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.party_id}: {self.basis}/{self.scope}"


class Challenge(models.Model):
    """Bytes handed out to be signed once, soon, and by the one who asked for them (integrations.md A.5)."""

    class Purpose(models.TextChoices):
        LOGIN = "login", _("sign in")
        POWER = "power.grant", _("give a power")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    data = models.BinaryField(help_text="canonical JSON, exactly as it is signed")
    session_sha256 = models.CharField(max_length=64, blank=True, help_text="of the session key; sign-in only")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, null=True, related_name="+")
    issued_at = models.DateTimeField(help_text="machine time")
    expires_at = models.DateTimeField(help_text="machine time", db_index=True)
    used_at = models.DateTimeField(null=True, help_text="machine time")

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class SignatureRecord(models.Model):
    """The evidence of a signature accepted here: what was signed, the CMS, the chain, the lists, the answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=Challenge.Purpose.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signatures")
    subject_id = models.UUIDField(null=True, help_text="of the representation it founds")
    data = models.BinaryField()
    cms = models.BinaryField(help_text="DER")
    cms_sha256 = models.CharField(max_length=64, db_index=True)
    chain = models.BinaryField(help_text="certificates in PEM, leaf first")
    crls = models.BinaryField(help_text="revocation lists as used, in PEM")
    result = models.JSONField()
    at = models.DateTimeField(help_text="legal time of receipt")
    recorded_at = models.DateTimeField(help_text="machine time")

    class Meta:
        triggers: ClassVar = append_only("signaturerecord")

    def __str__(self) -> str:
        return f"{self.purpose} {self.cms_sha256[:12]}"


class EdsKey(Device):  # type: ignore[misc]  # django-otp ships no types
    """ЭЦП as a second factor: a session begun with it counts as verified (quality.md, Security)."""

    def verify_token(self, _token: str) -> bool:
        """Typed codes never pass: this device is proved by a signature over a challenge only."""
        return False
