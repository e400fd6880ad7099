import Foundation

/// What the threads of one operation do while they wait for each other: turn in circles, or sleep.
///
/// Turning is quickest as long as nobody else wants the processor; else it takes the processor from
/// the very thread that is waited for. Which numbers come out does not depend on it.
///
/// OpenMP reads its settings once, when it is loaded. But GNU's library lets threads sleep, too, while
/// a program has more of its threads than the machine has processors; so a second team of
/// threads, which does nothing, is the switch.
enum WaitingThreads {
    /// The commands that have no work for several threads.
    private static let easy: Set = [
        "", "data", "doctor", "help", "info", "recipes", "report", "serve",
    ]

    /// Watches, as long as the command runs, whether other programs want the processor.
    static func sleepWhereOthersWork(_ command: String) {
        let environment = ProcessInfo.processInfo.environment
        guard !easy.contains(command), !command.hasPrefix("-"),
            environment["OMP_WAIT_POLICY"] == nil,
            environment["GOMP_SPINCOUNT"] == nil, let fork
        else { return }
        let watch = Thread {
            var team: IdleTeam?
            var last = ProcessorTime.now
            // Processors that this program took at once; those must be free before its threads turn again.
            var most = 0.0
            // What is known before anything was measured: others that run at this moment.
            if ProcessorTime.isAnotherRunning { team = IdleTeam(fork) }
            while true {
                Thread.sleep(forTimeInterval: 0.5)
                guard let before = last, let now = ProcessorTime.now else { return }
                guard let (own, others) = now.processors(since: before) else { continue }
                last = now
                most = max(most, own)
                // Where half a processor stays free, nobody takes one from a thread that is waited for.
                let isFree = others + most < Double(ProcessInfo.processInfo.processorCount) - 0.5
                if others > 0.3, !isFree, team == nil { team = IdleTeam(fork) }
                if others < 0.1 || isFree, let idle = team {
                    idle.end()
                    team = nil
                }
            }
        }
        watch.name = "waiting threads"
        watch.start()
    }

    /// Starts a team of threads: the function, its argument, how many threads, flags.
    typealias Fork =
        @convention(c) (
            @convention(c) (UnsafeMutableRawPointer?) -> Void, UnsafeMutableRawPointer?, UInt32,
            UInt32
        ) -> Void

    /// GNU's entry to a parallel region, where that library is loaded.
    private static let fork: Fork? = {
        #if os(Linux)
        guard let symbol = dlsym(nil, "GOMP_parallel") else { return nil }
        return unsafeBitCast(symbol, to: Fork.self)
        #else
        return nil
        #endif
    }()
}

/// A team of threads with nothing to do; it sleeps until it ends.
private final class IdleTeam: Sendable {
    private let ended = DispatchSemaphore(value: 0)

    init(_ fork: @escaping WaitingThreads.Fork) {
        let count = UInt32(ProcessInfo.processInfo.processorCount + 1)
        let ended = ended
        Thread {
            fork({ _ in }, nil, count, 0)
            ended.wait()
        }.start()
    }

    func end() { ended.signal() }
}

/// Seconds that this machine's processors worked, and what of it was this process.
private struct ProcessorTime {
    private let clock: Double
    private let all: Double
    private let own: Double

    /// Nothing where the system does not say.
    static var now: ProcessorTime? {
        guard let line = try? String(contentsOfFile: "/proc/stat", encoding: .utf8).prefix(200)
        else {
            return nil
        }
        // cpu user nice system idle iowait irq softirq …, in hundredths of a second.
        let fields = line.split(whereSeparator: \.isWhitespace).dropFirst().prefix(7).map {
            Double($0)
        }
        guard fields.count == 7 else { return nil }
        let worked = [0, 1, 2, 5, 6].reduce(0) { $0 + (fields[$1] ?? 0) } / 100
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
        return ProcessorTime(
            clock: ProcessInfo.processInfo.systemUptime,
            all: worked,
            own: Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
        )
    }

    /// How many processors this program and the others had on average; nothing where too little time has passed.
    func processors(since before: ProcessorTime) -> (own: Double, others: Double)? {
        let passed = clock - before.clock
        guard passed >= 0.4 else { return nil }
        let own = own - before.own
        return (own / passed, (all - before.all - own) / passed)
    }

    /// Whether something else than this thread runs at this moment.
    static var isAnotherRunning: Bool {
        guard
            let words = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
                .split(separator: " "), words.count > 3,
            let running = words[3].split(separator: "/").first.flatMap({ Int($0) })
        else { return false }
        return running > 1
    }
}
