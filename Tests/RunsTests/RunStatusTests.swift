import Foundation
import Runs
import TestSupport
import Testing

@Suite("The status of a run")
struct RunStatusTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test("is written in known words and read back")
    func roundTrip() throws {
        let url = folder.url.appending(path: "status.json")
        let began = Date(timeIntervalSince1970: 1_700_000_000)
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())
        var running = RunStatus(step: 7, images: 1792, epoch: 1, now: now)
        try running.write(to: url)
        #expect(try RunStatus.read(url) == running)
        #expect(running.isProcessAlive)
        running.started = began
        let ended = running.ended(
            .nonFinite,
            message: "the loss is not a number",
            now: began + 60
        )
        try ended.write(to: url)
        #expect(try RunStatus.read(url) == ended)
        let text = try String(contentsOf: url, encoding: .utf8)
        for part in [
            #""state" : "failed""#, #""reason" : "non_finite""#, #""exit_code" : 4"#,
            #""step" : 7"#, #""pid" : \#(running.process)"#,
            #""started" : "2023-11-14T22:13:20Z""#, #""updated" : "2023-11-14T22:14:20Z""#,
        ] {
            #expect(text.contains(part))
        }
    }

    @Test(
        "every reason has its state and exit status",
        arguments: [
            (RunStatus.Reason.completed, RunStatus.State.finished, 0),
            (.earlyStopping, .finished, 0), (.limit, .stopped, 0), (.interrupted, .stopped, 130),
            (.terminated, .stopped, 143), (.nonFinite, .failed, 4), (.error, .failed, 1),
        ]
    )
    func reasons(_ reason: RunStatus.Reason, _ state: RunStatus.State, _ code: Int) {
        let status = RunStatus().ended(reason)
        #expect(status.state == state)
        #expect(status.exitCode.map(Int.init) == code)
    }

    @Test("a run whose process is gone has failed, whatever the file says")
    func gone() throws {
        let url = folder.url.appending(path: "status.json")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "exit 0"]
        try process.run()
        process.waitUntilExit()
        var dead = RunStatus(step: 7)
        dead.process = process.processIdentifier
        // Numbers that mean other things to the system than one process.
        var odd = RunStatus(step: 7)
        odd.process = -1
        // The number belongs to this process now, which is younger than the file.
        let old = RunStatus(step: 7, now: Date(timeIntervalSince1970: 1_000_000_000))
        for status in [dead, odd, old] {
            try status.write(to: url)
            let found = try RunStatus.read(url)
            #expect(found.state == .failed && found.reason == .error && found.step == 7)
            #expect(found.message.contains("\(status.process)"))
            #expect(found.updated.timeIntervalSince(status.updated).magnitude < 1)
        }
        // Nothing is known of processes on other machines.
        var elsewhere = dead
        elsewhere.host = "elsewhere.example"
        try elsewhere.write(to: url)
        #expect(try RunStatus.read(url).state == .running)
    }

    @Test("what is no status is an error that names the file")
    func malformed() throws {
        let url = folder.url.appending(path: "status.json")
        try Data(#"{"state": "asleep"}"#.utf8).write(to: url)
        #expect {
            try RunStatus.read(url)
        } throws: {
            "\($0)".contains(url.path) && "\($0)".contains("not a status")
        }
    }
}
