"""Works out the places of postcode districts from an official Code-Point Open download."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.code_point import Unit, UnreadableCodePoint, read, rebuild
from directory.gazetteer import known, save

OUTPUT = ("code", "name", "latitude", "longitude", "regions", "radius_km")
LIST_FOLDER = "CSV"


class Command(BaseCommand):
    help = (
        "Work out the centre and radius of every postcode district from Code-Point Open, the ZIP "
        "file or the unpacked folder, and print them as CSV in the layout of outcodes.csv. Stores "
        "nothing unless --save is given. Regions are kept; Northern Ireland and the Crown "
        "Dependencies are not in the download and stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("download", type=Path, metavar="CODEPO_GB.zip")
        parser.add_argument("--save", action="store_true", help="use the figures from now on")

    def handle(self, *, download: Path, **options: Any) -> None:
        try:
            places = rebuild(_units(download), known())
        except (UnreadableCodePoint, BadZipFile, OSError) as error:
            raise CommandError(f"{download}: {error}") from error
        if options["save"]:
            save(places)
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(OUTPUT)
        writer.writerows([getattr(place, name) for name in OUTPUT] for place in places)


def _units(download: Path) -> Iterator[Unit]:
    """Yield the units of every list of the download. Raises UnreadableCodePoint for none."""
    lists = _in_folder(download) if download.is_dir() else _in_zip(download)
    is_empty = True
    for name, lines in lists:
        is_empty = False
        yield from read(lines, name=name)
    if is_empty:
        raise UnreadableCodePoint(f"There is no folder {LIST_FOLDER} with lists in it.")


def _in_folder(folder: Path) -> Iterator[tuple[str, Iterator[str]]]:
    for path in sorted(folder.rglob(f"{LIST_FOLDER}/*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            yield path.name, file


def _in_zip(path: Path) -> Iterator[tuple[str, Iterator[str]]]:
    with ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if Path(name).parent.name == LIST_FOLDER and name.endswith(".csv"):
                with archive.open(name) as file:
                    yield Path(name).name, TextIOWrapper(file, encoding="utf-8", newline="")
