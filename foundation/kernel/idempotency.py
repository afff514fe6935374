"""Idempotency-Key: the same answer when repeated, 422 with another body, kept 24 hours per person (api.md)."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from foundation.kernel.clock import machine_now
from foundation.kernel.models import IdempotencyKey
from foundation.kernel.refusals import BadInput, Conflict, Refusal

KEPT = timedelta(hours=24)
# Longer than any request is worked on: a claim without an answer is then one of a process that died.
LEASE = timedelta(minutes=2)
_MAX_KEY = 200


def once(
    request: HttpRequest, *, person_id: UUID, body: bytes, required: bool, act: Callable[[], Response]
) -> Response:
    """Run `act` at most once for the person's key; a refusal frees the key, so that a mended call may use it."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        if required:
            raise BadInput(
                _("This command needs an Idempotency-Key."),
                code="IDEMPOTENCY_KEY_REQUIRED",
                advice=_(
                    "Send a fresh random value with each new command and the same one when you repeat it."
                ),
            )
        return act()
    if len(key) > _MAX_KEY:
        raise BadInput(
            _("An Idempotency-Key has at most 200 characters."), fields={"Idempotency-Key": [key[:20]]}
        )
    digest = hashlib.sha256(b"\n".join([request.method.encode(), request.path.encode(), body])).hexdigest()  # type: ignore[union-attr]  # a request that reached a view has a method
    claimed, row = _claim(person_id, key, digest)
    if not claimed:
        if not _take_over(row, digest):
            return _replay(row, digest)
        row = IdempotencyKey.objects.get(pk=row.pk)
    try:
        response = act()
    except BaseException:
        row.delete()
        raise
    rendered = JSONRenderer().render(response.data)
    IdempotencyKey.objects.filter(pk=row.pk).update(status=response.status_code, body=rendered)
    return response


def _claim(person_id: UUID, key: str, digest: str) -> tuple[bool, IdempotencyKey]:
    IdempotencyKey.objects.filter(person_id=person_id, key=key, created_at__lt=machine_now() - KEPT).delete()
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(person_id=person_id, key=key, request_hash=digest)
    except IntegrityError:
        return False, IdempotencyKey.objects.get(person_id=person_id, key=key)
    return True, row


def _take_over(row: IdempotencyKey, digest: str) -> bool:
    """Whether this request goes on for one whose process died: what that one had done already, If-Match tells."""
    dead = IdempotencyKey.objects.filter(
        pk=row.pk, request_hash=digest, status=None, created_at__lt=machine_now() - LEASE
    )
    return dead.update(created_at=machine_now()) == 1


def _replay(row: IdempotencyKey, digest: str) -> Response:
    if row.request_hash != digest:
        raise Refusal(
            _("This Idempotency-Key was used with another request."),
            code="IDEMPOTENCY_KEY_REUSED",
            advice=_("Use a new key for a new command."),
        )
    if row.status is None or row.body is None:
        raise Conflict(_("The first request with this key is still being worked on."), code="IN_PROGRESS")
    import json

    return Response(json.loads(bytes(row.body)), status=row.status or status.HTTP_200_OK)


def sweep() -> int:
    """Remove answers older than 24 hours; returns how many."""
    deleted, _details = IdempotencyKey.objects.filter(created_at__lt=machine_now() - KEPT).delete()
    return deleted
