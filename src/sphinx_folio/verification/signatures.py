"""Check signatures with gpg and ssh-keygen, as git does, but only with keys that the owner of the portfolio names.

The time at which a signature is judged is that of the commit, so that the result does not depend on the day of the
check: a key that expired later was valid then.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sphinx_folio.verification.git import GitError, LimitError, environment, run_limited

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECONDS = 20
OUTPUT = 1 << 20
LONGEST_SIGNATURE = 1 << 16
LATEST = (1 << 32) - 1
"""The latest time that OpenPGP can express."""
SLACK = 600
"""The clock of a signer may be this many seconds ahead of the time in the commit."""
_OPENPGP = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN PGP MESSAGE-----")
_SSH = b"-----BEGIN SSH SIGNATURE-----"
_GPG = ("gpg", "--batch", "--no-tty", "--no-options", "--no-auto-key-locate", "--no-auto-key-retrieve")
_RESULTS = {"EXPSIG": "expired", "EXPKEYSIG": "expired", "REVKEYSIG": "revoked", "BADSIG": "broken"}


class Keyring:
    """Named keys: OpenPGP public keys and allowed SSH signers (``ssh-keygen(1)``, ALLOWED SIGNERS)."""

    def __init__(self, files: Mapping[str, Path], home: Path) -> None:
        """Import the keys.

        Args:
            files: Name of the signer, as shown to readers → file with keys.
            home: An empty folder for keyrings.

        Raises:
            GitError: A file is neither, or a program is missing.
        """
        self._home = home
        self._checked: dict[tuple[bytes, bytes, int], tuple[str, str]] = {}
        self._openpgp: list[tuple[str, Path]] = []
        self._ssh: list[tuple[str, Path]] = []
        for number, (name, path) in enumerate(sorted(files.items())):
            try:
                content = path.read_bytes()
            except OSError as error:
                raise GitError(f"the key file {path} of {name!r} cannot be read: {error.strerror}") from error
            if content.startswith(b"-----BEGIN PGP PUBLIC KEY BLOCK-----") or content[:1] in {b"\x98", b"\x99"}:
                folder = home / f"gpg{number}"
                folder.mkdir(mode=0o700)
                code, _output = self._run(folder, *_GPG, "--import", text=content)
                if code:
                    raise GitError(f"gpg cannot import the key file {path} of {name!r}")
                self._openpgp.append((name, folder))
            elif b"ssh-" in content or b"ecdsa-" in content:
                if shutil.which("ssh-keygen") is None:
                    raise GitError(f"ssh-keygen, which checks signatures of {name!r}, is not installed")
                copy = home / f"signers{number}"
                copy.write_bytes(content)
                self._ssh.append((name, copy))
            else:
                raise GitError(f"{path} of {name!r} contains neither OpenPGP keys nor allowed SSH signers")

    def check(self, payload: bytes, signature: bytes, time: int) -> tuple[str, str]:
        """Check a signature.

        Args:
            payload: What is signed.
            signature: The signature; empty if there is none.
            time: The time at which the key must be valid, in seconds since 1970.

        Returns:
            A result and the name of the signer. The result is ``good``, or ``unsigned``, ``broken``, ``expired``,
            ``revoked``, ``unknown-key`` or ``unknown-format``.
        """
        case = (payload, signature, time)
        if case not in self._checked:  # much evidence is pinned to the same release
            self._checked[case] = self._check(payload, signature, time)
        return self._checked[case]

    def _check(self, payload: bytes, signature: bytes, time: int) -> tuple[str, str]:
        if not signature:
            return "unsigned", ""
        if len(signature) > LONGEST_SIGNATURE or not 0 <= time <= LATEST:
            return "unknown-format", ""
        if signature.startswith(_OPENPGP):
            places, check = self._openpgp, self._check_openpgp
        elif signature.startswith(_SSH):
            places, check = self._ssh, self._check_ssh
        else:
            return "unknown-format", ""
        try:
            results = {check(place, payload, signature, time): name for name, place in places}
        except LimitError:
            return "unknown-format", ""
        if "good" in results:
            return "good", results["good"]
        return next((result for result in results if result != "unknown-key"), "unknown-key"), ""

    def _check_openpgp(self, place: Path, payload: bytes, signature: bytes, time: int) -> str:
        file = self._home / "signature.asc"
        file.write_bytes(signature)
        moment = datetime.fromtimestamp(time + SLACK, UTC).strftime("%Y%m%dT%H%M%S")
        options = ("--status-fd", "1", "--trust-model", "always", "--faked-system-time", moment)
        _code, output = self._run(place, *_GPG, *options, "--verify", str(file), "-", text=payload)
        lines = output.decode("utf-8", "replace").splitlines()
        found = [words for line in lines if line.startswith("[GNUPG:] ") and (words := line.split()[1:])]
        judged = [line for line in found if line[0] in {"GOODSIG", "ERRSIG", *_RESULTS}]
        if len(judged) != 1:  # git as well accepts only one signature
            return "unknown-format"
        name = judged[0][0]
        if name == "ERRSIG":
            return "unknown-key" if any(line[0] == "NO_PUBKEY" for line in found) else "unknown-format"
        if name != "GOODSIG":
            return _RESULTS[name]
        valid = next((line for line in found if line[0] == "VALIDSIG"), None)
        if valid is None:
            return "broken"
        return "expired" if int(valid[4] if valid[4].isdigit() else 1) else "good"

    def _check_ssh(self, place: Path, payload: bytes, signature: bytes, time: int) -> str:
        file = self._home / "signature.ssh"
        file.write_bytes(signature)
        moment = datetime.fromtimestamp(time, UTC).strftime("%Y%m%d%H%M%SZ")
        options = ("-s", str(file), "-f", str(place), f"-Overify-time={moment}")
        code, output = self._run(self._home, "ssh-keygen", "-Y", "find-principals", *options)
        principals = output.decode("utf-8", "replace").splitlines()
        if code or not principals:
            code, _output = self._run(
                self._home, "ssh-keygen", "-Y", "check-novalidate", "-n", "git", "-s", str(file), text=payload
            )
            return "broken" if code else "unknown-key"
        verify = ("ssh-keygen", "-Y", "verify", "-n", "git", *options)
        codes = (self._run(self._home, *verify, "-I", name, text=payload)[0] for name in principals)
        return "good" if 0 in codes else "broken"

    def _run(self, place: Path, *command: str, text: bytes = b"") -> tuple[int, bytes]:
        env = environment(self._home) | {"GNUPGHOME": str(place)}
        return run_limited(command, env=env, text=text, seconds=SECONDS, limit=OUTPUT)
