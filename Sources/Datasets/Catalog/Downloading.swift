import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Something that fetches an address.
public protocol Downloading: Sendable {
    /// All bytes at an address.
    /// - Throws: when there are none to be had.
    func data(from url: URL) async throws -> Data
}

/// Fetches over HTTPS.
public struct HTTPSDownload: Downloading {
    /// How long to wait for an answer.
    ///
    /// Units: seconds.
    public let timeout: Double

    /// Makes a downloader.
    public init(timeout: Double = 30) {
        self.timeout = timeout
    }

    /// All bytes at an address.
    ///
    /// - Throws: `DatasetError` in one sentence: no network, or the server's refusal.
    public func data(from url: URL) async throws -> Data {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeout
        let session = URLSession(configuration: configuration)
        defer { session.finishTasksAndInvalidate() }
        let answer: (Data, URLResponse)
        do {
            answer = try await session.data(from: url)
        } catch {
            throw DatasetError(
                .network,
                at: url.absoluteString,
                "cannot be reached: \(error.localizedDescription)",
                cure: "check the network"
            )
        }
        let response = answer.1 as? HTTPURLResponse
        guard response?.statusCode == 200, response?.url?.scheme == "https" else {
            throw DatasetError(
                .network,
                at: url.absoluteString,
                "answered \(response?.statusCode ?? 0) from \(response?.url?.absoluteString ?? "")",
                cure: "try later"
            )
        }
        return answer.0
    }
}
