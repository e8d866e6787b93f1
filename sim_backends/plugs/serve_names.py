"""What the served instruments are called: maker and model, as a catalogue of instruments does."""

from __future__ import annotations

MODELS = {
    "alicat.m": "Alicat M-20SLPM-D",
    "alicat.mc": "Alicat MC-20SLPM-D",
    "apc.smart_ups": "APC Smart-UPS SMT",
    "ble.environmental": "Environmental Sensing node, Bluetooth Low Energy",
    "bronkhorst.propar": "Bronkhorst EL-FLOW Select",
    "california_instruments.sequoia": "California Instruments Sequoia",
    "eurotherm.e3216": "Eurotherm 3216",
    "files.andi": "labctl GC-1 gas chromatograph, ANDI/AIA files",
    "files.chi_text": "CH Instruments CHI660E, text files",
    "files.gwy": "labctl AFM-1 microscope, GWY files",
    "files.hdf5": "labctl BP-16 beam profiler, HDF5 files",
    "files.jcamp_dx": "labctl SP-1 spectrometer, JCAMP-DX files",
    "files.klarf": "labctl WI-1 wafer inspection, KLARF files",
    "files.land_csv": "LAND battery tester, CSV exports",
    "files.logger": "labctl FC-500 frame detector, TDMS files",
    "files.neware_csv": "Neware BTS, CSV exports",
    "files.picture": "labctl LT-48 light table, OME-TIFF files",
    "files.png": "labctl BP-16 beam profiler, PNG files",
    "files.quantum_efficiency_csv": "labctl QE-1 quantum efficiency system, CSV files",
    "files.spectrum_csv": "labctl SP-1 spectrometer, CSV files",
    "files.storyboard": "labctl camera of an abuse bench, pictures in time",
    "files.tdms": "labctl TM-10 tensile machine, TDMS files",
    "files.tensile_csv": "labctl TM-10 tensile machine, CSV files",
    "files.tiff": "labctl BP-16 beam profiler, TIFF files",
    "files.touchstone": "labctl NA-8 network analyzer, Touchstone files",
    "files.wafer_csv": "labctl WT-1 wafer gauge, CSV files",
    "files.x3p": "labctl AFM-1 microscope, X3P files",
    "files.xrdml": "labctl XD-1 diffractometer, XRDML files",
    "gentec.maestro": "Gentec-EO Maestro",
    "hioki.bt4560": "Hioki BT4560",
    "iorodeo.rodeostat": "IO Rodeo Rodeostat",
    "keithley.daq6510": "Keithley DAQ6510",
    "keithley.dmm6500": "Keithley DMM6500",
    "keithley.dmm6500_scan": "Keithley DMM6500 with 2000-SCAN",
    "keithley.k2400": "Keithley 2400",
    "keithley.k2450": "Keithley 2450",
    "keithley.k2636b": "Keithley 2636B",
    "keller.pa33x": "Keller PA-33X",
    "keysight.e4980a": "Keysight E4980A",
    "lake_shore.m336": "Lake Shore 336",
    "llp.bend1": "labctl LLP-BEND1",
    "llp.nail1": "labctl LLP-NAIL1",
    "llp.sol1": "labctl LLP-SOL1",
    "llp.sol2": "labctl LLP-SOL2",
    "mettler_toledo.ms_precision": "Mettler-Toledo MS4002S",
    "mettler_toledo.mt_sics": "Mettler-Toledo XS204",
    "mitutoyo.digimatic": "Mitutoyo Digimatic caliper",
    "mqtt.gateway": "labctl MGW1 data gateway, MQTT",
    "neware.bts": "Neware BTS 8.0",
    "neware.high_current": "Neware BTS 8.0, 300 A",
    "mpi.sentio": "MPI SENTIO",
    "new_era.ne1000": "New Era NE-1000",
    "newport.esp301": "Newport ESP301",
    "ophir.vega": "Ophir Vega",
    "palmsens.emstat_pico": "PalmSens EmStat Pico",
    "replay": "recorded trace",
    "rigol.dl3021": "Rigol DL3021",
    "rigol.dp832": "Rigol DP832",
    "rigol.ds1054z": "Rigol DS1054Z",
    "site1.controller": "labctl SITE1 site controller, Modbus TCP",
    "site1.dispatch": "labctl SITE1 site controller, MQTT",
    "srs.rga": "Stanford Research RGA200",
    "sunspec.storage": "SunSpec storage",
    "sunspec.battery_bank": "SunSpec battery bank",
    "tdk_lambda.genesys_plus": "TDK-Lambda GSP10-1500",
    "thorlabs.pm100d": "Thorlabs PM100D",
    "thorlabs.sc10": "Thorlabs SC10",
    "vaisala.gmp252": "Vaisala GMP252",
    "watlow.f4t": "Watlow F4T",
    "watlow.f4t_resting": "Watlow F4T, at rest for years",
    "winsen.mhz19b": "Winsen MH-Z19B",
    "yokogawa.aq6370": "Yokogawa AQ6370D",
    "yokogawa.wt310e": "Yokogawa WT310E",
}


def model(emulator: str) -> str:
    """Maker and model of an emulator by its name; another lab's is called by the name itself."""
    return MODELS.get(emulator, emulator)


BAUDRATES = {
    "bronkhorst.propar": 38400,
    "srs.rga": 28800,
    "alicat.m": 19200,
    "alicat.mc": 19200,
    "keller.pa33x": 9600,
    "mettler_toledo.mt_sics": 9600,
    "new_era.ne1000": 19200,
    "newport.esp301": 19200,
    "ophir.vega": 9600,
    "palmsens.emstat_pico": 230400,
    "thorlabs.sc10": 9600,
    "winsen.mhz19b": 9600,
}
"""Line speeds as delivered, for the address of a serial port; a pseudo-terminal has no speed."""


def baudrate(emulator: str) -> int:
    """Line speed in baud; 115200 where the table does not say."""
    return BAUDRATES.get(emulator, 115200)
