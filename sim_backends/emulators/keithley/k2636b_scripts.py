"""Factory script KISweep: sweeps that are there after power-on (2600BS-901-01, "KISweep")."""

FACTORY_SCRIPTS = """
function _sweep(smu, volts, levels, stime)
  smu.nvbuffer1.clear()
  smu.nvbuffer1.appendmode = 1
  if volts then smu.source.func = smu.OUTPUT_DCVOLTS else smu.source.func = smu.OUTPUT_DCAMPS end
  smu.source.output = smu.OUTPUT_ON
  for index = 1, table.getn(levels) do
    if volts then smu.source.levelv = levels[index] else smu.source.leveli = levels[index] end
    delay(stime)
    if volts then smu.measure.i(smu.nvbuffer1) else smu.measure.v(smu.nvbuffer1) end
  end
  if volts then smu.source.levelv = 0 else smu.source.leveli = 0 end
  smu.source.output = smu.OUTPUT_OFF
end
function _linear(start, stop, points)
  local levels = {}
  for index = 1, points do
    levels[index] = start + (stop - start) * (index - 1) / (points - 1)
  end
  return levels
end
function _log(start, stop, points)
  local levels = {}
  for index = 1, points do
    levels[index] = start * (stop / start) ^ ((index - 1) / (points - 1))
  end
  return levels
end
function SweepVLinMeasureI(smu, start, stop, stime, points)
  _sweep(smu, true, _linear(start, stop, points), stime)
end
function SweepILinMeasureV(smu, start, stop, stime, points)
  _sweep(smu, false, _linear(start, stop, points), stime)
end
function SweepVLogMeasureI(smu, start, stop, stime, points)
  _sweep(smu, true, _log(start, stop, points), stime)
end
function SweepILogMeasureV(smu, start, stop, stime, points)
  _sweep(smu, false, _log(start, stop, points), stime)
end
function SweepVListMeasureI(smu, levels, stime, points)
  _sweep(smu, true, levels, stime)
end
function SweepIListMeasureV(smu, levels, stime, points)
  _sweep(smu, false, levels, stime)
end
"""
