"""The tasks on machines that are not the developers': no git, a company's certificates, no network, Ctrl-C."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


def script(path: Path, text: str) -> None:
    """Write a program for the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


# The day that is “today”


@pytest.fixture
def copy(tmp_path: Path, tasks: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the site whose newest page is of 2026-03-04, on a machine without git."""
    folder = tmp_path / "copy"
    (folder / "docs" / "skills").mkdir(parents=True)
    for name, day in (("conf.py", "2026-01-02"), ("docs/index.md", "2026-02-03"), ("docs/skills/go.md", "2026-03-04")):
        (folder / name).touch()
        seconds = datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
        os.utime(folder / name, (seconds, seconds))
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(tasks, "ROOT", folder)
    tasks.today.cache_clear()
    return folder


def day_of(tasks: Any) -> str:
    return f"{datetime.fromtimestamp(int(tasks.today()['SOURCE_DATE_EPOCH']), UTC):%Y-%m-%d}"


def test_without_git_today_is_the_day_of_the_newest_page(
    copy: Path, tasks: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    assert day_of(tasks) == "2026-03-04"
    assert day_of(tasks) == "2026-03-04"
    note = "No git commit found: “today” is 2026-03-04, the date of the newest page.\n"
    assert capfd.readouterr() == ("", note)


@pytest.mark.parametrize(
    ("repository", "git", "day"),
    [
        (True, "echo 1700000000", "2023-11-14"),
        (True, "echo 'fatal: detected dubious ownership' >&2; exit 128", "2026-03-04"),
        (True, "echo 'fatal: your current branch does not have any commits yet' >&2; exit 128", "2026-03-04"),
        (False, "echo 1700000000", "2026-03-04"),  # the folder around the copy is a repository of something else
    ],
    ids=["commit", "not-ours", "no-commit", "around"],
)
def test_today_is_the_day_of_the_commit_of_this_repository(
    repository: bool, git: str, day: str, copy: Path, tasks: Any
) -> None:
    script(copy.parent / "bin" / "git", git)
    if repository:
        (copy / ".git").mkdir()
    assert day_of(tasks) == day


def test_a_day_that_is_asked_for_stays(copy: Path, tasks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert tasks.today() == {}


# Certificates

TRUST = ("UV_SYSTEM_CERTS", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Return the means to set what Python finds, on a machine that says nothing else of certificates."""
    for name in TRUST:
        monkeypatch.setenv(name, "")  # so that it is restored
        monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "platform", "linux")
    return monkeypatch


@pytest.mark.parametrize(
    ("file", "folder", "trusts"),
    [
        ("ca.pem", None, {"UV_SYSTEM_CERTS": "1", "NODE_EXTRA_CA_CERTS": "ca.pem"}),
        (None, "full", {"UV_SYSTEM_CERTS": "1"}),
        (None, "empty", {}),  # uv would fail: "No CA certificates were loaded from the system"
        (None, None, {}),
    ],
)
def test_uv_is_sent_to_the_certificates_of_the_machine_where_there_are_any(
    file: Any, folder: Any, trusts: dict[str, str], tasks: Any, stores: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "0123abcd.0").touch()
    (tmp_path / "empty").mkdir()
    found = ssl.DefaultVerifyPaths(file, folder and str(tmp_path / folder), "", "", "", "")
    stores.setattr(ssl, "get_default_verify_paths", lambda: found)
    tasks.trust_system_certificates()
    assert {name: os.environ[name] for name in TRUST if name in os.environ} == trusts


def test_what_the_owner_of_the_machine_says_of_certificates_stays(tasks: Any, stores: pytest.MonkeyPatch) -> None:
    stores.setenv("UV_SYSTEM_CERTS", "0")
    tasks.trust_system_certificates()
    assert os.environ["UV_SYSTEM_CERTS"] == "0"


