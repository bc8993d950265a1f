"""The places of postcode districts, worked out again from Code-Point Open."""

import csv
import io
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from directory.code_point import Place, Unit, UnreadableCodePoint, read, rebuild
from directory.models import Outcode

CARDIFF = Place("CF14", "", 51.0, -3.0, "WLS", 9.0)
BORDER = Place("BH23", "", 50.7, -1.7, "ENG-SW ENG-SE", 5.0)
NORTH = Place("M1", "", 53.5, -2.2, "ENG-NW", 1.0)
TOWN = Place("CF", "Cardiff", 51.5, -3.3, "WLS", 24.0)
BELFAST = Place("BT1", "", 54.6, -5.93, "NIR", 8.0)


def by_code(units, *known: Place) -> dict[str, Place]:
    return {place.code: place for place in rebuild(units, {each.code: each for each in known})}


def line(postcode="CF144XW", quality="10", east="316000", north="181000", nation="W92000004"):
    return f'"{postcode}",{quality},{east},{north},"{nation}","","","","W06000015","W05001283"'


def test_a_line_gives_district_position_and_nation():
    assert list(read([line()], name="cf.csv")) == [Unit("CF14", 316000, 181000, "WLS")]


def test_short_districts_are_padded_with_spaces():
    lines = [line("M1  1AA", nation="E92000001"), line("M11 1AA", nation="E92000001")]

    assert [unit.outcode for unit in read(lines, name="m.csv")] == ["M1", "M11"]


def test_units_without_a_position_are_left_out():
    assert list(read([line(quality="90", east="0", north="0")], name="cf.csv")) == []


@pytest.mark.parametrize("wrong", ["", "CF144XW,10", line(east="x"), line(nation="X1")])
def test_another_file_is_refused_naming_the_line(wrong):
    with pytest.raises(UnreadableCodePoint) as refused:
        list(read([line(), wrong or "a"], name="cf.csv"))

    assert str(refused.value) == "Line 2 of cf.csv is not a line of Code-Point Open."


def test_the_centre_is_the_mean_and_the_radius_holds_95_of_100():
    # 95 units stand together, five a kilometre away: the radius still holds the 95.
    units = [Unit("CF14", 316000, 181000, "WLS")] * 95 + [Unit("CF14", 317000, 181000, "WLS")] * 5

    place = by_code(units, CARDIFF)["CF14"]

    assert (place.latitude, place.longitude) == pytest.approx((51.522, -3.211), abs=0.001)
    assert place.radius_km == 0.1
    assert place.regions == "WLS"


def test_one_more_unit_outside_widens_the_radius():
    units = [Unit("CF14", 316000, 181000, "WLS")] * 94 + [Unit("CF14", 317000, 181000, "WLS")] * 6

    assert by_code(units, CARDIFF)["CF14"].radius_km == 0.9


def test_the_postcode_area_is_worked_out_with_its_districts_and_keeps_its_town():
    place = by_code([Unit("CF14", 316000, 181000, "WLS")], CARDIFF, TOWN)["CF"]

    assert (place.name, place.radius_km, place.regions) == ("Cardiff", 0.0, "WLS")
    assert place.latitude == pytest.approx(51.522, abs=0.001)


def test_what_the_download_does_not_cover_is_kept():
    assert by_code([], BELFAST, BORDER) == {"BT1": BELFAST, "BH23": BORDER}


def test_a_new_english_district_takes_the_region_of_the_nearest():
    # 384000 398000 is Manchester.
    places = by_code([Unit("M59", 384000, 398000, "ENG")], NORTH, BORDER, CARDIFF)

    assert places["M59"].regions == "ENG-NW"
    assert "M" not in places


def test_a_new_district_elsewhere_takes_its_nation():
    assert by_code([Unit("EH99", 326000, 673000, "SCT")], NORTH)["EH99"].regions == "SCT"


@pytest.fixture
def download(tmp_path):
    path = tmp_path / "codepo_gb.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO,CY\n")
        archive.writestr("Data/CSV/cf.csv", line() + "\n" + line("CF145AA") + "\n")
        archive.writestr("Data/CSV/m.csv", line("M59 1AA", "10", "384000", "398000", "E92000001"))
    return path


def run(*arguments) -> dict[str, dict[str, str]]:
    printed = io.StringIO()
    call_command("rebuild_outcodes", *map(str, arguments), stdout=printed)
    printed.seek(0)
    return {row["code"]: row for row in csv.DictReader(printed)}


@pytest.mark.django_db
def test_the_command_prints_every_place_and_stores_nothing(download):
    before = Outcode.objects.get(code="CF14").latitude

    rows = run(download)

    assert len(rows) == 3091
    assert rows["M59"] == {
        "code": "M59",
        "name": "",
        "latitude": rows["M59"]["latitude"],
        "longitude": rows["M59"]["longitude"],
        "regions": "ENG-NW",
        "radius_km": "0.0",
    }
    assert Outcode.objects.get(code="CF14").latitude == before
    assert not Outcode.objects.filter(code="M59").exists()


@pytest.mark.django_db
def test_saving_uses_the_figures_from_now_on(download):
    rows = run(download, "--save")

    cardiff = Outcode.objects.get(code="CF14")
    assert str(cardiff.latitude) == rows["CF14"]["latitude"]
    assert (cardiff.region_id, cardiff.postcode_area_id) == ("WLS", "CF")
    assert Outcode.objects.get(code="M59").postcode_area_id == "M"
    assert Outcode.objects.get(code="BH23").region_codes == ("ENG-SW", "ENG-SE")
    assert Outcode.objects.count() == 3091


@pytest.mark.django_db
def test_an_unpacked_folder_does_as_well(download, tmp_path):
    with ZipFile(download) as archive:
        archive.extractall(tmp_path / "unpacked")

    assert run(tmp_path / "unpacked") == run(download)


@pytest.mark.django_db
def test_what_is_no_download_is_refused_with_a_sentence(tmp_path):
    other = tmp_path / "other.zip"
    other.write_text("not a zip file")

    for path in (tmp_path / "absent.zip", other, tmp_path):
        with pytest.raises(CommandError):
            run(path)


@pytest.mark.django_db
def test_one_unreadable_line_stores_nothing_at_all(tmp_path):
    path = tmp_path / "codepo_gb.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("Data/CSV/cf.csv", line() + "\nnonsense\n")

    with pytest.raises(CommandError, match=r"Line 2 of cf\.csv"):
        run(path, "--save")

    assert Outcode.objects.get(code="CF14").latitude != 51.522
