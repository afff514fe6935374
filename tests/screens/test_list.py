"""docs/screens.md names every page of the portal: a new address is a screen, or has a reason to be none."""

import uuid

from django.urls import resolve

from tests.screens.listed import addresses, is_excused, screens, without_screen

SAMPLES = {"message": 1, "exception": 1, "index": 1, "licence": "KZ47DML00000012"}


def test_every_address_is_listed_or_excused():
    listed = {screen.name for screen in screens()}
    excused = without_screen()
    assert len(listed) > 30
    assert sorted(name for name in addresses() - listed if not is_excused(name, excused)) == []


def test_what_is_listed_exists_and_bears_its_name():
    wrong = []
    for screen in screens():
        samples = {name: SAMPLES.get(name, uuid.uuid4()) for name in screen.examples}
        found = resolve(screen.filled(samples).split("?")[0])
        if found.view_name != screen.name:
            wrong.append((screen.path, found.view_name))
    assert wrong == []


def test_no_screen_is_both_listed_and_excused_by_its_own_name():
    assert {screen.name for screen in screens()} & set(without_screen()) == set()


def test_excuses_are_of_addresses_that_exist():
    known = addresses()
    assert [name for name in without_screen() if not any(is_excused(one, {name: ""}) for one in known)] == []


def test_pictures_have_names_of_their_own():
    files = [screen.file for screen in screens()]
    assert len(files) == len(set(files))
