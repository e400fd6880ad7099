import Checks
import Files
import Foundation
import Runs
import SwiftProtobuf

/// Writes one event file that TensorBoard opens.
///
/// A run that goes on writes a new file, never into an old one. What is written is held in memory
/// until `flush()`, called once a tick; `synchronize()` belongs to a checkpoint.
public final class EventWriter {
    /// How a scalar is stored; TensorBoard shows both alike.
    public enum ScalarForm: Sendable {
        /// As a tensor with the name of its dashboard: what current writers do.
        case tensor
        /// As a single number, in half the bytes.
        case simple
    }

    /// The file.
    public let url: URL
    /// Seconds since 1970, asked once for every event.
    let clock: () -> Double
    private let file: Descriptor
    private let scalarForm: ScalarForm
    private var pending = Data()
    private var knownTags: Set<String> = []

    /// Begins a new file `events.out.tfevents.TIME.HOST.PROCESS.NUMBER` in a folder.
    ///
    /// - Parameters:
    ///   - folder: The run's folder; it must exist.
    ///   - resumeStep: The last step that is not done again; TensorBoard then drops what earlier
    ///     files say of later ones. `nil` for a run's first file.
    ///   - scalarForm: How scalars are stored.
    ///   - writer: The name of the program, kept in the file.
    ///   - host: Name of the machine for the file's name.
    ///   - clock: Seconds since 1970.
    /// - Throws: `FileError`.
    public init(
        folder: URL,
        resumeStep: Int? = nil,
        scalarForm: ScalarForm = .tensor,
        writer: String = "atelier",
        host: String = ProcessInfo.processInfo.hostName,
        clock: @escaping () -> Double = { Date().timeIntervalSince1970 }
    ) throws(FileError) {
        self.clock = clock
        self.scalarForm = scalarForm
        let began = clock()
        let name = String(
            format: "events.out.tfevents.%010d.%@.%d.",
            Int(began),
            Self.plain(host),
            getpid()
        )
        file = try Self.begin(folder: folder, name: name)
        url = URL(filePath: file.path)
        try AtomicFile.synchronize(folder: folder)
        var version = BoardEvent()
        version.wallTime = began
        version.fileVersion = "brain.Event:2"
        version.source.writer = writer
        append(version)
        append(sessionStart(at: began, firstStep: resumeStep.map { $0 + 1 } ?? 0))
        try flush()
    }

    /// Hands what is pending to the system.
    ///
    /// - Throws: `FileError`; nothing pending is then lost, but some of it may be in the file.
    public func flush() throws(FileError) {
        guard !pending.isEmpty else { return }
        try file.write(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// Flushes and waits until everything has reached the disk.
    ///
    /// - Throws: `FileError`.
    public func synchronize() throws(FileError) {
        try flush()
        try file.synchronize()
    }

    /// Adds a figure for every tag, in the order of the tags' names.
    public func scalars(_ values: [String: Double], step: Int) {
        let events = values.sorted { $0.key < $1.key }.map { tag, number in
            var value = BoardValue()
            switch scalarForm {
            case .simple: value.simpleValue = Float(number)
            case .tensor:
                value.tensor.elementType = .float
                value.tensor.shape = BoardShape()
                value.tensor.floats = [Float(number)]
            }
            let isPlain = scalarForm == .simple
            return (tag, value, isPlain ? nil : metadata("scalars", .scalar))
        }
        append(events, step: step)
    }

    /// Says that everything from a step on is to follow, in this file.
    ///
    /// A reader drops what earlier files say of those steps. Every file needs the event, because
    /// TensorBoard takes the first of a run for its beginning and only later ones for a restart.
    private func sessionStart(at time: Double, firstStep: Int) -> BoardEvent {
        var event = BoardEvent()
        event.wallTime = time
        event.step = Int64(firstStep)
        event.sessionLog.status = .start
        return event
    }

    /// The metadata of a kind of value.
    func metadata(
        _ plugin: String,
        _ dataClass: BoardDataClass,
        content: Data = Data()
    ) -> BoardMetadata {
        var metadata = BoardMetadata()
        metadata.plugin.name = plugin
        metadata.plugin.content = content
        metadata.dataClass = dataClass
        return metadata
    }

    /// The shape of a tensor.
    func shape(_ sizes: Int...) -> BoardShape {
        var shape = BoardShape()
        shape.dimensions = sizes.map { size in
            var dimension = BoardShape.Dimension()
            dimension.size = Int64(size)
            return dimension
        }
        return shape
    }

    /// Adds one event with values; a tag's metadata is written with its first value only.
    func append(_ values: [(tag: String, value: BoardValue, metadata: BoardMetadata?)], step: Int?)
    {
        guard !values.isEmpty else { return }
        var event = BoardEvent()
        event.wallTime = clock()
        event.step = Int64(step ?? 0)
        event.summary.values = values.map { tag, value, metadata in
            var head = BoardValue()
            head.tag = tag
            if let metadata, knownTags.insert(tag).inserted { head.metadata = metadata }
            return serialized(head) + serialized(value)
        }
        append(event)
    }

    private func append(_ event: BoardEvent) {
        pending.append(EventFrame.framed(serialized(event)))
    }

    /// The bytes of a message.
    func serialized(_ message: some SwiftProtobuf.Message) -> Data {
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        do {
            return try message.serializedBytes(options: options)
        } catch {
            preconditionFailure("an event cannot be encoded: \(error)")
        }
    }

    /// Makes the first file of a name that is not taken.
    private static func begin(folder: URL, name: String) throws(FileError) -> Descriptor {
        for number in 0..<10_000 {
            let url = folder.appending(path: name + String(number))
            do {
                return try Descriptor(url.path, flags: O_WRONLY | O_CREAT | O_EXCL)
            } catch  where error.code == EEXIST {
                continue
            }
        }
        throw FileError("begin an event file", path: folder.path, reason: "10000 names are taken")
    }

    private static func plain(_ host: String) -> String {
        let name = host.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".")
        }
        return name.isEmpty ? "localhost" : name
    }
}
