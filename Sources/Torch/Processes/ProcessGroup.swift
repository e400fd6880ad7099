import CTorch
import Foundation
import Synchronization

/// The processes that compute one thing together, each with its share of every batch.
///
/// Share: process r of n has the pictures r, r + n, r + 2n … of the whole batch. So groups of pictures that
/// layers compare with each other stay together, and the first half of a share is its share of the first half.
///
/// `@unchecked Sendable` because the handle never changes and is used by one thread at a time: the one that
/// trains.
public final class ProcessGroup: @unchecked Sendable {
    /// The group whose share of a batch the code at hand works on; nil where it has the whole batch.
    @TaskLocal public static var current: ProcessGroup?

    /// Where this process stands.
    public let place: ProcessPlace
    let handle: OpaquePointer
    private let trouble = Mutex<String?>(nil)

    /// The number of this process.
    public var rank: Int { place.rank }
    /// How many processes there are.
    public var count: Int { place.count }
    /// Whether this process leads.
    public var leads: Bool { place.leads }

    /// Whether this build can have groups at all.
    public static var isBuilt: Bool { ctorch_group_has(CTORCH_GLOO) }

    /// Meets the others; returns when all are there.
    ///
    /// - Parameters:
    ///   - place: Where this process stands.
    ///   - interface: The network interface to be reached at, as GLOO_SOCKET_IFNAME names it; nil to look.
    ///   - timeout: Seconds that the others are waited for, at first and in each exchange.
    /// - Throws: `ProcessGroupError`.
    public init(
        _ place: ProcessPlace,
        interface: String? = nil,
        timeout: Double = 1800
    ) throws(ProcessGroupError) {
        guard ProcessGroup.isBuilt else { throw .notBuilt }
        let isOneMachine = place.localCount == place.count
        let address = isOneMachine && interface == nil ? "127.0.0.1" : ""
        var result: OpaquePointer?
        let status = place.host.withCString { host in
            (place.launcherPrefix ?? "").withCString { prefix in
                address.withCString { address in
                    (interface ?? "").withCString { interface in
                        var raw = ctorch_group_place()
                        raw.transport = CTORCH_GLOO
                        raw.host = host
                        raw.port = Int32(place.port)
                        raw.keeps_store = place.leads && place.launcherPrefix == nil
                        raw.prefix = prefix
                        raw.address = address
                        raw.interface = interface
                        raw.rank = Int32(place.rank)
                        raw.count = Int32(place.count)
                        raw.timeout = timeout
                        return ctorch_group_open(&raw, &result)
                    }
                }
            }
        }
        guard status == 0, let result else {
            throw .notMet(place: "\(place.host):\(place.port)", problem: ProcessGroup.message)
        }
        self.place = place
        handle = result
    }

    deinit { ctorch_group_close(handle) }

    /// Leaves the group at once: who waits for this process gets an error.
    public func abort() {
        note("this process left the group")
        _ = ctorch_group_abort(handle)
    }

    /// Why an exchange failed that could not throw; nil while none did.
    public var failure: String? {
        trouble.withLock { $0 }
            ?? {
                let text = String(cString: ctorch_group_failure(handle))
                return text.isEmpty ? nil : ProcessGroup.sentence(text)
            }()
    }

    /// Seconds that this process has waited for exchanges.
    public var waited: Double { ctorch_group_waited(handle) }

    /// Remembers the first failure.
    func note(_ text: String) { trouble.withLock { $0 = $0 ?? text } }

    /// What the last failed call said: one sentence, without the place in Gloo's source and its advice.
    static var message: String { sentence(String(cString: ctorch_message())) }

    private static func sentence(_ text: String) -> String {
        var text = text.prefix { !$0.isNewline }
        if text.first == "[", let end = text.firstIndex(of: "]") {
            text = text[text.index(after: end)...].drop { $0 == " " }
        }
        let advice = text.range(of: ". This is typically")
        var sentence = String(advice.map { text[..<$0.lowerBound] } ?? text)
        while let last = sentence.last, "!. ".contains(last) { sentence.removeLast() }
        return sentence
    }

    /// An error where an exchange has failed.
    ///
    /// - Throws: `ProcessGroupError.lost`.
    public func check() throws(ProcessGroupError) {
        if let failure { throw lost(failure) }
    }

    func demand(_ status: Int32) throws(ProcessGroupError) {
        guard status == 0 else {
            note(ProcessGroup.message)
            throw lost(ProcessGroup.message)
        }
    }

    /// Who is missing, as far as the store still tells.
    ///
    /// All that are left say so there; who is silent for two seconds is lost.
    private func lost(_ problem: String) -> ProcessGroupError {
        let said = [UInt8]("here".utf8)
        guard ctorch_group_put(handle, "left/\(rank)", said, said.count) == 0 else {
            return .lost(others: "process 0 does not answer any more", problem: problem)
        }
        var silent: [Int] = []
        for other in 0..<count where other != rank {
            if value(of: "left/\(other)", seconds: silent.isEmpty ? 2 : 0.1) == nil {
                silent.append(other)
            }
        }
        let names = silent.map { other in
            value(of: "name/\(other)", seconds: 0.1).map { "\(other) (\($0))" } ?? "\(other)"
        }
        guard !names.isEmpty else {
            return .lost(others: "the exchange with the other processes failed", problem: problem)
        }
        let isOne = names.count == 1
        return .lost(
            others: "\(isOne ? "process" : "processes") \(names.joined(separator: ", "))"
                + " \(isOne ? "does" : "do") not answer any more",
            problem: problem
        )
    }

    /// Tells the others what this process is called in messages.
    ///
    /// - Throws: `ProcessGroupError`.
    public func announce(_ name: String) throws(ProcessGroupError) {
        let bytes = Array(name.utf8)
        try demand(ctorch_group_put(handle, "name/\(rank)", bytes, bytes.count))
    }

    private func value(of name: String, seconds: Double) -> String? {
        var bytes = [UInt8](repeating: 0, count: 256)
        var length = 0
        guard ctorch_group_take(handle, name, seconds, &bytes, bytes.count, &length) == 0 else {
            return nil
        }
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }
}
