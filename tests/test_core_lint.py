"""The core uses nothing whose bits differ by machine, and the check that says so can fail."""

from pathlib import Path

import pytest

from core_lint import check, check_tree

CORE = Path(__file__).parents[1] / "src" / "tpmsim" / "core"

BAD = {
    "np.exp(x)": "numpy.exp",
    "f = np.log1p": "numpy.log1p",
    "np.tanh(x)": "numpy.tanh",
    "np.power(x, 2)": "numpy.power",
    "np.arctan2(x, y)": "numpy.arctan2",
    "np.sum(x)": "numpy.sum",
    "np.add.reduce(x)": "numpy.add.reduce",
    "np.clip(x, 0, 1)": "numpy.clip",
    "np.einsum('i,i', x, x)": "numpy.einsum",
    "np.median(x)": "numpy.median",
    "np.random.default_rng(1)": "numpy.random.default_rng",
    "np.linalg.norm(x)": "numpy.linalg.norm",
    "import numpy as xp\nxp.exp(x)": "numpy.exp",
    "from numpy import exp": "from numpy import exp",
    "from numpy import *": "from numpy import *",
    "import numpy.random": "import numpy.random",
    "from numpy import random": "from numpy import random",
    "x ** 2": "operator **",
    "x **= 0.5": "operator **",
    "a @ b": "operator @",
    "a @= b": "operator @",
    "x.sum()": "method .sum()",
    "state.trust[0].mean(axis=0)": "method .mean()",
    "(a + b).clip(0, 1)": "method .clip()",
    "x.cumsum()": "method .cumsum()",
    "np.zeros(3).std()": "method .std()",
    "np.sort(x)": "numpy.sort without kind='stable'",
    "np.argsort(x, kind='quicksort')": "numpy.argsort without kind='stable'",
    "x.argsort()": "method .argsort() without kind='stable'",
    "import math\nmath.exp(1)": "math.exp",
    "import math\nmath.fsum(x)": "math.fsum",
    "from math import log": "from math import log",
    "import random": "import random",
    "import time": "import time",
    "from datetime import date": "from datetime import date",
    "import os.path": "import os.path",
    "from os import environ": "from os import environ",
    "import locale, uuid": "import uuid",
    "import threading": "import threading",
    "import secrets": "import secrets",
    "hash('name')": "builtin hash()",
    "id(x)": "builtin id()",
    "sum(x)": "builtin sum()",
    "map(hash, x)": "builtin hash()",
    "open('file')": "builtin open()",
    "eval('1')": "builtin eval()",
    "exec('1')": "builtin exec()",
    "compile('1', '', 'eval')": "builtin compile()",
    "for x in {1, 2}: pass": "iteration over a set",
    "for x in set(y): pass": "iteration over a set",
    "[x for x in frozenset(y)]": "iteration over a set",
    "[x for x in {z for z in y}]": "iteration over a set",
    "list(set(y))": "iteration over a set",
    "[*{1, 2}]": "iteration over a set",
    "def f():\n    global x": "global",
}

GOOD = [
    "np.sqrt(x) * np.floor(y) / np.rint(z)",
    "np.where(a < b, np.minimum(a, b), np.maximum(a, b))",
    "np.argsort(x, kind='stable')",
    "x.argsort(axis=0, kind='stable')",
    "np.maximum.reduce(x)",
    "import math\nok = math.isfinite(x) and x < math.inf and math.nan",
    "from tpmsim.core import exact\nexact.exp(x) + exact.clip(x, 0, 1)",
    "exact.exp(x)",
    "from tpmsim.core.exact import exp, pow\npow(exp(x), 2.0)",
    "def pow(x, y): return exp(y * log(x))\npow(x, 2.0)",
    "for x in sorted({1, 2}): pass",
    "x in {1, 2}",
    "names = {x for x in y}",
    "for x in {'a': 1}: pass",
    "x * x",
    "'@ ** np.exp(x)'  # ** np.exp",
    "state.week.sum",
    "class Card:\n    id: str\ncard.id, Card(id='a')",
]


def test_core_uses_nothing_banned() -> None:
    files = ((str(path.relative_to(CORE.parents[2])), path.read_text("utf-8")) for path in CORE.rglob("*.py"))
    found = check_tree(files)
    assert not found, "\n" + "\n".join(found)


def test_core_is_where_the_lint_looks() -> None:
    assert (CORE / "exact.py").is_file()


@pytest.mark.parametrize("snippet", BAD)
def test_bad_is_caught(snippet: str) -> None:
    found = check("import numpy as np\n" + snippet)
    assert BAD[snippet] in [finding.what for finding in found]
    assert all(finding.line > 1 for finding in found)


@pytest.mark.parametrize("snippet", GOOD)
def test_good_passes(snippet: str) -> None:
    assert check("import numpy as np\n" + snippet) == []


def test_a_finding_names_file_and_line() -> None:
    files = iter([("core/a.py", "import numpy as np\n\ny = np.exp(1.0)\n"), ("core/b.py", "x = 1\n")])
    assert check_tree(files) == ["core/a.py:3: numpy.exp"]
