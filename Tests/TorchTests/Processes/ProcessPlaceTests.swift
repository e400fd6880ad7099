import Testing
import Torch

@Suite struct ProcessPlaceTests {
    private static let two = [
        "RANK": "1", "WORLD_SIZE": "2", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2",
        "MASTER_ADDR": "10.0.0.1", "MASTER_PORT": "29500",
    ]

    @Test func variablesOfTorchrunAreAPlace() throws {
        let place = try ProcessPlace(variables: Self.two)
        #expect(
            place == ProcessPlace(rank: 1, count: 2, localCount: 2, host: "10.0.0.1", port: 29_500)
        )
        let kept = Self.two.merging(
            ["TORCHELASTIC_USE_AGENT_STORE": "True", "TORCHELASTIC_RESTART_COUNT": "3"]
        ) { $1 }
        #expect(try ProcessPlace(variables: kept)?.launcherPrefix == "/worker/attempt_3")
    }

    @Test func oneProcessOrNoneIsNoPlace() throws {
        #expect(try ProcessPlace(variables: [:]) == nil)
        #expect(try ProcessPlace(variables: ["RANK": "0", "WORLD_SIZE": "1"]) == nil)
        // A script of sbatch that starts one process.
        #expect(try ProcessPlace(variables: ["SLURM_NTASKS": "4", "SLURM_PROCID": "0"]) == nil)
    }

    @Test func aStepOfSlurmIsAPlace() throws {
        let place = try ProcessPlace(variables: [
            "SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "3", "SLURM_LOCALID": "1",
            "SLURM_STEP_NODELIST": "node[07-08],big1", "SLURM_JOB_ID": "20011",
            "SLURM_STEP_NUM_NODES": "2",
        ])
        #expect(
            place == ProcessPlace(rank: 3, count: 4, localRank: 1, host: "node07", port: 20_011)
        )
        #expect(ProcessPlace.firstNode("big1,node[07-08]") == "big1")
        #expect(ProcessPlace.firstNode("") == nil)
    }

    @Test(arguments: [
        ("RANK", "2"), ("RANK", "x"), ("WORLD_SIZE", "0"), ("WORLD_SIZE", ""), ("LOCAL_RANK", "-1"),
        ("LOCAL_RANK", "2"), ("LOCAL_WORLD_SIZE", "1"), ("MASTER_ADDR", ""), ("MASTER_PORT", "0"),
        ("MASTER_PORT", "99999999999999999999"),
    ])
    func aBadVariableIsNamed(_ name: String, _ value: String) {
        var variables = Self.two
        variables[name] = value
        let error = #expect(throws: ProcessGroupError.self) {
            try ProcessPlace(variables: variables)
        }
        let blamed = name == "LOCAL_WORLD_SIZE" ? "LOCAL_RANK" : name
        #expect(error?.description.hasPrefix("the variable \(blamed) ") == true)
    }
}
