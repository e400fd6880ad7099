import Foundation
import Hub
import Synchronization

/// Says now and then how far a file is, how fast it comes and how long it takes.
final class FetchPace: Sendable {
    private struct State {
        var path = ""
        var begun = 0
        var since = Date()
        var said = Date.distantPast
    }

    private let state = Mutex(State())
    private let output: OutputOptions

    /// A pace that nothing is known of.
    init(_ output: OutputOptions) { self.output = output }

    /// Takes note of how far a file is.
    @Sendable func tell(_ progress: Hub.Progress) {
        let line = state.withLock { state -> String? in
            let now = Date()
            if state.path != progress.path {
                state = State(path: progress.path, begun: progress.done, since: now)
            }
            let isDone = progress.done == progress.all
            guard isDone || now.timeIntervalSince(state.said) >= 5 else { return nil }
            state.said = now
            let rate =
                Double(progress.done - state.begun) / max(now.timeIntervalSince(state.since), 0.001)
            return FetchPace.line(progress, rate: rate, isDone: isDone)
        }
        if let line { Console.say(line, output) }
    }

    private static func line(_ progress: Hub.Progress, rate: Double, isDone: Bool) -> String {
        func size(_ bytes: Int) -> String {
            bytes < 1_000_000
                ? String(format: "%.1f kB", Double(bytes) / 1e3)
                : String(format: "%.1f MB", Double(bytes) / 1e6)
        }
        guard let all = progress.all, !isDone else {
            return "\(progress.path): \(size(progress.done))\(isDone ? ", whole" : "")"
        }
        let left = rate > 0 ? Int(min(Double(all - progress.done) / rate, 1e9)) : 0
        return "\(progress.path): \(progress.done * 100 / max(all, 1)) % of \(size(all)), "
            + "\(size(Int(rate)))/s, \(left / 60) min \(left % 60) s left"
    }
}
