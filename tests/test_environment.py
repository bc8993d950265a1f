"""What the start reads: a secret key that is made once, also after a start that was killed."""

from cmsuk.environment import kept_secret_key


def test_a_secret_key_is_made_once(tmp_path):
    first = kept_secret_key(tmp_path)

    assert len(first) > 50
    assert kept_secret_key(tmp_path) == first


def test_a_secret_key_that_was_left_empty_is_made_again(tmp_path):
    (tmp_path / "secret-key").touch()

    assert len(kept_secret_key(tmp_path)) > 50
