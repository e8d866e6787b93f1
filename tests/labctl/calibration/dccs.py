"""Digital Calibration Certificates of made-up instruments, written after the schema."""

from __future__ import annotations

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si"
 schemaVersion="{version}">
 <dcc:administrativeData>
  <dcc:dccSoftware><dcc:software><dcc:name><dcc:content>by hand</dcc:content></dcc:name>
   <dcc:release>1</dcc:release></dcc:software></dcc:dccSoftware>
  <dcc:coreData>
   <dcc:countryCodeISO3166_1>DE</dcc:countryCodeISO3166_1>
   <dcc:usedLangCodeISO639_1>en</dcc:usedLangCodeISO639_1>
   <dcc:mandatoryLangCodeISO639_1>en</dcc:mandatoryLangCodeISO639_1>
   <dcc:uniqueIdentifier>EX-2026-0042</dcc:uniqueIdentifier>
   <dcc:beginPerformanceDate>2026-02-09</dcc:beginPerformanceDate>
   <dcc:endPerformanceDate>2026-02-10</dcc:endPerformanceDate>
   <dcc:performanceLocation>laboratory</dcc:performanceLocation>
  </dcc:coreData>
  <dcc:items>{items}</dcc:items>
  <dcc:calibrationLaboratory>
   <dcc:calibrationLaboratoryCode>D-K-00000</dcc:calibrationLaboratoryCode>
   <dcc:contact>
    <dcc:name><dcc:content lang="de">Beispiel GmbH</dcc:content>
     <dcc:content lang="en">Example Ltd</dcc:content></dcc:name>
    <dcc:eMail>nobody@example.org</dcc:eMail>
    <dcc:location><dcc:city>Nowhere</dcc:city></dcc:location>
   </dcc:contact>
  </dcc:calibrationLaboratory>
  <dcc:statements>{statements}</dcc:statements>
 </dcc:administrativeData>
 <dcc:measurementResults>{results}</dcc:measurementResults>
</dcc:digitalCalibrationCertificate>
"""

ITEM = """
   <dcc:item><dcc:name><dcc:content lang="en">Multimeter</dcc:content></dcc:name>
    <dcc:manufacturer><dcc:name><dcc:content>Maker</dcc:content></dcc:name></dcc:manufacturer>
    <dcc:model>M1</dcc:model>
    <dcc:identifications>
     <dcc:identification><dcc:issuer>manufacturer</dcc:issuer><dcc:value>04501234</dcc:value>
      <dcc:name><dcc:content lang="en">Serial no.</dcc:content></dcc:name></dcc:identification>
     <dcc:identification><dcc:issuer>customer</dcc:issuer><dcc:value>inventory 7</dcc:value>
      <dcc:name><dcc:content lang="en">Serial no. of ours</dcc:content></dcc:name>
     </dcc:identification>
    </dcc:identifications></dcc:item>"""

RECALIBRATION = """<dcc:statement refType="basic_recalibration">
   <dcc:date>2027-02-10</dcc:date></dcc:statement>"""

TEMPERATURE = """<dcc:influenceCondition refType="basic_temperature">
   <dcc:name><dcc:content lang="en">Temperature</dcc:content></dcc:name>
   <dcc:data>
    <dcc:quantity refType="basic_temperatureMin"><si:real><si:value>295.65</si:value>
     <si:unit>\\kelvin</si:unit></si:real></dcc:quantity>
    <dcc:quantity refType="basic_temperatureMax"><si:hybrid>
     <si:real><si:value>23.5</si:value><si:unit>\\degreecelsius</si:unit></si:real></si:hybrid>
    </dcc:quantity>
   </dcc:data></dcc:influenceCondition>"""

EXPANDED = """<si:measurementUncertaintyUnivariateXMLList><si:expandedMUXMLList>
  <si:valueExpandedMUXMLList>{U}</si:valueExpandedMUXMLList>
  <si:coverageFactorXMLList>{k}</si:coverageFactorXMLList>
  <si:coverageProbabilityXMLList>{p}</si:coverageProbabilityXMLList>
  {distribution}</si:expandedMUXMLList></si:measurementUncertaintyUnivariateXMLList>"""


def expanded(size: str, k: str = "2", p: str = "0.95", distribution: str = "normal") -> str:
    """An uncertainty as D-SI 2 states it."""
    word = f"<si:distributionXMLList>{distribution}</si:distributionXMLList>"
    return EXPANDED.format(U=size, k=k, p=p, distribution=word if distribution else "")


def quantity(kind: str, values: str, unit: str, more: str = "", meta: str = "") -> str:
    """A `dcc:quantity` with a list of values."""
    return (
        f'<dcc:quantity refType="{kind}"><si:realListXMLList><si:valueXMLList>{values}'
        f"</si:valueXMLList><si:unitXMLList>{unit}</si:unitXMLList>{more}"
        f"</si:realListXMLList>{meta}</dcc:quantity>"
    )


READINGS = quantity("basic_measuredValue", "1.0 5.0 9.0", "\\volt")
ERRORS = quantity("basic_measurementError", "10 -20 45", "\\micro\\volt", expanded("12 30 50"))
REFERENCES = quantity("basic_referenceValue", "0.99999 5.00002 8.999955", "\\volt")


def table(*quantities: str) -> str:
    """A `dcc:list`."""
    return f"<dcc:list>{''.join(quantities)}</dcc:list>"


def result(*groups: str, name: str = "DC voltage, 10 V") -> str:
    """A `dcc:result` with groups of quantities."""
    data = f"<dcc:data>{''.join(groups)}</dcc:data>"
    called = f'<dcc:name><dcc:content lang="en">{name}</dcc:content></dcc:name>'
    return f"<dcc:result>{called}{data}</dcc:result>"


def measured(*results: str, conditions: str = TEMPERATURE, name: str = "Measurements") -> str:
    """A `dcc:measurementResult`."""
    return (
        f'<dcc:measurementResult><dcc:name><dcc:content lang="en">{name}</dcc:content></dcc:name>'
        f"<dcc:influenceConditions>{conditions}</dcc:influenceConditions>"
        f"<dcc:results>{''.join(results)}</dcc:results></dcc:measurementResult>"
    )


def adjusted(status: str, data: str = "<dcc:text/>") -> str:
    """An influence condition that tells of an adjustment."""
    return (
        f'<dcc:influenceCondition refType="basic_adjustment"><dcc:status>{status}</dcc:status>'
        f"<dcc:data>{data}</dcc:data></dcc:influenceCondition>"
    )


def conformity(word: str) -> str:
    """A statement of conformity to a quantity."""
    return (
        '<dcc:measurementMetaData><dcc:metaData refType="basic_conformity">'
        f"<dcc:conformityXMLList>{word}</dcc:conformityXMLList></dcc:metaData>"
        "</dcc:measurementMetaData>"
    )


def dcc(
    *results: str,
    version: str = "3.3.0",
    items: str = ITEM,
    statements: str = RECALIBRATION,
) -> bytes:
    """The file."""
    whole = "".join(results) or measured(result(table(READINGS, REFERENCES, ERRORS)))
    text = HEAD.format(version=version, items=items, statements=statements, results=whole)
    return text.encode("utf-8")
