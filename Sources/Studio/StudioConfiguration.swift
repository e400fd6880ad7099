import Foundation
import Prompts

/// How a studio is set up.
public struct StudioConfiguration: Sendable {
    /// The folder that holds everything the studio remembers.
    public var data: URL
    /// The folder of training runs.
    public var runs: URL
    /// The folder of models that were added, by whichever command.
    public var models: URL
    /// Where it listens.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 7860
    /// More names that the studio is called by, with a port where it is not the studio's.
    public var hostNames: [String] = []
    /// The path below which a proxy shows it.
    public var basePath = BasePath.none
    /// The key of each user; none: no key is asked for.
    public var keys: [String: String] = [:]
    /// The program that draws and trains.
    public var program: String
    /// What a worker is told beside.
    public var workerArguments: [String] = []
    /// What may not be asked for.
    public var rules: PromptRules = .house
    /// Whether programs may say that what is not allowed is noted, but drawn.
    public var mayBeLenient = true
    /// Jobs a minute of one asker.
    public var jobsPerMinute = 60
    /// Jobs at once of one asker.
    public var burst = 10
    /// Jobs that may wait for one asker.
    public var capacity = 1000
    /// Bytes that stay free on the disk.
    public var reserve = 200 << 20
    /// Seconds that an address of a picture is good for.
    public var linkLife = 3600.0
    /// Models that were added to this machine, for the studio to take.
    public var modelsOnDisk: @Sendable () -> [ModelOnDisk] = { [] }
    /// Updates of weights that were added on this machine.
    public var updatesOnDisk: @Sendable () -> [UpdatesOnDisk] = { [] }
    /// The version that answers tell.
    public var version: String

    /// A studio on this machine alone.
    public init(data: URL, runs: URL, models: URL, program: String, version: String) {
        (self.data, self.runs, self.models) = (data, runs, models)
        (self.program, self.version) = (program, version)
    }

    /// Whether only this machine can reach it.
    public var isLocal: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }

    /// The address as it stands before a port: that of version 6 in brackets.
    public var hostInAddresses: String { host.contains(":") ? "[\(host)]" : host }
}