def certify(folder: Path) -> None:
    """Write ca.pem, the certificate of an authority, and server.pem, key and certificate of localhost by it."""
    now = datetime.now(UTC)
    authority, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A company")])

    def signed(subject: x509.Name, key: Any, extension: x509.ExtensionType) -> bytes:
        certificate = (
            x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(extension, critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return certificate.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    (folder / "ca.pem").write_bytes(signed(issuer, authority, x509.BasicConstraints(ca=True, path_length=0)))
    here = x509.SubjectAlternativeName([x509.DNSName("localhost")])  # pip 24.2 fails at addresses in numbers
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key = server.private_bytes(serialization.Encoding.PEM, *plain)
    (folder / "server.pem").write_bytes(key + signed(x509.Name([]), server, here))


def write_wheel(folder: Path, name: str, module: str) -> str:
    """Write a wheel of one module that can be run, below an index; return its line of a lock file."""
    wheel = folder / "simple" / name / f"{name}-1-py3-none-any.whl"
    wheel.parent.mkdir(parents=True)
    files = {
        f"{name}.py": module,
        f"{name}-1.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{name}-1.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            lines.append(f"{path},sha256={digest},{len(text.encode())}\n")
        archive.writestr(f"{name}-1.dist-info/RECORD", "".join(lines) + f"{name}-1.dist-info/RECORD,,\n")
    return f"{name}==1 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Quiet(SimpleHTTPRequestHandler):
    """A file server that keeps its log to itself."""

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the base class fixes the name
        """Say nothing."""


@contextmanager
def index(folder: Path) -> Iterator[str]:
    """Serve a folder as a package index over TLS, and return its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that does not trust us hangs up
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield f"https://localhost:{server.server_port}/simple"
        server.shutdown()


def test_the_tasks_install_behind_a_company_s_proxy_with_nothing_but_python(
    tmp_path: Path, tasks: Any, stores: pytest.MonkeyPatch
) -> None:
    """Python alone on PATH, an empty home, and an index that only the machine's certificates vouch for."""
    served, clone, home = (tmp_path / name for name in ("served", "clone", "home"))
    for folder in (served, clone, home):
        folder.mkdir()
    certify(served)
    shutil.copy(ROOT / "noxfile.py", clone)
    lock = write_wheel(served, "nox", "import sys\nprint(*sys.argv[3:])\n")  # in the place of nox
    (clone / "requirements-nox.lock").write_text(lock, encoding="utf-8")

    def run(**more: str) -> subprocess.CompletedProcess[str]:
        bare = {"PATH": str(home), "HOME": str(home), "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0", **more}
        command = [sys._base_executable, "-S", "noxfile.py", "-s", "docs"]  # type: ignore[attr-defined]  # no nox there
        return subprocess.run(command, cwd=clone, env=bare, capture_output=True, text=True, check=False)

    with index(served) as address:
        distrusting = run(PIP_INDEX_URL=address)
        trusting = run(
            PIP_INDEX_URL=address, SSL_CERT_FILE=str(served / "ca.pem")
        )  # where Python looks for the machine's
        uv = [sys.executable, "-m", "uv", "pip", "install", "--no-cache", "--no-deps", "--target", str(home / "found")]
        refused = subprocess.run([*uv, f"--index-url={address}", "nox"], capture_output=True, text=True, check=False)
        stores.setenv("SSL_CERT_FILE", str(served / "ca.pem"))
        tasks.trust_system_certificates()
        subprocess.run([*uv, f"--index-url={address}", "nox"], capture_output=True, check=True)
    assert distrusting.returncode == 1
    assert distrusting.stderr.endswith(
        "Could not install nox from requirements-nox.lock; check the network connection.\n"
    ), distrusting.stderr
    assert "Traceback" not in distrusting.stderr
    assert (trusting.returncode, trusting.stdout) == (0, "-s docs\n"), trusting.stderr
    assert "UnknownIssuer" in refused.stderr
    assert os.environ["UV_SYSTEM_CERTS"] == "1"
    assert (home / "found" / "nox.py").exists()


# Networks, and Ctrl-C


def test_links_are_not_checked_without_a_network(tmp_path: Path) -> None:
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()} | nowhere
    command = [sys.executable, "-m", "nox", "-f", str(ROOT / "noxfile.py"), "-s", "linkcheck", "--no-venv"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    hosts = "https://github.com, https://www.sphinx-doc.org, https://www.wikipedia.org"
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "nox > Running session linkcheck",
        f"nox > Session linkcheck aborted: No network connection: none of {hosts} is reachable.",
    ]


def test_a_host_that_answers_with_an_error_is_there(tasks: Any, tmp_path: Path) -> None:
    certify(tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        assert tasks.is_reachable(address)
        assert tasks.is_reachable(f"{address}missing")
        server.shutdown()
    assert not tasks.is_reachable(address)
    with index(tmp_path) as unknown:  # by a certificate that Python does not trust
        assert tasks.is_reachable(unknown)


def interrupted(noxfile: Path, begun: str) -> tuple[list[str], int]:
    """Run the tasks by a Python without nox, press Ctrl-C once a line is printed; return what follows, and the code."""
    command = [sys._base_executable, "-S", str(noxfile), "-s", "docs"]  # type: ignore[attr-defined]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == begun
        os.killpg(process.pid, signal.SIGINT)
        output, _nothing = process.communicate()
    return output.splitlines(), process.returncode


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_while_nox_is_prepared_is_told_in_a_line(tmp_path: Path) -> None:
    shutil.copy(ROOT / "noxfile.py", tmp_path)
    shutil.copy(ROOT / "requirements-nox.lock", tmp_path)
    told = interrupted(tmp_path / "noxfile.py", "Installing nox into .nox/bootstrap …\n")
    assert told == (["Interrupted."], 130)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_while_nox_runs_is_left_to_nox(tmp_path: Path) -> None:
    shutil.copy(ROOT / "noxfile.py", tmp_path)
    script(
        tmp_path / ".nox/bootstrap/bin/python",
        "trap 'sleep 1; echo nox cleaned up; exit 130' INT\necho begun\nwhile :; do sleep 0.1; done",
    )
    for lock in ("requirements-nox.lock", ".nox/bootstrap/requirements.lock"):
        shutil.copy(ROOT / "requirements-nox.lock", tmp_path / lock)
    assert interrupted(tmp_path / "noxfile.py", "begun\n") == (["nox cleaned up"], 130)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_the_builds_of_the_gallery_quietly(tmp_path: Path) -> None:
    command = [sys.executable, "gallery/build.py", str(tmp_path / "html"), str(tmp_path / "doctrees")]
    environment = {**os.environ, "PYTHONPATH": "src"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as process:
        while process.poll() is None and not (tmp_path / "doctrees").exists():
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        output, _nothing = process.communicate(timeout=30)
    assert (output, process.returncode) == (b"", 130)


def test_all_projects_are_served_while_writing(tmp_path: Path) -> None:
    script(tmp_path / "python", "for word; do echo $word; done")
    environment = {**os.environ, "PATH": os.pathsep.join([str(tmp_path), os.environ["PATH"]])}
    command = [sys.executable, "-m", "nox", "-s", "live", "--no-venv", "--no-install", "--", "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    words = ["-m", "sphinx_folio", "live", ".", "--pages", "docs", "--open", "--also=manual=sphinx-folio"]
    words += ["--port", "0"]
    lines = done.stdout.splitlines()
    assert lines[-len(words) :] == words
    assert lines[: -len(words)][:1] in ([], ["gallery/build.py"])  # only if no earlier run has left one
