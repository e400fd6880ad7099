import Runs

/// What a run has cost so far.
struct RunCost {
    /// Rows for people: what, and how much.
    let rows: [(name: String, value: String)]

    /// Reads the latest figures of time and memory.
    init(of run: RunRecord) {
        func last(_ name: String) -> Double? { run.points(name).last?.y }
        var rows: [(name: String, value: String)] = []
        if let status = run.status {
            rows.append(("pictures shown", "\(status.images)"))
            rows.append(("steps", "\(status.step)"))
            rows.append(("passes begun", "\(status.epoch)"))
        }
        if let seconds = last("Timing/total_sec") {
            rows.append(("time", PlainDuration.text(seconds)))
        }
        let rates = run.points("Timing/images_per_sec").map(\.y).sorted()
        if !rates.isEmpty {
            rows.append(("pictures a second, median", Markup.figure(rates[rates.count / 2])))
        }
        if let memory = run.points("Resources/cpu_mem_gb").map(\.y).max() {
            rows.append(("memory at most", "\(Markup.figure(memory)) GB"))
        }
        if let memory = run.points("Resources/peak_gpu_mem_gb").map(\.y).max(), memory > 0 {
            rows.append(("memory of the GPU at most", "\(Markup.figure(memory)) GB"))
        }
        self.rows = rows
    }
}
