import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpmsim.core.mechanics import skills

quick = settings(max_examples=60, deadline=None)
share = st.floats(0.0, 1.0)
hours = st.floats(0.0, 60.0)


@quick
@given(share, hours, hours)
def test_study_never_lowers_a_skill_and_hours_commute(skill, one, other):
    after = skills.studied(skill, one)
    assert skill - 1e-12 <= after <= 1.0
    both = float(skills.studied(skills.studied(skill, other), one))
    assert float(skills.studied(after, other)) == pytest.approx(both)
    assert float(skills.studied(skill, one + other)) == pytest.approx(both)


@quick
@given(share, share)
def test_what_is_not_used_drifts_back_at_any_length_of_a_turn(skill, start):
    here = np.array(skill)
    for _ in range(4):
        here = skills.faded(here, start)
    assert here == pytest.approx(float(skills.faded(np.array(skill), start, 4.0)))
    assert min(skill, start) - 1e-12 <= here <= max(skill, start) + 1e-12
