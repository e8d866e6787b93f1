"""Model DS1054Z data: sampling, memory, screen, accuracy.

MSO1000Z/DS1000Z programming guide: 12 divisions of time, 1200 points on the screen, memory depth =
sample rate x waveform length (2-7), at most 250000 points a read in BYTE, 125000 in WORD and 15625
in ASCii. Data sheet: 1 GSa/s with one channel, 500 MSa/s with two, 250 MSa/s with more; DC gain
3 % of full scale from 10 mV a division, 4 % below; time base 25 ppm. Remembered: the guide gives
yincrement = scale / 25 and a reference of 127. Noise is assumed: 0.02 divisions.
"""

from __future__ import annotations

CHANNELS = (1, 2, 3, 4)
DIVISIONS, SCREEN_POINTS, HEIGHT = 12, 1200, 8
CODES_PER_DIVISION, REFERENCE = 25, 127

RATES = {0: 1e9, 1: 1e9, 2: 500e6, 3: 250e6, 4: 250e6}
"""Highest sample rate in 1/s by the number of channels that are on."""

DEPTHS = {1: 12_000, 2: 6_000, 3: 3_000, 4: 3_000}
"""Smallest memory depth by the number of channels; the others are 10, 100, 1000 and 2000 times."""

DEPTH_FACTORS = (1, 10, 100, 1000, 2000)
AUTO_DEPTH = 600_000
"""Points of depth AUTO, at most; assumed."""

READ_LIMITS = {"BYTE": 250_000, "WORD": 125_000, "ASCii": 15_625}
"""Points of one `:WAVeform:DATA?`."""

TIME_SCALES = tuple(
    mantissa * 10.0**power
    for power in range(-9, 2)
    for mantissa in (1, 2, 5)
    if 4e-9 < mantissa * 10.0**power < 60.0
)
"""5 ns to 50 s a division."""

VOLT_SCALES = (*(m * 10.0**power for power in range(-3, 1) for m in (1, 2, 5)), 10.0)
"""1 mV to 10 V a division, probe 1:1."""

GAIN_ERROR, OFFSET_ERROR, TIME_ERROR = 0.03, 0.1, 25e-6
"""Of full scale, in divisions, relative."""

NOISE = 0.02
"""Standard deviation of a sample in divisions."""

AUTO_WAIT = 0.1
"""Seconds after which the sweep AUTO goes on without a trigger, assumed."""

LEAST_SIGNAL = 0.4
"""Divisions from base to top below which no edge is found."""

NO_VALUE = "9.9E37"
PROBES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Probe ratios that may be set."""
