"""clang-tidy over every source below src/, many sources in one translation unit.

Nearly all of the time of one source goes into the headers it reads, so a unit of a dozen sources takes little longer than
a unit of one. Sources that cannot stand in one unit, because they give two private things one name, are tried in
halves. A unit that passes clears all its sources; one that does not is taken apart until the source that fails speaks for
itself, with its own lines.

usage: static_checks.py BUILD_FOLDER [CLANG_TIDY_OPTION...]
"""

import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

MOST_SOURCES = 12
# What clang does not know of g++'s options, and code generation, which checks do not need.
UNKNOWN_TO_CLANG = re.compile(
    r"-march=native|-fno-tree-slp-vectorize|-Wno-(maybe-uninitialized|restrict|stringop-overflow|stringop-overread)")
# `&` between booleans is how the branch-free loops say that they mean it.
FOR_CLANG = ["-Wno-bitwise-instead-of-logical"]


@dataclasses.dataclass(frozen=True)
class Unit:
    """Sources of one folder that are compiled alike."""
    flags: tuple
    sources: tuple

    def halves(self):
        middle = len(self.sources) // 2
        return [Unit(self.flags, self.sources[:middle]), Unit(self.flags, self.sources[middle:])]


def read_commands(build: pathlib.Path, root: pathlib.Path):
    """(source, flags) of every source below src/ that clang can read."""
    commands = json.loads((build / "compile_commands.json").read_text())
    precompiled_torch = re.compile(r"nn_modules\.dir/cmake_pch")
    for command in commands:
        source = pathlib.Path(command["file"]).resolve()
        # Those that read libtorch's headers are left to g++'s warnings: clang 14 cannot read these headers as C++20
        # beside g++ 12's standard library, and takes half a minute a file to say so.
        if source.suffix != ".cpp" or not source.is_relative_to(root / "src") or precompiled_torch.search(command["command"]):
            continue
        words = shlex.split(command["command"])
        first = next(i for i, word in enumerate(words) if word.startswith("-"))
        if "env" in words[:4]:  # a launcher comes first: `cmake -E env A=B ccache c++ -D...`
            first = next(i for i, word in enumerate(words) if i > words.index("env") and word.startswith("-"))
        flags = words[first:words.index("-o")]
        yield source, tuple(flag for flag in flags if not UNKNOWN_TO_CLANG.fullmatch(flag)) + tuple(FOR_CLANG)


def make_units(commands):
    alike = {}
    for source, flags in commands:
        alike.setdefault((source.parent, flags), []).append(source)
    for (_, flags), sources in sorted(alike.items(), key=lambda item: str(item[0])):
        for begin in range(0, len(sources), MOST_SOURCES):
            yield Unit(flags, tuple(sources[begin:begin + MOST_SOURCES]))


class Checker:
    def __init__(self, root: pathlib.Path, scratch: pathlib.Path, options: list):
        self.root, self.scratch, self.options = root, scratch, options

    def findings(self, unit: Unit) -> str:
        """What clang-tidy says of the sources; empty where all is well."""
        if len(unit.sources) == 1:
            return self.tidy(unit.sources[0], unit.flags)
        if self.can_stand_together(unit) and not self.tidy(self.joined(unit), unit.flags):
            return ""
        return "".join(self.findings(half) for half in unit.halves())

    def joined(self, unit: Unit) -> pathlib.Path:
        path = self.scratch / f"{abs(hash(unit.sources)):x}.cpp"
        path.write_text("\n".join(source.read_text() for source in unit.sources))
        return path

    def can_stand_together(self, unit: Unit) -> bool:
        command = ["clang++-14", "-fsyntax-only", "-w", *unit.flags, str(self.joined(unit))]
        return subprocess.run(command, cwd=self.root, capture_output=True).returncode == 0

    def tidy(self, source: pathlib.Path, flags: tuple) -> str:
        config = f"--config-file={self.root / '.clang-tidy'}"
        command = ["clang-tidy-14", "--quiet", config, *self.options, str(source), "--", *flags]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True)
        if done.returncode == 0:
            return ""
        return done.stdout or done.stderr


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()
    root = pathlib.Path(__file__).resolve().parent.parent
    units = list(make_units(read_commands(build, root)))
    if not units:
        print(f"lint: {build} has compile commands of no source below src/", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = list(pool.map(Checker(root, pathlib.Path(scratch), sys.argv[2:]).findings, units))
    print("".join(findings), end="", flush=True)
    print(f"lint: {sum(len(unit.sources) for unit in units)} sources checked")
    return 1 if any(findings) else 0


if __name__ == "__main__":
    sys.exit(main())
