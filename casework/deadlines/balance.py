"""The official balance of working time, five-day week: working days a month, to check the calendar against.

Published each year by the labour authority; the first year without one is provisional.
"""

OFFICIAL: dict[int, tuple[int, ...]] = {
    2022: (18, 20, 19, 21, 19, 22, 20, 22, 22, 20, 22, 21),
    2023: (20, 20, 19, 20, 20, 21, 20, 22, 21, 21, 22, 20),
    2024: (21, 21, 17, 22, 20, 20, 22, 21, 21, 22, 21, 21),
    2025: (20, 20, 17, 22, 19, 20, 22, 21, 21, 22, 20, 22),
    2026: (19, 20, 18, 22, 17, 22, 22, 21, 22, 21, 21, 22),
    2027: (18, 20, 18, 22, 18, 22, 21, 22, 22, 20, 22, 22),
}
PROVISIONAL = frozenset({2027})
