import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Synchronization

/// The stream of events.
struct EventRoutes {
    /// Streams that one visitor may have.
    static let mostStreams = 8

    let parts: StudioParts
    let open = OpenStreams()

    /// How many streams each visitor has.
    final class OpenStreams: Sendable {
        private let counts = Mutex<[String: Int]>([:])

        /// Begins one, where there may be one more.
        func begin(_ visitor: String, limit: Int) -> Bool {
            counts.withLock { counts in
                guard counts[visitor, default: 0] < limit else { return false }
                counts[visitor, default: 0] += 1
                return true
            }
        }

        /// Ends one.
        func end(_ visitor: String) {
            counts.withLock { counts in
                counts[visitor, default: 1] -= 1
                if counts[visitor] == 0 { counts[visitor] = nil }
            }
        }
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.get("events") { request, context in
            let header =
                request.headers[EnvelopeGuard.name("Last-Event-ID")] ?? request.query("after")
            let seen = header.flatMap(Int64.init)
            // On this machine many pages and tests come from one address.
            let limit = parts.configuration.isLocal ? 512 : Self.mostStreams
            guard request.method != .head else {
                return Response(status: .ok, headers: [.contentType: "text/event-stream"])
            }
            let scope = parts.scope(context)
            let visitor = "\(context.owner) \(context.remoteAddress?.ipAddress ?? "")"
            guard open.begin(visitor, limit: limit) else {
                throw APIError(
                    status: .tooManyRequests,
                    message: "\(limit) streams of events are open, which is the limit; close one",
                    type: "rate_limit_exceeded",
                    code: "too_many_streams",
                    retryAfter: 15
                )
            }
            let (parts, open) = (parts, open)
            return Response(
                status: .ok,
                headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                body: .init { writer in
                    defer { open.end(visitor) }
                    try await Self.write(&writer, parts, after: seen, for: scope)
                }
            )
        }
    }

    private static func write(
        _ writer: inout any ResponseBodyWriter,
        _ parts: StudioParts,
        after seen: Int64?,
        for owner: String?
    ) async throws {
        // Listening comes first, so that nothing falls between what was and what will be.
        let events = parts.hub.listen()
        try await writer.write(ByteBuffer(string: "retry: 2000\n: hello\n\n"))
        var last = try await parts.store.lastEvent()
        if let seen, seen != last {
            if let missed = try await parts.store.events(after: seen) {
                last = seen
                try await write(missed, to: &writer, last: &last, for: owner)
            } else {
                try await writer.write(
                    ByteBuffer(string: "id: \(last)\nevent: reset\ndata: {}\n\n")
                )
            }
        }
        for await event in withPings(events).cancelOnGracefulShutdown() {
            guard let event else {
                try await writer.write(ByteBuffer(string: ": ping\n\n"))
                continue
            }
            guard let id = event.id else {
                if event.concerns(owner) { try await writer.write(ByteBuffer(string: event.text)) }
                continue
            }
            // Two events may be told in another order than they were noted in.
            let due = id > last + 1 ? try await parts.store.events(after: last) ?? [event] : [event]
            try await write(due, to: &writer, last: &last, for: owner)
        }
        try await writer.finish(nil)
    }

    private static func write(
        _ events: [StudioEvent],
        to writer: inout any ResponseBodyWriter,
        last: inout Int64,
        for owner: String?
    ) async throws {
        for event in events {
            guard let id = event.id, id > last else { continue }
            last = id
            guard event.concerns(owner) else { continue }
            try await writer.write(ByteBuffer(string: event.text))
        }
    }

    /// Events, and nothing every fifteen seconds.
    private static func withPings(_ events: AsyncStream<StudioEvent>) -> AsyncStream<StudioEvent?> {
        AsyncStream { continuation in
            let pings = Task {
                while !Task.isCancelled {
                    try await Task.sleep(for: .seconds(15))
                    continuation.yield(nil)
                }
            }
            let others = Task {
                for await event in events { continuation.yield(event) }
                continuation.finish()
            }
            continuation.onTermination = { _ in
                pings.cancel()
                others.cancel()
            }
        }
    }
}
