"""Files behind a password, as the programs of agencies lock them."""

import zipfile
import zlib
from io import BytesIO

import pyzipper
from msoffcrypto.format.ooxml import OOXMLFile

PASSWORD = "an invented pässword"


def locked_word(data: bytes, password: str = PASSWORD) -> bytes:
    """Return a docx as Word locks it (agile encryption)."""
    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def locked_zip(*entries: tuple[str, bytes], password: str = PASSWORD, aes: bool = True) -> bytes:
    """Return a zip with a password: WinZip's AES, or the old cipher."""
    out = BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=zipfile.ZIP_DEFLATED) as file:
        if aes:
            file.setpassword(password.encode())
            file.setencryption(pyzipper.WZ_AES, nbits=256)
        for name, data in entries:
            file.writestr(name, data)
    return out.getvalue() if aes else _old_cipher(entries, password)


def _old_cipher(entries: tuple[tuple[str, bytes], ...], password: str) -> bytes:
    """Write ZipCrypto by hand (APPNOTE 6.1): the standard library only reads it."""
    plain = BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as file:
        for name, data in entries:
            file.writestr(name, data)
    source = zipfile.ZipFile(BytesIO(plain.getvalue()))
    body, directory = b"", b""
    for info, (_, data) in zip(source.infolist(), entries, strict=True):
        sealed = _zip_crypto(bytes(11) + bytes((info.CRC >> 24,)) + data, password.encode())
        local, central = _records(info, len(sealed), len(body))
        body += local + sealed
        directory += central
    count = len(entries).to_bytes(2, "little")
    end = b"PK\x05\x06" + bytes(4) + count * 2
    return body + directory + end + len(directory).to_bytes(4, "little") + len(body).to_bytes(4, "little") + bytes(2)


def _records(info: zipfile.ZipInfo, packed: int, offset: int) -> tuple[bytes, bytes]:
    name = info.filename.encode()
    shared = (20).to_bytes(2, "little") + (1).to_bytes(2, "little") + bytes(6) + info.CRC.to_bytes(4, "little")
    shared += packed.to_bytes(4, "little") + info.file_size.to_bytes(4, "little")
    shared += len(name).to_bytes(2, "little") + bytes(2)
    central = b"PK\x01\x02" + bytes(2) + shared + bytes(10) + offset.to_bytes(4, "little") + name
    return b"PK\x03\x04" + shared + name, central


def _zip_crypto(plain: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]
    for byte in password:
        _stir(keys, byte)
    sealed = bytearray()
    for byte in plain:
        mask = keys[2] | 2
        sealed.append(byte ^ (mask * (mask ^ 1) >> 8 & 0xFF))
        _stir(keys, byte)
    return bytes(sealed)


def _stir(keys: list[int], byte: int) -> None:
    keys[0] = _crc(keys[0], byte)
    keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134_775_813 + 1) & 0xFFFFFFFF
    keys[2] = _crc(keys[2], keys[1] >> 24)


def _crc(value: int, byte: int) -> int:
    """Return one step of CRC-32's own register, which zlib keeps inverted."""
    return zlib.crc32(bytes((byte,)), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
