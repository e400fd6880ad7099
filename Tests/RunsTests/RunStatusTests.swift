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
        let running = RunStatus(step: 7, images: 1792, epoch: 1, now: began)
        try running.write(to: url)
        #expect(try RunStatus.read(url) == running)
        #expect(running.isProcessAlive)
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
