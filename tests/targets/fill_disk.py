"""fill_disk: publish to a small disk until it is full, and tell what is there then.

python -m tests.targets.fill_disk FOLDER
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.publish import publish
from tests.releases.samples import content, judged, published, said, seal


def main(folder: Path) -> None:
    target, _ = published(folder)
    before = listed(folder)
    fitting = content("second")
    too_much = replace(fitting, files={**fitting.files, "assets/huge.bin": bytes(range(256)) * 2_000})
    try:
        publish(target, too_much, seal())
    except PipelineError as error:
        told = error
    else:
        raise AssertionError("nothing was too much")
    after = listed(folder)
    problems = said(judged(target))
    later = publish(target, fitting, seal()).release.version
    left = [name for name in after if ".tmp" in name]
    print(
        json.dumps(
            {
                "error": told.message,
                "hint": told.hint,
                "before": before,
                "after": after,
                "problems": problems,
                "left": left,
                "later": later,
            }
        )
    )


def listed(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
