from __future__ import annotations

from sim_backends.emulators.mpi.sentio import EMULATOR
from sim_backends.models.probe_chuck import BareChuck, Project, ThermalChuck, round_map
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

WAFER = Project(round_map(5), (5e-3, 4e-3))


class Host(Talk):
    def __init__(self, *, native: bool = True) -> None:
        self.chuck = BareChuck({"wafer": WAFER}, ThermalChuck.at_rest(23.0, 0.0))
        super().__init__(EMULATOR(self.chuck, serial="SIM-7", rng=stream(1, "sentio")))
        if native:
            self.send(b"*RCS 1\n")

    def said(self, text: str, patience: float = 40.0) -> str:
        answer = self.answer(text.encode("ascii") + b"\n", patience).decode("latin-1")
        return answer.removesuffix("\n")

    def aligned(self) -> Host:
        assert self.said("open_project wafer, False") == "0,0,OK"
        assert self.said("vis:align_wafer") == "0,0,OK"
        return self


def test_a_round_wafer_has_whole_dies_alone_and_the_home_die_first() -> None:
    assert WAFER.dies[0] == (0, 0)
    assert len(set(WAFER.dies)) == len(WAFER.dies) == 9
    assert (2, 0) not in WAFER.dies and (1, 1) in WAFER.dies


def test_commands_are_known_after_the_set_was_chosen() -> None:
    host = Host(native=False)
    assert host.said("status:get_machine_id").startswith("3,0,")
    assert host.said("*IDN?") == "MPI,SENTIO,SIM-7,25.2.0"
    host.send(b"*RCS 1\n")
    assert host.said("status:get_machine_id") == "0,0,SIM-7"


def test_a_step_goes_to_the_die_and_its_subsite_within_some_micrometres() -> None:
    host = Host().aligned()
    assert host.said("map:subsite:add pad, 250, -100, UpRight") == "0,0,1"
    assert host.said("map:step_die 1, -1, 1") == "0,0,1,-1,1"
    x, y = host.chuck.position
    assert abs(x - 5.25e-3) < 6e-6 and abs(y + 4.1e-3) < 6e-6
    assert host.said("map:die:get_current_index").endswith(",1,-1")
    column, row = WAFER.dies[-1]
    assert host.said(f"map:step_die {column}, {row}") == f"1024,0,{column},{row},0"
    assert host.said("map:step_die 9, 9").startswith("8,0,")


def test_contact_is_left_on_the_way_as_the_mode_says() -> None:
    host = Host().aligned()
    assert host.said("move_chuck_contact") == "0,0,10500.0"
    assert host.said("get_chuck_z Contact") == "0,0,0.0"
    host.said("map:step_die 1, 0")
    assert host.chuck.touching
    host.said("set_stepping_contact_mode LockContact")
    assert host.said("map:step_die 0, 0").startswith("38,0,")
    host.said("set_stepping_contact_mode StepToSeparation")
    host.said("map:step_die 0, 0")
    assert not host.chuck.touching
    assert host.said("get_chuck_z Contact") == "0,0,-300.0"
    assert host.said("setup:contact_counter:get") == "0,0,2"
    assert len(host.chuck.touched) == 2


def test_nothing_is_stepped_to_without_project_and_alignment() -> None:
    host = Host()
    assert host.said("map:get_num_dies Present").startswith("15,0,")
    assert host.said("open_project other, False").startswith("9,0,")
    host.said("open_project wafer, False")
    assert host.said("map:step_die 0, 0").startswith("12,0,")
    assert host.said("map:die:get_current_index").startswith("12,0,")


def test_the_wafer_is_not_let_go_under_the_probes() -> None:
    host = Host().aligned()
    host.said("move_chuck_contact")
    assert host.said("set_vacuum Wafer, False").startswith("12,0,")
    host.said("move_chuck_separation")
    assert host.said("set_vacuum Wafer, False") == "0,0,OK"
    assert host.said("move_chuck_contact").startswith("2,0,")


def test_the_chuck_goes_to_its_set_point_and_the_door_is_told() -> None:
    host = Host()
    assert host.said("status:set_chuck_temp 60.00, False") == "0,0,OK"
    assert host.said("status:get_chuck_temp_setpoint") == "0,0,60.00"
    host.run(400.0)
    assert abs(float(host.said("status:get_chuck_temp").split(",")[2]) - 60.0) < 0.02
    assert host.said("status:set_chuck_temp 500, False").startswith("8,0,")
    assert host.said("get_door_status prober") == "0,0,1,1"
    host.chuck.closed = False
    assert host.said("get_door_status prober") == "0,0,0,0"
    assert host.said("get_door_status roof").startswith("6,0,")
    assert host.said("set_vacuum Wafer").startswith("7,0,")
