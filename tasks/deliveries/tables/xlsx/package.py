"""An XLSX file as the zip file that it is, within bounds: no part inflates to more than it says."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from tasks.deliveries.tables.raw_table import UnreadableTableError, refusal

MAX_INFLATED = 600_000_000  # bytes in all; a sheet of a million rows and six columns takes half of it
MAX_RATIO = 200  # a sheet's XML packs to a twentieth, seldom below a hundredth
_RATIO_FROM = 10_000_000  # bytes: small files may pack as well as they like
_MAX_PARTS = 2_000
_CHUNK = 1 << 16


def damaged() -> UnreadableTableError:
    """Make the error of a workbook that doesn't hang together."""
    return refusal("Arbetsboken är skadad", "Öppna den i Excel, spara den på nytt och lämna in den igen.")


def bomb() -> UnreadableTableError:
    """Make the error of a file made, or broken, so that it fills the memory."""
    return refusal(
        "Arbetsboken blir orimligt stor när den packas upp", "Spara bara tabellen i en ny arbetsbok."
    )


class Package:
    """The parts of a workbook's zip file; making one raises UnreadableTableError for a bomb or damage."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise damaged() from error
        self._infos = {info.filename.lower(): info for info in infos}
        if len(infos) > _MAX_PARTS or len(self._infos) != len(infos):
            raise damaged()
        if "xl/workbook.xml" not in self._infos:
            raise refusal(
                "Filen är en zip-fil men ingen Excelarbetsbok", "Spara den som Excelarbetsbok (.xlsx)."
            )
        self._refuse_bombs(infos, len(data))

    def part(self, name: str) -> Iterator[bytes]:
        """Give a part's bytes in pieces; names are matched whatever their case."""
        info = self._infos.get(name.lower())
        if info is None:
            raise damaged()
        return self._inflate(info)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def _refuse_bombs(self, infos: list[zipfile.ZipInfo], packed: int) -> None:
        """Check the sizes that the directory tells first; then inflate everything once, since it may lie."""
        if sum(info.file_size for info in infos) > min(MAX_INFLATED, max(_RATIO_FROM, MAX_RATIO * packed)):
            raise bomb()
        for info in infos:
            size = 0
            for piece in self._inflate(info):
                size += len(piece)
                if size > info.file_size:
                    raise bomb()
            if size != info.file_size:
                raise damaged()

    def _inflate(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        # zipfile itself stops at the size that the directory tells, and so can't find out that it lies.
        offset = info.header_offset
        names = self._data[offset + 26 : offset + 30].tobytes()
        if info.flag_bits & 1 or len(names) != 4:
            raise damaged()
        start = offset + 30 + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
        packed = self._data[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            yield packed.tobytes()
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise damaged()
        try:
            yield from _inflate_pieces(packed)
        except zlib.error as error:
            raise damaged() from error


def _inflate_pieces(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _CHUNK):
        rest: bytes | memoryview = packed[start : start + _CHUNK]
        while rest and not inflater.eof:
            yield inflater.decompress(rest, 16 * _CHUNK)
            rest = inflater.unconsumed_tail
