"""A small worker: fetches jobs of the topic gui_tin, does them, and reports each; nothing but the standard library.

KEHOACH_API is the address of the interface, KEHOACH_TOKEN what `kehoach token create` printed.
"""

import json
import os
import sys
import urllib.error
import urllib.request

API, TOKEN = os.environ["KEHOACH_API"], os.environ["KEHOACH_TOKEN"]
WORKER, TOPIC = "may-1", "gui_tin"


def call(path, **body):
    """POST to the interface; the answer, or None when it has no content."""
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    request = urllib.request.Request(API + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def send(variables):
    """The work itself: here a real one would speak to a gateway."""
    number = variables["dien_thoai"]
    if not number.isdigit():
        raise ValueError(f"{number} is no number")
    return {"ma_tin": f"T-{number[-4:]}"}


def work(job):
    """Do one job and report: done, an error of the process, or a failure to be tried again."""
    try:
        results = send(job["variables"])
    except ValueError as problem:
        call(f"/jobs/{job['id']}/error", worker=WORKER, code="SAI_SO", message=str(problem))
    except Exception as problem:
        left = (job["retries"] or 1) - 1
        call(f"/jobs/{job['id']}/fail", worker=WORKER, message=str(problem), retries=left, retry_seconds=60)
    else:
        call(f"/jobs/{job['id']}/complete", worker=WORKER, variables=results)


def main():
    """Work until stopped; with --once until nothing is open."""
    once = "--once" in sys.argv
    while True:
        wait = 0 if once else 20
        jobs = call("/jobs/fetch", topics=[TOPIC], worker=WORKER, lock_seconds=60, wait_seconds=wait)["jobs"]
        for job in jobs:
            try:
                work(job)
            except urllib.error.HTTPError as refused:
                print(refused.code, refused.read().decode())
            else:
                print("done", job["id"])
        if once and not jobs:
            return


if __name__ == "__main__":
    main()
