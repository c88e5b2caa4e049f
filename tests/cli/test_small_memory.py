"""A server's heap: one for all threads, what is free in it goes back, and a growth is found by whoever measures it."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from bench.memory import MOST_GROWTH, Course, resident

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what is freed in arenas")

# 64 MB in blocks that are no mappings of their own; the last stays, so that nothing is free at the end of the heap.
HOLES = """
import ctypes, os
from bench.memory import resident
from service.small_memory import give_back, keep_to_one_heap
keep_to_one_heap()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
blocks = [library.malloc(32 * 1024) for _ in range(2000)]
for block in blocks:
    ctypes.memset(block, 1, 32 * 1024)
for block in blocks[:-1]:
    library.free(ctypes.c_void_p(block))
held = resident(os.getpid())
give_back()
print(held - resident(os.getpid()))
"""
HEAPS = """
import ctypes, tempfile, threading
from service.small_memory import keep_to_one_heap
keep_to_one_heap()
library = ctypes.CDLL(None)
library.fopen.restype = library.malloc.restype = ctypes.c_void_p
alive = threading.Barrier(5)
def allocate():
    library.malloc(32 * 1024)
    alive.wait()
threads = [threading.Thread(target=allocate) for _ in range(4)]
for each in threads:
    each.start()
alive.wait()
with tempfile.NamedTemporaryFile() as told:
    stream = ctypes.c_void_p(library.fopen(told.name.encode(), b"w"))
    library.malloc_info(0, stream)
    library.fclose(stream)
    print(told.read().count(b"<heap nr="))
"""
# Answers each line; with an argument it keeps so many bytes of each.
ANSWERING = """
import sys
kept = []
print(flush=True)
for number, _ in enumerate(sys.stdin):
    kept.append(bytearray(b"x" * int(sys.argv[1])))
    print(flush=True)
"""
REQUESTS, EACH = 3_000, 50


def test_what_is_free_between_two_blocks_goes_back_to_the_machine() -> None:
    assert float(_said_by(HOLES)) > 50


def test_all_threads_share_one_heap() -> None:
    assert int(_said_by(HEAPS)) == 1


@pytest.mark.parametrize(("bytes_kept", "is_good"), [(0, True), (2_000, False)])
def test_a_leak_of_two_kilobytes_a_request_is_found(bytes_kept: int, is_good: bool) -> None:
    course = Course()
    with subprocess.Popen(
        [sys.executable, "-c", ANSWERING, str(bytes_kept)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        for answered in range(REQUESTS):
            if answered % EACH == 0:
                course.note(answered, resident(process.pid))
            process.stdin.write(b"\n")
            process.stdin.flush()
            process.stdout.readline()
        process.stdin.close()
    warm = course.samples[len(course.samples) // 3][0]
    assert course.is_good(warm) is is_good
    assert course.growth(warm) == pytest.approx(bytes_kept / 1048.576, abs=MOST_GROWTH)


def _said_by(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
