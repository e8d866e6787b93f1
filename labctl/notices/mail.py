"""One message by SMTP, by the standard library."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING

from labctl import clock
from labctl.notices.message import Message
from labctl.notices.posting import TIMEOUT, context
from labctl.notices.undelivered import Undelivered

if TYPE_CHECKING:
    from labctl.notices.channels import MailChannel


def send_mail(channel: MailChannel, message: Message, address: str) -> str:
    """Send `message` to the mail address; what the server said. `Undelivered` where it did not.

    Nothing goes over a line that is not as safe as it was asked to be.
    """
    where = f"{channel.host}:{channel.port}"
    try:
        with _connected(channel) as server:
            if channel.user:
                server.login(channel.user, channel.password)
            server.send_message(_mail(channel, message, address))
            return f"accepted by {where}"
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _refused(where, code, said) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(where, error.smtp_code, error.smtp_error) from None
    except smtplib.SMTPNotSupportedError as error:
        raise Undelivered(f"{where}: {error}", final=True) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(f"{where}: {error}", final=_is_final(error)) from None


def _connected(channel: MailChannel) -> smtplib.SMTP:
    if channel.security == "tls":
        return smtplib.SMTP_SSL(
            channel.host, channel.port, timeout=TIMEOUT, context=context(channel.ca)
        )
    server = smtplib.SMTP(channel.host, channel.port, timeout=TIMEOUT)
    if channel.security == "starttls":
        try:
            server.starttls(context=context(channel.ca))
        except BaseException:
            server.close()
            raise
    return server


def _mail(channel: MailChannel, message: Message, address: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = channel.sender, address, message.subject
    mail["Date"] = format_datetime(clock.wall())
    mail["Message-ID"] = make_msgid(domain=channel.sender.rpartition("@")[2] or None)
    # Nobody's absence note is wanted.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail


def _refused(where: str, code: int, said: bytes | str) -> Undelivered:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Undelivered(f"{where} answered {code} {text}", final=code >= 500)


def _is_final(error: Exception) -> bool:
    return isinstance(error, ssl.SSLCertVerificationError)
