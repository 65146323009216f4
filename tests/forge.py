"""A repository made object by object, so that it can lie as well as a real one can."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://github.com/example/pool"


class Person(NamedTuple):
    name: str
    email: str


ADA = Person("Ada Example", "ada@example.org")
BOB = Person("Bob Example", "bob@example.org")
HOST = Person("GitHub", "noreply@github.com")
MONDAY = 1_672_660_800  # 2023-01-02 12:00 UTC
DAY = 86_400


@dataclass
class Forge:
    """Makes objects and refs in a bare repository, with keys of its own."""

    folder: Path
    keys: Path
    trees: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys.mkdir(mode=0o700)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.keys),
            "GNUPGHOME": str(self.keys),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.folder), inside=False)

    def run(self, *command: str, text: bytes = b"") -> bytes:
        return subprocess.run(command, input=text, env=self.env, check=True, capture_output=True).stdout

    def git(self, *arguments: str, text: bytes = b"", inside: bool = True) -> str:
        where = (f"--git-dir={self.folder}",) if inside else ()
        return self.run("git", *where, *arguments, text=text).decode().strip()

    # Objects

    def store(self, kind: str, content: bytes) -> str:
        return self.git("hash-object", "-t", kind, "-w", "--stdin", "--literally", text=content)

    def tree(self, files: dict[str, str], extra: tuple[tuple[str, str, str], ...] = ()) -> str:
        """Store files by path, and other items as (mode, object, name)."""
        here: dict[str, tuple[str, str]] = {name: (mode, oid) for mode, oid, name in extra}
        below: dict[str, dict[str, str]] = {}
        for path, text in files.items():
            first, slash, rest = path.partition("/")
            if slash:
                below.setdefault(first, {})[rest] = text
            else:
                here[first] = ("100644", self.store("blob", text.encode()))
        here |= {name: ("40000", self.tree(inside)) for name, inside in below.items()}
        ordered = sorted(here.items(), key=lambda item: item[0] + ("/" if item[1][0] == "40000" else ""))
        lines = [f"{mode} {name}\0".encode() + bytes.fromhex(oid) for name, (mode, oid) in ordered]
        return self.store("tree", b"".join(lines))

    def commit(
        self,
        tree: str,
        message: str,
        *parents: str,
        author: Person = ADA,
        committer: Person | None = None,
        day: int = 0,
        sign: str = "",
        signature: str = "",
        fields: str = "",
    ) -> str:
        """Store a commit; ``sign`` names a key, ``signature`` is one made elsewhere, ``fields`` are inserted lines."""
        by, time = committer or author, MONDAY + day * DAY
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines += [f"author {author.name} <{author.email}> {time} +0000"]
        lines += [*filter(None, [fields]), f"committer {by.name} <{by.email}> {time} +0000"]
        body = f"\n\n{message}\n"
        if sign:
            signature = self.signature("\n".join(lines) + body, sign, time)
        if signature:
            lines.append("gpgsig " + signature.strip("\n").replace("\n", "\n "))
        return self.store("commit", ("\n".join(lines) + body).encode())

    def tag(self, name: str, target: str, *, tagger: Person = BOB, day: int = 0, sign: str = "") -> str:
        time = MONDAY + day * DAY
        text = (
            f"object {target}\ntype commit\ntag {name}\ntagger {tagger.name} <{tagger.email}> {time} +0000\n\n{name}\n"
        )
        oid = self.store("tag", (text + (self.signature(text, sign, time) if sign else "")).encode())
        self.ref(f"refs/tags/{name}", oid)
        return oid

    def ref(self, name: str, oid: str) -> None:
        self.git("update-ref", name, oid)

    # Keys

    def make_key(self, name: str, *, start: str, life: str) -> Path:
        options = ("--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "")
        self.run(
            "gpg",
            *options,
            "--faked-system-time",
            start,
            "--quick-gen-key",
            f"{name}@example.org",
            "ed25519",
            "sign",
            life,
        )
        path = self.keys / f"{name}.asc"
        path.write_bytes(self.run("gpg", "--armor", "--export", f"{name}@example.org"))
        return path

    def make_ssh_key(self, name: str) -> Path:
        key = self.keys / name
        self.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(key))
        path = self.keys / f"{name}.signers"
        path.write_text(f"{name}@example.org {key.with_suffix('.pub').read_text('utf-8')}", encoding="utf-8")
        return path

    def signature(self, text: str, name: str, time: int) -> str:
        if (self.keys / name).exists():
            command = ("ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(self.keys / name))
            return self.run(*command, text=text.encode()).decode()
        stamp = datetime.fromtimestamp(time, UTC).strftime("%Y%m%dT%H%M%S")
        if name == "late":  # made while the key was valid, for a commit after that
            stamp = "20220101T120000"
        options = ("--batch", "--quiet", "--faked-system-time", stamp, "--local-user", f"{name}@example.org")
        return self.run("gpg", *options, "--armor", "--detach-sign", text=text.encode()).decode()

    def close(self) -> None:
        self.run("gpgconf", "--kill", "all")


LINES = "".join(f"line {number}\n" for number in range(1, 11))


@dataclass
class Story:
    """A repository with honest work and with everything that could be forged."""

    forge: Forge
    commits: dict[str, str]
    """What it is → commit, tag or file."""
    keys: dict[str, Path]
    """Name of a signer → key file; the keys of strangers are not among them."""


def tell(folder: Path) -> Story:
    """Make the repository."""
    forge = Forge(folder / "pool.git", folder / "keys")
    host = forge.make_key("host", start="20220101T000000", life="10y")
    forge.make_key("stranger", start="20220101T000000", life="10y")
    late = forge.make_key("late", start="20220101T000000", life="2d")
    ada = forge.make_ssh_key("ada")
    forge.make_ssh_key("mallory")
    files = {"pool.go": LINES, "pkg/ip/ip.go": "package ip\n", "pkg/ip/ip_test.go": "package ip\n"}
    made: dict[str, str] = {}

    def tree(**more: str) -> str:
        files.update({name.replace("__", "/").replace("_", "."): text for name, text in more.items()})
        link = forge.store("blob", b"/etc/passwd")
        return forge.tree(files, (("120000", link, "link"), ("160000", "1" * 40, "module")))

    first = made["first"] = forge.commit(tree(), "Start the pool", day=0)
    second = made["second"] = forge.commit(tree(other_go="one\ntwo\n"), "Add another file", first, author=BOB, day=1)

    # Honest pull requests: merged, squashed, rebased
    work = made["work"] = forge.commit(tree(pkg__ip__ip_go="package ip\nvar a\n"), "Limit the pool", second, day=2)
    merge = made["merge"] = forge.commit(
        tree(),
        "Merge pull request #1 from ada/limit\n\nLimit the pool",
        second,
        work,
        author=BOB,
        committer=HOST,
        day=3,
        sign="host",
    )
    squash = made["squash"] = forge.commit(
        tree(c_go="c\n"), "Release addresses (#3)", merge, author=ADA, committer=HOST, day=4, sign="host"
    )
    rebase = made["rebase"] = forge.commit(tree(d_go="d\n"), "Rebased", squash, author=ADA, committer=BOB, day=5)
    together = made["together"] = forge.commit(
        tree(e_go="e\n"), "Written together\n\nCo-authored-by: Ada Example <ada@example.org>", rebase, author=BOB, day=6
    )
    # What others did
    bobs = made["bobs"] = forge.commit(tree(f_go="f\n"), "By Bob", together, author=BOB, day=7)
    main = made["merge of bob"] = forge.commit(
        tree(), "Merge pull request #5 from bob/f", together, bobs, author=ADA, committer=HOST, day=8, sign="host"
    )

    def pull_request(number: int, name: str, **options: Any) -> None:
        """Make a merged pull request of Ada's; the options are those of the merge."""
        nonlocal main
        own = made[name] = forge.commit(tree(**{f"pr{number}_go": "x\n"}), name, main, day=10 + number)
        merger = options.pop("author", BOB)
        main = made[f"merge {name}"] = forge.commit(
            tree(),
            f"Merge pull request #{number} from ada/{name}",
            main,
            own,
            author=merger,
            day=11 + number,
            **options,
        )

    pull_request(2, "self-merged", author=ADA, sign="host")
    signature = forge.git("cat-file", "commit", merge).partition("gpgsig ")[2].partition("\ncommitter")[0]
    stolen = signature.partition("-----END PGP SIGNATURE-----")[0].replace("\n ", "\n") + "-----END PGP SIGNATURE-----"
    pull_request(6, "stolen-signature", committer=HOST, signature=stolen)
    for number, name, key in ((7, "strange-key", "stranger"), (8, "expired-key", "late")):
        pull_request(number, name, committer=HOST, sign=key)
    pull_request(9, "forged", committer=HOST)
    pull_request(11, "ssh", sign="ada")
    pull_request(11, "merged-again")
    pull_request(12, "strange-ssh", sign="mallory")
    pull_request(13, "garbled", signature="-----BEGIN PGP SIGNATURE-----\n\ngarbage\n-----END PGP SIGNATURE-----")
    made["two authors"] = main = forge.commit(
        tree(g_go="g\n"),
        "Two authors",
        main,
        author=BOB,
        day=30,
        fields=f"author Ada Example <ada@example.org> {MONDAY} +0000",
    )
    made["only name"] = main = forge.commit(
        tree(h_go="h\n"), "x", main, author=Person("Ada Example", "eve@example.org"), day=31
    )
    made["direct"] = main = forge.commit(tree(i_go="i\n"), "Pushed directly", main, day=32)
    for name in ("heads/main", "heads/fix/leak", "tags/v1.1"):
        forge.ref(f"refs/{name}", main)
    made["main"] = main
    made["tag"] = forge.tag("v1.0", squash, day=5, sign="host")
    forge.ref("refs/tags/api/v1.0", bobs)
    forge.tag("v1.2", main, day=40, sign="stranger")

    # What is in the object store but not in the history
    made["impostor"] = forge.commit(tree(evil_go="evil\n"), "By an impostor", main, day=33)
    made["head"] = forge.commit(tree(c_go="c\n"), "Before the squash", merge, day=3)
    forge.ref("refs/pull/3/head", made["head"])
    made["blob"] = forge.git("rev-parse", f"{main}:pool.go")
    return Story(forge, made, {"Host": host, "Expired": late, "Ada": ada})
