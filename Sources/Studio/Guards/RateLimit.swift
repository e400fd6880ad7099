import Foundation
import Synchronization

/// How often one asker may ask: so many at once, and so many a minute.
final class RateLimit: Sendable {
    private struct Bucket {
        var tokens: Double
        var seen: Date
    }

    private let perMinute: Double
    private let burst: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// A limit.
    init(perMinute: Int, burst: Int) {
        (self.perMinute, self.burst) = (Double(perMinute), Double(burst))
    }

    /// Takes jobs from what an asker may ask for.
    ///
    /// - Throws: `APIError` of status 429 where it is used up.
    func take(_ count: Int, by asker: String, now: Date = Date()) throws {
        let wait: Double? = buckets.withLock { buckets in
            if buckets.count > 10_000 {
                buckets = buckets.filter { now.timeIntervalSince($0.value.seen) < 60 }
            }
            var bucket = buckets[asker] ?? Bucket(tokens: burst, seen: now)
            bucket.tokens = min(
                burst,
                bucket.tokens + max(now.timeIntervalSince(bucket.seen), 0) * perMinute / 60
            )
            bucket.seen = now
            defer { buckets[asker] = bucket }
            let needed = min(Double(count), burst)
            guard bucket.tokens >= needed else { return (needed - bucket.tokens) * 60 / perMinute }
            bucket.tokens -= needed
            return nil
        }
        guard let wait else { return }
        throw APIError(
            status: .tooManyRequests,
            message:
                "more than \(Int(perMinute)) jobs a minute were asked for; wait \(Int(wait.rounded(.up))) s",
            type: "rate_limit_exceeded",
            code: "rate_limit_exceeded",
            retryAfter: max(Int(wait.rounded(.up)), 1)
        )
    }
}
