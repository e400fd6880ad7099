import Synchronization

/// What the studio counts, in the text form that Prometheus reads.
final class Counters: Sendable {
    private struct State {
        var requests: [Int: Int] = [:]
        var seconds = 0.0
        var jobs: [String: Int] = [:]
        var pictures = 0
    }

    private let state = Mutex(State())

    /// Counts an answered request.
    func count(_ status: Int, _ time: Duration) {
        state.withLock { state in
            state.requests[status, default: 0] += 1
            state.seconds +=
                Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        }
    }

    /// Counts what a job became.
    func count(job: String, pictures: Int = 0) {
        state.withLock { state in
            state.jobs[job, default: 0] += 1
            state.pictures += pictures
        }
    }

    /// All counts.
    func text(listeners: Int, waiting: Int) -> String {
        let state = state.withLock { $0 }
        var lines = [
            "# HELP atelier_http_requests_total Requests that were answered.",
            "# TYPE atelier_http_requests_total counter",
        ]
        lines += state.requests.sorted { $0.key < $1.key }.map {
            "atelier_http_requests_total{status=\"\($0.key)\"} \($0.value)"
        }
        lines += [
            "# HELP atelier_http_seconds_total Time until answers began.",
            "# TYPE atelier_http_seconds_total counter",
            "atelier_http_seconds_total \(state.seconds)",
            "# HELP atelier_jobs_total Jobs by what became of them.",
            "# TYPE atelier_jobs_total counter",
        ]
        lines += state.jobs.sorted { $0.key < $1.key }.map {
            "atelier_jobs_total{state=\"\($0.key)\"} \($0.value)"
        }
        lines += [
            "# HELP atelier_pictures_total Pictures that were drawn.",
            "# TYPE atelier_pictures_total counter",
            "atelier_pictures_total \(state.pictures)",
            "# HELP atelier_jobs_waiting Jobs that wait.",
            "# TYPE atelier_jobs_waiting gauge",
            "atelier_jobs_waiting \(waiting)",
            "# HELP atelier_event_streams Streams of events that are open.",
            "# TYPE atelier_event_streams gauge",
            "atelier_event_streams \(listeners)",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
