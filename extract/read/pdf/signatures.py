"""The digital signatures of a PDF: who signed, when, whether the file is still what was signed. Nothing goes online."""

import datetime as dt
import logging
from io import BytesIO

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from extract.text import nfc
from schemas import Signature

_MOST = 50  # signatures of a file
_UNREADABLE = (
    PdfError,
    SigningError,
    SignatureValidationError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def signatures_of(data: bytes) -> tuple[Signature, ...]:
    """The signatures in the order of signing; none where the file's own structure can't be read."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it reports certificates that nobody was asked to trust
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        embedded = PdfFileReader(BytesIO(data), strict=False).embedded_regular_signatures[:_MOST]
    except _UNREADABLE:
        return ()
    return tuple(map(_signature, embedded))


def _signature(embedded: EmbeddedPdfSignature) -> Signature:
    certificate = _certificate(embedded)
    signed_at = _signed_at(embedded)
    intact, covers_whole = _checked(embedded, signed_at)
    return Signature(
        signer=_named(certificate, "common_name"),
        organization=_named(certificate, "organization_name") or _named(certificate, "organizational_unit_name"),
        signed_at=signed_at,
        intact=intact,
        covers_whole=covers_whole,
    )


def _certificate(embedded: EmbeddedPdfSignature) -> Certificate | None:
    try:
        return embedded.signer_cert
    except _UNREADABLE:
        return None


def _named(certificate: Certificate | None, part: str) -> str | None:
    value = certificate.subject.native.get(part) if certificate is not None else None
    return nfc(value[0] if isinstance(value, list) else value) if value else None


def _signed_at(embedded: EmbeddedPdfSignature) -> dt.datetime | None:
    try:
        return embedded.self_reported_timestamp
    except _UNREADABLE:
        return None


def _checked(embedded: EmbeddedPdfSignature, signed_at: dt.datetime | None) -> tuple[bool | None, bool | None]:
    """Whether what was signed is unchanged, and is the whole file; nobody is asked to vouch for the signer."""
    moment = signed_at or dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # a moment of its own: the clock is not read
    context = ValidationContext(trust_roots=[], allow_fetching=False, moment=moment)
    try:
        status = validate_pdf_signature(embedded, signer_validation_context=context)
    except _UNREADABLE:
        return None, None
    return status.intact and status.valid, status.coverage == SignatureCoverageLevel.ENTIRE_FILE
